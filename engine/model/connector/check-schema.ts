import { connectorSchema } from '../../../schemas/connector-schema.ts';
import { createSchemaCheck } from '../text/schema-check.ts';

/** Without these NIM cannot use the file, or the operation, at all; others that should be there are missing in shipped connectors too. */
const fatal: readonly string[] = ['schema', 'crud_objects', 'rest', 'config', 'method', 'baseUrl', 'table', 'iterator'];

/** What the schema says about a connector, as sentences, one problem a place. Unknown properties are a rule's business, not the schema's. */
export const checkSchema = createSchemaCheck(connectorSchema, (property) => (fatal.includes(property) ? 'error' : 'warning'));
