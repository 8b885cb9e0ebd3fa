import { elementsOf, propertiesOf, type JsonNode, type Property } from '../../../text/json.ts';
import type { TableOperation, ConnectorFacts } from '../../facts.ts';

/** The literal rows of a table that is not called for. */
export interface ConstantRows extends TableOperation {
  readonly rows: readonly { readonly node: JsonNode; readonly properties: readonly Property[] }[];
}

/** Every table with literal rows. */
export function constantRows(facts: ConnectorFacts): readonly ConstantRows[] {
  return facts.operations.flatMap((entry) => {
    const { call } = entry.operation;
    if (call.mode !== 'constant' || !call.values) return [];
    const rows = elementsOf(call.values).filter(({ type }) => type === 'object');
    return [{ ...entry, rows: rows.map((node) => ({ node, properties: propertiesOf(node) })) }];
  });
}
