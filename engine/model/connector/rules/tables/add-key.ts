import { childOf } from '../../../text/json.ts';
import type { Fix } from '../../../text/problem.ts';
import { findColumn, type Table } from '../../connector.ts';
import { insertProperty } from '../property-edits.ts';

/** Whether a key is written down, be it one that the schema does not take. */
export function hasKey({ node }: Table): boolean {
  return childOf(node, 'key') !== undefined;
}

/** The repair that makes a column the key of a table, where one is called as keys are. */
export function addKeyFixes(text: string, table: Table): { readonly fixes?: readonly Fix[] } {
  const column = ['id', 'ID', 'Id', 'sourcedId', 'uuid', 'guid'].find((name) => findColumn(table, name)?.source === 'resource');
  if (column === undefined) return {};
  return { fixes: [{ title: `Make "${column}" the key`, ...insertProperty(text, table.node, 'key', JSON.stringify(column), 'start') }] };
}
