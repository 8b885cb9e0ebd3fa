import type { Database } from 'better-sqlite3';
import type { Cell } from '../records.ts';
import type { RowDifference, RowsComparison } from '../run-record.ts';
import { bySameKey } from './compare-by-key.ts';
import { byWholeRow } from './compare-whole.ts';
import { guarded } from './failure.ts';
import { foldName, quoteIdentifier } from './identifier.ts';
import { versionById, type StoredVersion } from './versions.ts';

/** Rows shown unless told otherwise, and at most. */
const usualLimit = 1_000;
const mostShown = 5_000;

/** A column of both sides. */
export interface CommonColumn {
  readonly before: string;
  readonly after: string;
  /** Multi-values on both sides, which are compared as sets: APIs give them in any order. */
  readonly isList: boolean;
}

/** Two versions as what compares them needs it. */
export interface Sides {
  readonly database: Database;
  /** Tables, as SQL text. */
  readonly before: string;
  readonly after: string;
  readonly rowsBefore: number;
  readonly rowsAfter: number;
  /** Columns of both, as each side spells them; what differs in the others is no difference of a row. */
  readonly common: readonly CommonColumn[];
  /** Cells of a row in the order of all columns, as SQL text; null where a side has no such column. */
  readonly cellsBefore: readonly string[];
  readonly cellsAfter: readonly string[];
}

/** What a way of comparing finds. */
export interface Differences {
  readonly counts: RowsComparison['counts'];
  /** Differences of one kind, at most `limit`, as they are asked for. */
  read(change: RowDifference['change'], limit: number): Iterable<RowDifference>;
}

/**
 * Compares two versions within the database, where memory does not grow with them: one look at both sides for the counts, and one for each kind
 * of difference that is shown.
 */
export function compareVersions(
  database: Database,
  path: string,
  before: number,
  after: number,
  { limit = usualLimit }: { readonly limit?: number } = {},
): RowsComparison {
  const compare = database.transaction((): RowsComparison => {
    const [left, right] = [versionById(database, path, before), versionById(database, path, after)];
    const [there, here] = [namesOf(left), namesOf(right)];
    const gone = left.columns.filter(({ name }) => !here.has(foldName(name)));
    const columns = [...right.columns, ...gone];
    const sides = sidesOf(database, left, right, there, here, columns);
    const key = keyOf(sides, left, right);
    const found = key ? bySameKey(sides, key) : byWholeRow(sides);
    return {
      before: headingOf(left),
      after: headingOf(right),
      key: key ? [key.after] : [],
      columns,
      columnsNew: right.columns.flatMap(({ name }) => (there.has(foldName(name)) ? [] : [name])),
      columnsGone: gone.map(({ name }) => name),
      counts: found.counts,
      rows: readSome(found, Math.min(limit, mostShown)),
    };
  });
  return guarded(path, () => compare());
}

function sidesOf(
  database: Database,
  left: StoredVersion,
  right: StoredVersion,
  there: ReadonlyMap<string, string>,
  here: ReadonlyMap<string, string>,
  columns: StoredVersion['columns'],
): Sides {
  const cells = (names: ReadonlyMap<string, string>): readonly string[] =>
    columns.map(({ name }) => {
      const own = names.get(foldName(name));
      return own === undefined ? 'null' : quoteIdentifier(own);
    });
  const lists = ({ columns: own }: StoredVersion): ReadonlySet<string> =>
    new Set(own.filter(({ type }) => type === 'list').map(({ name }) => foldName(name)));
  const [listsThere, listsHere] = [lists(left), lists(right)];
  const count = ({ physical }: StoredVersion): number =>
    database
      .prepare<[], number>(`select count(*) from ${quoteIdentifier(physical)}`)
      .pluck()
      .get() ?? 0;
  return {
    database,
    before: quoteIdentifier(left.physical),
    after: quoteIdentifier(right.physical),
    rowsBefore: count(left),
    rowsAfter: count(right),
    common: [...here].flatMap(([folded, after]) => {
      const before = there.get(folded);
      return before === undefined ? [] : [{ before, after, isList: listsThere.has(folded) && listsHere.has(folded) }];
    }),
    cellsBefore: cells(there),
    cellsAfter: cells(here),
  };
}

function namesOf({ columns }: StoredVersion): ReadonlyMap<string, string> {
  return new Map(columns.map(({ name }) => [foldName(name), name]));
}

/** The key of both, if every row has one and no two share it. */
function keyOf(sides: Sides, left: StoredVersion, right: StoredVersion): Sides['common'][number] | undefined {
  const name = right.key ?? left.key;
  if (name === undefined || (left.key !== undefined && foldName(left.key) !== foldName(name))) return undefined;
  const key = sides.common.find(({ after }) => foldName(after) === foldName(name));
  if (!key) return undefined;
  const isUnique = (table: string, column: string): boolean => {
    const quoted = quoteIdentifier(column);
    const query = `select exists (select 1 from ${table} where ${quoted} is null or ${quoted} = '')
      or exists (select 1 from ${table} group by ${quoted} having count(*) > 1)`;
    return sides.database.prepare<[], number>(query).pluck().get() === 0;
  };
  return isUnique(sides.before, key.before) && isUnique(sides.after, key.after) ? key : undefined;
}

/** Some of each kind, so that a thousand new rows do not hide the one that is gone. */
function readSome(found: Differences, limit: number): readonly RowDifference[] {
  const kinds = (['gone', 'changed', 'new'] as const).filter((kind) => found.counts[kind] > 0);
  const byNumber = [...kinds].sort((a, b) => found.counts[a] - found.counts[b]);
  const shares = new Map<string, number>();
  let left = limit;
  for (const [i, kind] of byNumber.entries()) {
    const share = Math.min(found.counts[kind], Math.floor(left / (byNumber.length - i)));
    shares.set(kind, share);
    left -= share;
  }
  const budget = { characters: mostCharacters };
  return kinds.flatMap((kind) => [...within(found.read(kind, shares.get(kind) ?? 0), budget)]);
}

/** Text shown at most: a few thousand rows of megabytes would fill memory all the same. */
const mostCharacters = 16_000_000;

function* within(rows: Iterable<RowDifference>, budget: { characters: number }): Generator<RowDifference> {
  for (const row of rows) {
    yield row;
    for (const cell of [...(row.before ?? []), ...(row.after ?? [])] as readonly Cell[]) {
      if (typeof cell === 'string') budget.characters -= cell.length;
    }
    if (budget.characters < 0) return;
  }
}

/** When it was collected, to the second, in universal time: `2026-11-22 08:15:07Z`. */
function headingOf({ evidence }: StoredVersion): string {
  return `${new Date(evidence.endedAt).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}
