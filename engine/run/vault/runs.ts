import type { Database } from 'better-sqlite3';
import { SollistError } from '../error.ts';
import type { CollectionRun } from '../records.ts';
import { isAlive } from './schema.ts';
import { parse } from './versions.ts';

/** Collections of a system that are remembered. */
const remembered = 20;

interface Row {
  readonly id: number;
  readonly system: string;
  readonly tables: string;
  readonly limits: string;
  readonly source: string;
  readonly started: number;
  readonly ended: number | null;
  readonly owner: string | null;
}

const select = 'select id, system, tables, limits, source, started, ended, owner from runs';

export function beginRun(
  database: Database,
  owner: string,
  { system, tables, limits, source, startedAt }: Pick<CollectionRun, 'system' | 'tables' | 'limits' | 'source' | 'startedAt'>,
): number {
  return database
    .transaction(() => {
      const { lastInsertRowid } = database
        .prepare('insert into runs (system, tables, limits, source, started, owner) values (?, ?, ?, ?, ?, ?)')
        .run(system, JSON.stringify(tables), JSON.stringify(limits), JSON.stringify(source), startedAt, owner);
      database
        .prepare(
          'delete from runs where system = ? and id not in (select id from runs where system = ? order by id desc limit ?) and (ended is not null or owner is null)',
        )
        .run(system, system, remembered);
      return Number(lastInsertRowid);
    })
    .immediate();
}

export function resumeRun(database: Database, owner: string, id: number): void {
  database
    .transaction(() => {
      const row = database.prepare<[number], Row>(`${select} where id = ?`).get(id);
      if (row && stateOf(row) === 'running') {
        throw new SollistError('collection-running', `A collection of ${row.system} is still running. Wait for it to end, or end it.`, {
          subject: row.system,
        });
      }
      database.prepare('update runs set ended = null, owner = ? where id = ?').run(owner, id);
    })
    .immediate();
}

export function endRun(database: Database, id: number, at: number): void {
  database.prepare('update runs set ended = ?, owner = null where id = ?').run(at, id);
}

export function forgetRun(database: Database, id: number): void {
  database.prepare('delete from runs where id = ?').run(id);
}

export function lastRun(database: Database, path: string, system: string): CollectionRun | undefined {
  const row = database.prepare<[string], Row>(`${select} where system = ? order by id desc limit 1`).get(system);
  if (!row) return undefined;
  return {
    id: row.id,
    system,
    tables: parse(path, row.tables) as readonly string[],
    limits: parse(path, row.limits) as CollectionRun['limits'],
    source: parse(path, row.source) as CollectionRun['source'],
    startedAt: row.started,
    ...(row.ended !== null && { endedAt: row.ended }),
    state: stateOf(row),
    collected: database
      .prepare<[number, string], string>("select name from versions where run = ? and system = ? and state = 'current' order by id")
      .pluck()
      .all(row.id, system),
  };
}

/**
 * Notes for collections that were killed what a cancelled one notes itself: the tables they did not bring in are older than the attempt, and no
 * delete may rest on them.
 */
export function recoverRuns(database: Database, path: string): void {
  const killed = database
    .prepare<[], Row>(`${select} where ended is null and owner is not null`)
    .all()
    .filter((row) => stateOf(row) === 'interrupted');
  if (killed.length === 0) return;
  const note = database.prepare<[string, string, number, string, string, string, number]>(
    `insert or replace into attempts (system, name, state, at, message) select ?, ?, 'cancelled', ?, ?
     where not exists (select 1 from versions where system = ? and name = ? and state = 'current' and run >= ?)`,
  );
  // One call brings a table and its child tables, whichever of them were asked for.
  const together = database
    .prepare<[string, string, string], string>(
      `select name from versions where system = ? and state = 'current' and batch in
       (select batch from versions where system = ? and name = ? and state = 'current')`,
    )
    .pluck();
  database
    .transaction(() => {
      for (const { id, system, tables, started } of killed) {
        const asked = parse(path, tables) as readonly string[];
        for (const table of new Set(asked.flatMap((each) => [each, ...together.all(system, system, each)]))) {
          note.run(system, table, started, `Its process ended. "sollist collect ${system} --resume" goes on with it.`, system, table, id);
        }
        database.prepare('update runs set owner = null where id = ?').run(id);
      }
    })
    .immediate();
}

function stateOf({ ended, owner }: Row): CollectionRun['state'] {
  if (ended !== null) return 'ended';
  return owner !== null && isAlive(owner) ? 'running' : 'interrupted';
}
