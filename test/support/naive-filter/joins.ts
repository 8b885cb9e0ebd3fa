import { holds, type Joined, type Row, type Run } from './expression.ts';
import { aliasesOf, type Expr, type Group, isGroup, type Join, type Table } from './query.ts';
import { compareValues, valueOf } from './values.ts';

/** Rows by `system.table`. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** One join after the other, each over every pair of rows. */
export function joinAll(first: Table, joins: readonly Join[], tables: Tables, run: Run): readonly Joined[] {
  return joins.reduce<readonly Joined[]>(
    (rows, join) => joinOne(rows, join, tables, run),
    rowsOf(tables, first).map((row) => new Map([[first.alias, row]])),
  );
}

function rowsOf(tables: Tables, { system, table }: { readonly system: string; readonly table: string }): readonly Row[] {
  return tables[`${system}.${table}`] ?? [];
}

function rightRows(source: Table | Group, tables: Tables, run: Run): readonly Joined[] {
  return isGroup(source)
    ? joinAll(source.first, source.joins, tables, run)
    : rowsOf(tables, source).map((row) => new Map([[source.alias, row]]));
}

function joinOne(lefts: readonly Joined[], join: Join, tables: Tables, run: Run): readonly Joined[] {
  const { mode, source } = join;
  const rights = rightRows(source, tables, run);
  const nothing: Joined = new Map(aliasesOf(source).map((alias) => [alias, null]));
  return lefts.flatMap((left): readonly Joined[] => {
    // A match for each way there is: several where a link table names the pair several times.
    const matches = rights.flatMap((right) => new Array<Joined>(ways(left, right, join, tables, run)).fill(right));
    const different = new Set(matches).size;
    const merged = (right: Joined): Joined => new Map([...left, ...right]);
    switch (mode) {
      case 'any':
        return matches.map(merged);
      case 'left':
        return matches.length > 0 ? matches.map(merged) : [merged(nothing)];
      case 'anti':
        return matches.length === 0 ? [left] : [];
      case 'multiple':
        return different >= 2 ? matches.map(merged) : [];
      case 'all':
        return different === rights.length ? matches.map(merged) : [];
    }
  });
}

function ways(left: Joined, right: Joined, join: Join, tables: Tables, run: Run): number {
  const { on, via, recursion } = join;
  const row: Joined = new Map([...left, ...right]);
  if (recursion && !isGroup(join.source)) return reaches(left, join.source, row, recursion, tables, run) ? 1 : 0;
  if (on && holds(on.condition, { row, run }) !== true) return 0;
  if (!via) return 1;
  const head = isGroup(join.source) ? join.source.first : join.source;
  const [near, far] = [row.get(via.of)?.[via.nearKey] ?? null, row.get(head.alias)?.[via.farKey] ?? null];
  return rowsOf(tables, via).filter((link) => same(link[via.near] ?? null, near) && same(link[via.far] ?? null, far)).length;
}

function same(a: Row[string], b: Row[string]): boolean {
  return a !== null && b !== null && compareValues(valueOf(a), valueOf(b)) === 0;
}

/**
 * The closure along the table's own parent column: from the rows the links find to their parents, or down to their children, and on; the rows
 * found first included. Rows seen before end it, so that cycles do, too.
 */
function reaches(left: Joined, table: Table, row: Joined, recursion: NonNullable<Join['recursion']>, tables: Tables, run: Run): boolean {
  const { parent, key, direction, links, conditions } = recursion;
  const all = rowsOf(tables, table);
  const meets = (found: Joined, list: readonly Expr[]): boolean => list.every((one): boolean => holds(one, { row: found, run }) === true);
  if (!meets(row, conditions)) return false;
  let fresh = all.filter((start) => meets(new Map([...left, [table.alias, start]]), links));
  const reached = new Set<Row>(fresh);
  while (fresh.length > 0) {
    fresh = all.filter(
      (next) =>
        !reached.has(next) &&
        fresh.some((one) =>
          direction === 'up' ? same(next[key] ?? null, one[parent] ?? null) : same(next[parent] ?? null, one[key] ?? null),
        ),
    );
    for (const one of fresh) reached.add(one);
  }
  const wanted = row.get(table.alias);
  return wanted !== null && wanted !== undefined && reached.has(wanted);
}
