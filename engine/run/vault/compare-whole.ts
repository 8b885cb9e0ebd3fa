import type { Cell } from '../records.ts';
import type { RowDifference } from '../run-record.ts';
import type { Differences, Sides } from './compare.ts';
import { quoteIdentifier } from './identifier.ts';

/**
 * Rows are the same where all columns of both sides are; a row that is there twice on one side and once on the other has one difference. Nothing
 * is *changed*: without a key nobody knows which row became which.
 */
export function byWholeRow(sides: Sides): Differences {
  const { database, rowsBefore, rowsAfter, common, before, after } = sides;
  if (common.length === 0) return { counts: { same: 0, changed: 0, new: rowsAfter, gone: rowsBefore }, read: () => [] };

  const sets = common.flatMap(({ isList }, i) => (isList ? [i] : []));
  // Lists are one where their sets are; any of them is shown.
  const shown = common.map(({ isList }, i) => (isList ? `max(c${i}) as c${i}` : `c${i}`)).join(', ');
  const equal = common.map(({ isList }, i) => (isList ? `s${i}` : `c${i}`)).join(', ');
  const side = (table: string, columns: readonly string[], sign: number): string =>
    `select ${[
      ...columns.map((column, i) => `${quoteIdentifier(column)} as c${i}`),
      ...sets.map((i) => `coalesce(sollist_set(${quoteIdentifier(columns[i] ?? '')}, 0), ${quoteIdentifier(columns[i] ?? '')}) as s${i}`),
    ].join(', ')}, ${sign} as sign from ${table}`;
  const groups = `select ${shown}, sum(sign) as more from (${side(
    before,
    common.map((column) => column.before),
    -1,
  )} union all ${side(
    after,
    common.map((column) => column.after),
    1,
  )}) group by ${equal} having more <> 0`;
  const [gone = 0, added = 0] =
    database
      .prepare<[], [number, number]>(
        `select coalesce(sum(case when more < 0 then -more else 0 end), 0), coalesce(sum(case when more > 0 then more else 0 end), 0) from (${groups})`,
      )
      .raw()
      .get() ?? [];
  const places = sides.cellsAfter.map((cell) => common.findIndex((column) => quoteIdentifier(column.after) === cell));

  return {
    counts: { same: rowsBefore - gone, changed: 0, new: added, gone },
    *read(change, limit): Generator<RowDifference> {
      const sign = change === 'gone' ? '<' : '>';
      const statement = database.prepare<[number], Cell[]>(`select * from (${groups}) where more ${sign} 0 limit ?`).raw();
      let left = limit;
      for (const found of statement.iterate(limit) as unknown as Iterable<Cell[]>) {
        const cells = places.map((place) => (place === -1 ? null : (found[place] ?? null)));
        for (let times = Math.abs(Number(found.at(-1))); times > 0 && left > 0; times--, left--) {
          yield change === 'gone' ? { change, before: cells } : { change: 'new', after: cells };
        }
        if (left === 0) return;
      }
    },
  };
}
