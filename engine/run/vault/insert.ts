import type { Database, Statement } from 'better-sqlite3';
import type { Cell } from '../records.ts';
import { bound, type Bound } from './bind.ts';

/** Values bound at once: one statement of 50 rows of ten columns takes two thirds of the time of 50 statements. */
const mostBound = 500;

/** Pages with fewer rows than this wait for others: a transaction for each answer of an iteration costs more than its rows. */
const fewRows = 200;

/** Rows and characters that wait at most. */
const mostWaiting = { rows: 1_000, characters: 1_000_000 };

type Rows = readonly (readonly Cell[])[];

/** Writes rows into a staging. */
export interface Inserter {
  add(rows: Rows): void;
  /** Writes what still waits. */
  flush(): void;
}

/**
 * Inserts rows of `width` cells into `table` (as SQL text). Each transaction begins and ends here, so that nobody waits for a lock while a run
 * waits for the network.
 */
export function createInserter(database: Database, table: string, width: number): Inserter {
  const atOnce = Math.max(1, Math.floor(mostBound / width));
  const insertMany = prepareInsert(database, table, width, atOnce);
  const insertOne = atOnce === 1 ? insertMany : prepareInsert(database, table, width, 1);
  const many = new Array<Bound>(atOnce * width).fill(null);
  const one = new Array<Bound>(width).fill(null);
  const insertAll = database.transaction((rows: Rows) => {
    let next = 0;
    for (; next + atOnce <= rows.length; next += atOnce) {
      for (let i = 0; i < atOnce; i++) fill(many, i * width, rows[next + i], width);
      insertMany.run(many);
    }
    for (; next < rows.length; next++) {
      fill(one, 0, rows[next], width);
      insertOne.run(one);
    }
  });
  let waiting: (readonly Cell[])[] = [];
  let characters = 0;

  const flush = (): void => {
    if (waiting.length === 0) return;
    const rows = waiting;
    waiting = [];
    characters = 0;
    insertAll.immediate(rows);
  };
  return {
    add(rows) {
      if (rows.length >= fewRows) {
        flush();
        insertAll.immediate(rows);
        return;
      }
      for (const row of rows) {
        waiting.push(row);
        for (const cell of row) if (typeof cell === 'string') characters += cell.length;
      }
      if (waiting.length >= mostWaiting.rows || characters >= mostWaiting.characters) flush();
    },
    flush,
  };
}

function prepareInsert(database: Database, table: string, width: number, rows: number): Statement {
  const values = `(${new Array<string>(width).fill('?').join(', ')})`;
  return database.prepare(`insert into ${table} values ${new Array<string>(rows).fill(values).join(', ')}`);
}

/** One flat list for all statements, so that a million rows make no garbage. */
function fill(target: Bound[], from: number, row: readonly Cell[] | undefined, width: number): void {
  for (let i = 0; i < width; i++) target[from + i] = bound(row?.[i] ?? null);
}
