import { childTables, type Connector, type Table } from '../../model/connector/connector.ts';
import { wholeTable } from '../../run/vault/whole-table.ts';
import type { Vault } from '../../run/vault/vault.ts';
import type { ChildRows } from '../protocol.ts';
import { rowSetOf } from './row-set.ts';

/** The child tables of a table and theirs, each behind its parent. */
export function descendantsOf(connector: Connector, table: Table): readonly Table[] {
  return childTables(connector, table.name).flatMap((child) => [child, ...descendantsOf(connector, child)]);
}

/** The rows of the child tables that came with a table, and how they name their parent's row. */
export function childRows(vault: Vault, system: string, connector: Connector, table: Table): readonly ChildRows[] {
  const all = [table, ...descendantsOf(connector, table)];
  return all.slice(1).flatMap((child) => {
    const held = vault.table(system, child.name);
    const { parent } = child;
    if (held === undefined || parent === undefined) return [];
    const above = all.find(({ name }) => name === parent.table);
    const refersTo = above?.parent?.column ?? above?.key?.text;
    return {
      table: child.name,
      parent: parent.table,
      parentColumn: parent.column,
      ...(refersTo !== undefined && { refersTo }),
      rowSet: rowSetOf(held.columns, vault.query(wholeTable(system, child.name))),
    };
  });
}
