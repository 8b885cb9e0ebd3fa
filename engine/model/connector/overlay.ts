import { childTables, type Column, type Connector, type Table } from './connector.ts';

/** What an overlay file holds: the tables it adds columns to, read as those of a connector, and the path of the file. */
export interface Overlay {
  readonly path: string;
  readonly tables: readonly Table[];
}

const memory = new WeakMap<Connector, WeakMap<Overlay, Connector>>();

/**
 * The connector as the system sees it whose overlay this is: its tables with the columns of the overlay, each of which says in which file it
 * is declared. A column of the overlay replaces one that stands at its place in the answer, or has its name, and takes its position;
 * others follow at the end. An array of objects adds its columns to a child table, or makes one. Tables the connector does not have are
 * left out: that is a problem of the overlay. Gives the same record for the same two.
 */
export function applyOverlay(connector: Connector, overlay: Overlay): Connector {
  const known = memory.get(connector)?.get(overlay);
  if (known) return known;
  const touched = new Set(overlay.tables.flatMap(({ name, parent }) => (parent ? [] : [name])));
  let under: string | undefined;
  const tables = connector.tables.flatMap((table): readonly Table[] => {
    if (!table.parent) under = touched.has(table.name) ? table.name : undefined;
    if (under === undefined) return [table];
    // Its child tables follow it, and come with it.
    return table.parent ? [] : withChildren(connector, table, overlay, table.name);
  });
  const applied = { ...connector, tables };
  memory.set(connector, (memory.get(connector) ?? new WeakMap<Overlay, Connector>()).set(overlay, applied));
  return applied;
}

/** A table and its child tables after the overlay; `overlaid` is what the overlay calls the table. */
function withChildren(connector: Connector, table: Table, overlay: Overlay, overlaid: string): readonly Table[] {
  const children = childTables(connector, table.name);
  const over = overlay.tables.find(({ name, parent }) => name === overlaid && isChild(parent) === isChild(table.parent));
  if (!over) return [table, ...children.flatMap((child) => withChildren(connector, child, overlay, ''))];
  const columns = mergeColumns(table.columns, over.columns, overlay.path);
  const added = childrenOf(overlay.tables, over.name);
  // An array that became something else has no rows any more.
  const kept = children.filter(({ parent }) =>
    columns.some(({ source, path }) => source === 'child-table' && samePath(path, parent?.path ?? [])),
  );
  const counterpart = (child: Table): Table | undefined =>
    added.find(({ parent }) => samePath(parent?.path ?? [], child.parent?.path ?? []));
  return [
    { ...table, columns },
    ...kept.flatMap((child) => withChildren(connector, child, overlay, counterpart(child)?.name ?? '')),
    ...added.filter((child) => !kept.some((own) => counterpart(own) === child)).flatMap((child) => newChild(overlay, child, table)),
  ];
}

/** A child table that only the overlay has, and its own, named after the table they now belong to. */
function newChild(overlay: Overlay, child: Table, parent: Table): readonly Table[] {
  const array = child.parent?.path ?? [];
  const name = `${parent.name}_${array.at(-1) ?? ''}`;
  const column = `${parent.name}_${parent.parent?.column ?? parent.key?.text ?? 'row'}`;
  const table: Table = {
    ...child,
    name,
    file: overlay.path,
    columns: child.columns.map((own) => declaredIn(own.source === 'parent-key' ? { ...own, name: column } : own, overlay.path)),
    parent: { table: parent.name, path: array, column },
  };
  return [table, ...childrenOf(overlay.tables, child.name).flatMap((grandchild) => newChild(overlay, grandchild, table))];
}

function mergeColumns(own: readonly Column[], over: readonly Column[], file: string): readonly Column[] {
  const waiting = new Set(over.filter(({ source }) => source !== 'parent-key'));
  const merged = own.flatMap((column): readonly Column[] => {
    if (column.source === 'parent-key') return [column];
    const meant = over.filter((other) => other.source !== 'parent-key' && isReplacedBy(column, other));
    if (meant.length === 0) return [column];
    const first = meant.filter((other) => waiting.delete(other));
    // Of an array in both files the columns are taken together, so the array stays what it was.
    return isArrayOfBoth(column, meant) ? [column] : first.map((other) => declaredIn(other, file));
  });
  return [...merged, ...[...waiting].map((column) => declaredIn(column, file))];
}

/** At its place stands the other one, or a part of it, or something it is a part of; or the other has its name. */
function isReplacedBy(column: Column, other: Column): boolean {
  const shorter = Math.min(column.path.length, other.path.length);
  return column.name === other.name || (shorter > 0 && samePath(column.path.slice(0, shorter), other.path.slice(0, shorter)));
}

function isArrayOfBoth(column: Column, others: readonly Column[]): boolean {
  return others.every(({ source, path }) => source === 'child-table' && column.source === 'child-table' && samePath(path, column.path));
}

function declaredIn(column: Column, file: string): Column {
  return { ...column, file };
}

function childrenOf(tables: readonly Table[], name: string): readonly Table[] {
  return tables.filter(({ parent }) => parent?.table === name);
}

function isChild(parent: Table['parent']): boolean {
  return parent !== undefined;
}

function samePath(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((step, index) => step === other[index]);
}
