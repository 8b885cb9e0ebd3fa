import type { Database } from 'better-sqlite3';
import type { ColumnType } from '../../model/connector/connector.ts';
import { vaultTableName } from '../../model/system/catalog.ts';
import { defaultKeep } from '../../model/settings/settings.ts';
import type { Cell, Evidence } from '../records.ts';
import { writeAnswer } from './answers.ts';
import { guarded } from './failure.ts';
import { checkColumns, foldName, quoteIdentifier } from './identifier.ts';
import { createIndexes } from './indexes.ts';
import { createInserter } from './insert.ts';
import { checkName, holdBack, swapIn, type NewVersion } from './swap.ts';
import type { Arrival, StagedColumn, Staging } from './vault.ts';

/** Keys named in the evidence as samples. */
const samples = 5;

/** Affinities by type; none for numbers and booleans, see {@link Vault}. */
const declared: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  date: 'text',
  datetime: 'text',
  list: 'text',
  number: '',
  boolean: '',
};

/** Starts the new version of one table. */
export function stage(
  database: Database,
  path: string,
  owner: string,
  version: number,
  target: {
    readonly system: string;
    readonly table: string;
    readonly columns: readonly StagedColumn[];
    readonly indexes: readonly string[];
  },
): Staging {
  const { system, table, columns } = target;
  const final = vaultTableName(system, table);
  const label = `${owner.slice(-8)}-${version}`;
  const temporary = `staging~${label}`;
  const temporarySql = quoteIdentifier(temporary);
  checkColumns(
    final,
    columns.map(({ name }) => name),
  );
  checkName(database, system, table, final);

  guarded(path, () =>
    database
      .transaction(() => {
        database.exec(
          `create table ${temporarySql} (${columns.map(({ name, type }) => `${quoteIdentifier(name)} ${declared[type]}`).join(', ')})`,
        );
        database.prepare('insert or replace into stagings (physical, owner) values (?, ?)').run(temporary, owner);
      })
      .immediate(),
  );
  const inserter = guarded(path, () => createInserter(database, temporarySql, columns.length));
  let count = 0;

  /** All rows are there and can be found. */
  const complete = (): void => {
    inserter.flush();
    createIndexes(database, temporary, indexed(target.indexes, columns), label);
  };
  const arrived = (evidence: Evidence, { keep = defaultKeep, limited = false, ...arrival }: Arrival): NewVersion => {
    checkName(database, system, table, final);
    database.prepare('delete from stagings where physical = ?').run(temporary);
    return { system, table, columns, physical: temporary, evidence, keep, limited, ...arrival };
  };

  return {
    columns,
    add(rows) {
      guarded(path, () => inserter.add(rows));
      count += rows.length;
    },
    get count() {
      return count;
    },
    // Each index in a transaction of its own: another run waits for one of them at most.
    index: () => guarded(path, complete),
    duplicates(key) {
      const column = columns.find(({ name }) => foldName(name) === foldName(key));
      if (!column) return { count: 0, samples: [] };
      const name = quoteIdentifier(column.name);
      const groups = `select ${name} as value, count(*) as rows from ${temporarySql} where ${name} is not null and ${name} <> '' group by ${name} having count(*) > 1`;
      return guarded(path, () => {
        inserter.flush();
        return {
          count: database.prepare<[], number>(`select coalesce(sum(rows), 0) from (${groups})`).pluck().get() ?? 0,
          samples: database
            .prepare<[], Cell>(`${groups} order by 1 limit ${samples}`)
            .pluck()
            .all()
            .map((value) => String(value).slice(0, 100)),
        };
      });
    },
    commit(evidence, answer, arrival = {}) {
      return guarded(path, () =>
        database
          .transaction(() => {
            complete();
            const id = swapIn(database, path, arrived(evidence, arrival));
            writeAnswer(database, system, table, evidence.endedAt, answer);
            return id;
          })
          .immediate(),
      );
    },
    hold(evidence, why, arrival = {}) {
      return guarded(path, () =>
        database
          .transaction(() => {
            complete();
            return holdBack(database, path, arrived(evidence, arrival), why);
          })
          .immediate(),
      );
    },
    discard() {
      // Also after a commit that was rolled back with others; after one that held there is nothing left to drop.
      if (!database.open) return;
      guarded(path, () =>
        database
          .transaction(() => {
            database.exec(`drop table if exists ${temporarySql}`);
            database.prepare('delete from stagings where physical = ?').run(temporary);
          })
          .immediate(),
      );
    },
  };
}

function indexed(indexes: readonly string[], columns: readonly StagedColumn[]): readonly string[] {
  return [...new Set(indexes)].filter((index) => columns.some(({ name }) => name === index));
}
