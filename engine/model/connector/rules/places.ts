import type { Connector, Operation, Table } from '../connector.ts';

/** Every operation with its table. */
export function operationsOf(connector: Connector): readonly { readonly table: Table; readonly operation: Operation }[] {
  return connector.tables.flatMap((table) => table.operations.map((operation) => ({ table, operation })));
}

/** The tables written under `crud_objects`, without the child tables made from arrays. */
export function declaredTables(connector: Connector): readonly Table[] {
  return connector.tables.filter(({ parent }) => parent === undefined);
}
