import { findTable, type Connector, type Table } from '../connector/connector.ts';
import type { Catalog, CatalogTable, ColumnRef, Relation } from './catalog.ts';
import type { InterSystemRelation, RelationSide } from './read-relations.ts';
import type { System, SystemTable } from './system.ts';

/** A system together with the connector it names, where there is one. */
export interface ConnectedSystem {
  readonly system: System;
  readonly connector: Connector | undefined;
}

/** Takes systems, connectors and relations together: every table and column a filter may name, and how they hang together. */
export function buildCatalog(systems: readonly ConnectedSystem[], interSystem: readonly InterSystemRelation[]): Catalog {
  const tables = systems.flatMap(({ system, connector }) => system.tables.map((table) => catalogTable(system, table, connector)));
  return {
    tables,
    relations: [
      ...systems.flatMap(({ system, connector }) => system.tables.flatMap((table) => references(system, table, connector))),
      ...interSystem.map(({ left, right }): Relation => ({ kind: 'inter-system', from: ref(left), to: ref(right) })),
    ],
  };
}

/** The columns that a collection of this system table brings into the vault, in the connector's order. */
export function collectedColumns(table: Table, system: SystemTable | undefined): Table['columns'] {
  const wanted = system?.columns && new Set(system.columns.map((column) => column.text));
  const key = system?.key?.text ?? table.key?.text;
  // The key is needed whatever an author deselects; the array of a child table lives in the child table.
  return table.columns.filter(
    (column, index, all) =>
      column.source !== 'child-table' &&
      ((wanted ? wanted.has(column.name) : column.selected) ||
        column.name === key ||
        column.source === 'parent-key' ||
        column.source === 'base') &&
      all.findIndex((other) => other.name === column.name) === index,
  );
}

function catalogTable(system: System, table: SystemTable, connector: Connector | undefined): CatalogTable {
  const declared = connector && findTable(connector, table.name.text);
  const key = table.key?.text ?? declared?.key?.text;
  return {
    system: system.name,
    table: table.name.text,
    columns: declared ? collectedColumns(declared, table).map(({ name, type }) => ({ name, type })) : [],
    ...(key !== undefined && { key }),
    ...(table.display && { display: table.display.text }),
  };
}

/** Relations by hand, and the reference every child table has to its parent. */
function references(system: System, table: SystemTable, connector: Connector | undefined): readonly Relation[] {
  const from = (column: string): ColumnRef => ({ system: system.name, table: table.name.text, column });
  const byHand = table.relations.flatMap(({ column, target }): readonly Relation[] => {
    const to = resolveTarget(system, target.text, connector);
    return to ? [{ kind: 'reference', from: from(column.text), to }] : [];
  });
  const parent = connector && findTable(connector, table.name.text)?.parent;
  const parentKey = parent && findTable(connector, parent.table)?.key?.text;
  return parent && parentKey !== undefined
    ? [...byHand, { kind: 'reference', from: from(parent.column), to: { system: system.name, table: parent.table, column: parentKey } }]
    : byHand;
}

/** `table` means its key; `table.column` a reference key. A table whose own name holds a dot is tried whole first. */
export function resolveTarget(system: System, target: string, connector: Connector | undefined): ColumnRef | undefined {
  const whole = tableKey(system, target, connector);
  if (whole !== undefined) return { system: system.name, table: target, column: whole };
  const dot = target.lastIndexOf('.');
  return dot > 0 ? { system: system.name, table: target.slice(0, dot), column: target.slice(dot + 1) } : undefined;
}

function tableKey(system: System, table: string, connector: Connector | undefined): string | undefined {
  const own = system.tables.find(({ name }) => name.text === table);
  if (!own) return undefined;
  return own.key?.text ?? (connector && findTable(connector, table)?.key?.text);
}

function ref(side: RelationSide): ColumnRef {
  return { system: side.system.text, table: side.table.text, column: side.column.text };
}
