import { findTable, type Connector, type Table } from '../connector/connector.ts';
import { catalogColumnType } from '../script/table-scripts.ts';
import { joinParts, type Catalog, type CatalogPart, type CatalogTable, type ColumnRef, type Relation } from './catalog.ts';
import type { InterSystemRelation, RelationSide } from './read-relations.ts';
import type { System, SystemTable } from './system.ts';

/** A system together with the connector it names, where there is one. */
export interface ConnectedSystem {
  readonly system: System;
  readonly connector: Connector | undefined;
}

/** Makes catalogs from versions of a workspace. */
export type CatalogBuilder = (systems: readonly ConnectedSystem[], interSystem: readonly InterSystemRelation[]) => Catalog;

/** Takes systems, connectors and relations together: every table and column a filter may name, and how they hang together. */
export function buildCatalog(systems: readonly ConnectedSystem[], interSystem: readonly InterSystemRelation[]): Catalog {
  return createCatalogBuilder()(systems, interSystem);
}

/**
 * A builder that gives the same record, in whole or for one system, as long as it would say the same: an edit that changes no name then costs
 * nobody who rests on the catalog anything.
 */
export function createCatalogBuilder(): CatalogBuilder {
  const parts = new Map<string, { readonly of: ConnectedSystem; readonly part: CatalogPart }>();
  let last: Catalog | undefined;
  const partOf = (of: ConnectedSystem): CatalogPart => {
    const known = parts.get(of.system.name);
    if (known?.of.system === of.system && known.of.connector === of.connector) return known.part;
    const made = catalogPart(of);
    const part = known && samePart(known.part, made) ? known.part : made;
    parts.set(of.system.name, { of, part });
    return part;
  };
  return (systems, interSystem) => {
    const next = new Map(systems.map((of) => [of.system.name, partOf(of)] as const));
    const made = interSystem.map(({ left, right }): Relation => ({ kind: 'inter-system', from: ref(left), to: ref(right) }));
    const between = last && sameList(last.between, made, sameRelation) ? last.between : made;
    if (last?.between === between && sameList([...last.parts], [...next], (a, b) => a[0] === b[0] && a[1] === b[1])) return last;
    last = joinParts(next, between);
    return last;
  };
}

function catalogPart({ system, connector }: ConnectedSystem): CatalogPart {
  return {
    tables: system.tables.map((table) => catalogTable(system, table, connector)),
    relations: system.tables.flatMap((table) => references(system, table, connector)),
  };
}

function samePart(one: CatalogPart, other: CatalogPart): boolean {
  return sameList(one.tables, other.tables, sameTable) && sameList(one.relations, other.relations, sameRelation);
}

function sameList<Item>(one: readonly Item[], other: readonly Item[], same: (a: Item, b: Item) => boolean): boolean {
  return one.length === other.length && one.every((item, index) => same(item, other[index] as Item));
}

function sameTable(one: CatalogTable, other: CatalogTable): boolean {
  const alike = one.table === other.table && one.key === other.key && one.display === other.display;
  return one === other || (alike && sameList(one.columns, other.columns, (a, b) => a.name === b.name && a.type === b.type));
}

function sameRelation(one: Relation, other: Relation): boolean {
  return one.kind === other.kind && sameRef(one.from, other.from) && sameRef(one.to, other.to);
}

function sameRef(one: ColumnRef, other: ColumnRef): boolean {
  return one.system === other.system && one.table === other.table && one.column === other.column;
}

/** The columns that a collection of this system table brings into the vault, in the connector's order. */
export function collectedColumns(table: Table, system: SystemTable | undefined): Table['columns'] {
  const wanted = system?.columns && new Set(system.columns.map((column) => column.text));
  const key = system?.key?.text ?? table.key?.text;
  const seen = new Set<string>();
  // The key is needed whatever an author deselects; the array of a child table lives in the child table.
  return table.columns.filter((column) => {
    if (seen.has(column.name)) return false;
    seen.add(column.name);
    const own = column.source === 'parent-key' || column.source === 'base' || column.name === key;
    return column.source !== 'child-table' && column.writeOnly !== true && (own || (wanted ? wanted.has(column.name) : column.selected));
  });
}

const made = new WeakMap<Table, WeakMap<SystemTable, CatalogTable>>();

function catalogTable(system: System, table: SystemTable, connector: Connector | undefined): CatalogTable {
  const declared = connector && findTable(connector, table.name.text);
  const known = declared && made.get(declared)?.get(table);
  if (known) return known;
  const key = table.key?.text ?? declared?.key?.text;
  const entry: CatalogTable = {
    system: system.name,
    table: table.name.text,
    columns: declared ? withScripts(collectedColumns(declared, table), table) : [],
    ...(key !== undefined && { key }),
    ...(table.display && { display: table.display.text }),
  };
  if (declared) made.set(declared, (made.get(declared) ?? new WeakMap<SystemTable, CatalogTable>()).set(table, entry));
  return entry;
}

/** What is collected, and what scripts make of it; a name that is taken is not computed. */
function withScripts(columns: Table['columns'], { scripts = [] }: SystemTable): CatalogTable['columns'] {
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  const made = scripts.filter(({ name }) => !taken.has(name.text.toLowerCase()));
  return [
    ...columns.map(({ name, type }) => ({ name, type })),
    ...made.map((script) => ({ name: script.name.text, type: catalogColumnType(script) })),
  ];
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
