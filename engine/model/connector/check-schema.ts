import { connectorSchema } from '../../../schemas/connector-schema.ts';
import { childOf, propertiesOf, type JsonNode } from '../text/json.ts';
import type { Problem, Severity } from '../text/problem.ts';
import { createSchemaCheck } from '../text/schema-check.ts';

/** Without these NIM cannot use the file, or the operation, at all; others that should be there are missing in shipped connectors too. */
const fatal: readonly string[] = ['schema', 'crud_objects', 'rest', 'config', 'method', 'baseUrl', 'table', 'iterator'];

function severityOf(property: string): Severity {
  return fatal.includes(property) ? 'error' : 'warning';
}

const checkAround = createSchemaCheck(connectorSchema, severityOf);
const checkTable = createSchemaCheck({ $ref: '#/definitions/table', definitions: connectorSchema.definitions }, severityOf);

const ofTables = new WeakMap<JsonNode, readonly Problem[]>();
const ofRoots = new WeakMap<JsonNode, { readonly parts: readonly JsonNode[]; readonly problems: readonly Problem[] }>();

/**
 * What the schema says about a connector, as sentences, one problem a place. Unknown properties are a rule's business, not the schema's. Each
 * table is held against the schema alone, and not again before it is edited.
 */
export function checkSchema(root: JsonNode): readonly Problem[] {
  const tables = childOf(root, 'schema', 'crud_objects');
  if (tables?.type !== 'object') return checkAround(root);
  return [...aroundTables(root, tables), ...propertiesOf(tables).flatMap(({ value }) => inTable(value))];
}

function inTable(table: JsonNode): readonly Problem[] {
  const known = ofTables.get(table) ?? checkTable(table);
  ofTables.set(table, known);
  return known;
}

/** Everything beside the tables; it stays as it was as long as all its parts are the same nodes. */
function aroundTables(root: JsonNode, tables: JsonNode): readonly Problem[] {
  const parts = [...propertiesOf(root), ...propertiesOf(childOf(root, 'schema'))].map(({ value }) => value);
  const known = ofRoots.get(root);
  if (known?.parts.length === parts.length && known.parts.every((part, index) => part === parts[index])) return known.problems;
  const problems = checkAround(root, tables);
  ofRoots.set(root, { parts, problems });
  return problems;
}
