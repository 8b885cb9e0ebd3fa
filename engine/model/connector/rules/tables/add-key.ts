import type { Fix } from '../../../text/problem.ts';
import { findColumn, type Table } from '../../connector.ts';
import { insertProperty } from '../property-edits.ts';

/** The repair that makes a column the key of a table, where one is called as keys are. */
export function addKeyFixes(text: string, table: Table): { readonly fixes?: readonly Fix[] } {
  const column = ['id', 'ID', 'Id', 'sourcedId', 'uuid', 'guid'].find((name) => findColumn(table, name)?.source === 'resource');
  if (column === undefined) return {};
  return { fixes: [{ title: `Make "${column}" the key`, ...insertProperty(text, table.node, 'key', JSON.stringify(column), 'start') }] };
}
