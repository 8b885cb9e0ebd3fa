import type { Statement } from 'better-sqlite3';
import type { Cell } from '../records.ts';
import type { RowDifference } from '../run-record.ts';
import { bound, type Bound } from './bind.ts';
import type { Differences, Sides } from './compare.ts';
import { quoteIdentifier } from './identifier.ts';

type Cells = readonly Cell[];

/** Rows are the same where their key is; `key` is unique on both sides. */
export function bySameKey(sides: Sides, key: Sides['common'][number]): Differences {
  const { database, before, after, rowsBefore, rowsAfter, common } = sides;
  const [keyBefore, keyAfter] = [`b.${quoteIdentifier(key.before)}`, `a.${quoteIdentifier(key.after)}`];
  const both = `${after} a join ${before} b on ${keyBefore} = ${keyAfter}`;
  const differs = differenceOf(common.filter((column) => column !== key));
  const count = (where: string): number => database.prepare<[], number>(`select count(*) from ${both} where ${where}`).pluck().get() ?? 0;
  const matched = count('true');
  const changed = count(differs);
  const cellsBefore = listOf('b', sides.cellsBefore);
  const cellsAfter = listOf('a', sides.cellsAfter);
  const keyAt = sides.cellsAfter.indexOf(quoteIdentifier(key.after));

  const rows = (sql: string, limit: number): Iterable<Cells> => reading(database.prepare(sql)).iterate(limit);
  return {
    counts: { same: matched - changed, changed, new: rowsAfter - matched, gone: rowsBefore - matched },
    *read(change, limit): Generator<RowDifference> {
      switch (change) {
        case 'gone':
          for (const cells of rows(
            `select ${cellsBefore} from ${before} b where not exists (select 1 from ${after} a where ${keyAfter} = ${keyBefore}) order by ${keyBefore} limit ?`,
            limit,
          ))
            yield { change, before: cells };
          return;
        case 'new':
          for (const cells of rows(
            `select ${cellsAfter} from ${after} a where not exists (select 1 from ${before} b where ${keyBefore} = ${keyAfter}) order by ${keyAfter} limit ?`,
            limit,
          ))
            yield { change, after: cells };
          return;
        case 'changed': {
          // Both sides in one row could be more columns than SQLite gives at once: the other one is read by its key.
          const older = reading(database.prepare(`select ${cellsBefore} from ${before} b where ${keyBefore} = ?`));
          for (const cells of rows(`select ${cellsAfter} from ${both} where ${differs} order by ${keyAfter} limit ?`, limit)) {
            const old = older.get(bound(cells[keyAt] ?? null));
            yield { change, ...(old && { before: old }), after: cells };
          }
        }
      }
    },
  };
}

/** As row values: an OR over 2,000 columns is deeper than SQLite follows. */
function differenceOf(columns: Sides['common']): string {
  if (columns.length === 0) return 'false';
  const list = (side: 'a' | 'b'): string =>
    columns
      .map((column) => {
        const [before, after] = [`b.${quoteIdentifier(column.before)}`, `a.${quoteIdentifier(column.after)}`];
        const own = side === 'a' ? after : before;
        // The set is made only where the texts differ, which is seldom.
        return column.isList ? `case when ${before} is ${after} then null else coalesce(sollist_set(${own}, 0), ${own}) end` : own;
      })
      .join(', ');
  return `((${list('a')}) is not (${list('b')}))`;
}

function listOf(side: 'a' | 'b', cells: readonly string[]): string {
  return cells.map((cell) => (cell === 'null' ? cell : `${side}.${cell}`)).join(', ');
}

/** Rows as lists: names may be the same but for their case, and one of them may be `__proto__`. */
function reading(statement: Statement): Statement<[Bound], Cells> {
  return statement.raw(true) as unknown as Statement<[Bound], Cells>;
}
