import type { BoundTable } from '../../../engine/model/filter/bound.ts';
import { quoteName } from '../../../engine/model/filter/words.ts';
import type { Catalog, CatalogTable, ColumnRef } from '../../../engine/model/system/catalog.ts';

/** A table by its name, wherever it is used. */
type Named = Pick<BoundTable, 'system' | 'table'>;

/** One way to join a table to one before it: a column of each. */
export interface JoinLink {
  readonly earlier: BoundTable;
  readonly earlierColumn: string;
  readonly joinedColumn: string;
}

/** A way through a link table: its column that refers to a table before, and the one that refers to the joined table. */
export interface LinkTable {
  readonly link: CatalogTable;
  readonly near: string;
  readonly far: string;
}

/** Every relation between the tables before a join and those it could join, by the name of the latter. */
export function linksFrom(earlier: readonly BoundTable[], { relations }: Catalog): (table: Named) => readonly JoinLink[] {
  const before = new Map<string, BoundTable[]>();
  for (const table of earlier) before.set(keyOf(table), [...(before.get(keyOf(table)) ?? []), table]);
  const found = new Map<string, JoinLink[]>();
  const add = (side: ColumnRef, other: ColumnRef): void => {
    for (const table of before.get(keyOf(side)) ?? []) {
      const link = { earlier: table, earlierColumn: side.column, joinedColumn: other.column };
      const key = keyOf(other);
      const known = found.get(key);
      if (!known) found.set(key, [link]);
      else if (!known.some((one) => one.earlier === table && one.earlierColumn === side.column && one.joinedColumn === other.column))
        known.push(link);
    }
  };
  for (const { from, to } of relations) {
    add(from, to);
    add(to, from);
  }
  return (table) => found.get(keyOf(table)) ?? [];
}

/** The tables that refer to a table before a join and to the joined one; relations between systems have no direction. */
export function linkTablesFrom(earlier: readonly BoundTable[], catalog: Catalog): (joined: Named) => readonly LinkTable[] {
  const tables = new Map(catalog.tables.map((table) => [keyOf(table), table]));
  /** By table: the columns that refer to it. */
  const referring = new Map<string, { readonly side: ColumnRef; readonly isSure: boolean }[]>();
  const note = (target: ColumnRef, side: ColumnRef, isSure: boolean): void => {
    const known = referring.get(keyOf(target)) ?? [];
    known.push({ side, isSure });
    referring.set(keyOf(target), known);
  };
  for (const { kind, from, to } of catalog.relations) {
    note(to, from, kind === 'reference');
    if (kind !== 'reference') note(from, to, false);
  }
  const nears = [...new Set(earlier.map(keyOf))].flatMap((key) => referring.get(key) ?? []);
  return (joined) =>
    (referring.get(keyOf(joined)) ?? []).flatMap((far) => {
      const link = tables.get(keyOf(far.side));
      const fitting = nears.filter(
        ({ side, isSure }) => keyOf(side) === keyOf(far.side) && side.column !== far.side.column && (isSure || far.isSure),
      );
      return link ? fitting.map(({ side }) => ({ link, near: side.column, far: far.side.column })) : [];
    });
}

/** The condition of a link, for a joined table called `alias`. */
export function conditionText({ earlier, earlierColumn, joinedColumn }: JoinLink, alias: string): string {
  return `${quoteName(alias)}.${quoteName(joinedColumn)} = ${quoteName(earlier.alias)}.${quoteName(earlierColumn)}`;
}

export function keyOf({ system, table }: Named): string {
  return `${system}\n${table}`;
}
