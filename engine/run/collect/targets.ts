import type { Connector } from '../../model/connector/connector.ts';
import { collectedColumns } from '../../model/system/build-catalog.ts';
import type { System } from '../../model/system/system.ts';
import type { Target } from './rows.ts';
import { iteratedColumns, rootOf, type Unit } from './units.ts';

/** A table to be filled, with what the vault needs to know of it. */
export interface StagedTarget extends Target {
  readonly indexes: readonly string[];
}

/** The tables a unit fills, the root first: those wanted, and those child tables the system lists. */
export function targetsOf(connector: Connector, system: System, unit: Unit, units: readonly Unit[]): readonly StagedTarget[] {
  const listed = new Set(system.tables.map(({ name }) => name.text));
  const children = connector.tables.filter(
    (table) =>
      table.parent !== undefined && rootOf(connector, table) === unit.root && (unit.children.has(table.name) || listed.has(table.name)),
  );
  return [unit.root, ...children].map((table): StagedTarget => {
    const own = system.tables.find(({ name }) => name.text === table.name);
    const needed = new Set(units.flatMap((other) => (other.parent?.table === table ? iteratedColumns(other.operation) : [])));
    const chosen = new Set(collectedColumns(table, own));
    const columns = table.columns.filter(
      (column, i, all) => chosen.has(column) || (needed.has(column.name) && all.findIndex(({ name }) => name === column.name) === i),
    );
    const key = own?.key?.text ?? table.key?.text;
    return {
      table,
      // A table that stars nothing would have no columns at all; then every column counts as selected.
      columns:
        columns.some(({ source, name }) => source === 'resource' && name !== key) || own?.columns ? columns : everyColumn(table.columns),
      ...(key !== undefined && { key }),
      indexes: [
        ...(key === undefined ? [] : [key]),
        ...(table.parent ? [table.parent.column] : []),
        ...(own ? [...own.references, ...own.relations.map(({ column }) => column)].map(({ text }) => text) : []),
      ],
    };
  });
}

function everyColumn(columns: Target['columns']): Target['columns'] {
  return columns.filter(
    (column, i) =>
      column.source !== 'child-table' && column.writeOnly !== true && columns.findIndex(({ name }) => name === column.name) === i,
  );
}
