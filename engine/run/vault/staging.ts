import type { Database } from 'better-sqlite3';
import type { ColumnType } from '../../model/connector/connector.ts';
import { vaultTableName } from '../../model/system/catalog.ts';
import { SollistError } from '../error.ts';
import type { Cell } from '../records.ts';
import { bound, type Bound } from './bind.ts';
import { guarded } from './failure.ts';
import { checkColumns, foldName, quoteIdentifier } from './identifier.ts';
import { writeAnswer } from './answers.ts';
import type { StagedColumn, Staging } from './vault.ts';

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
  const temporary = `${final}~staging-${version}-${owner.slice(-8)}`;
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
  const insert = database.prepare<Bound[]>(`insert into ${temporarySql} values (${columns.map(() => '?').join(', ')})`);
  const insertAll = database.transaction((rows: readonly (readonly Cell[])[]) => {
    for (const row of rows) insert.run(...row.map(bound));
  });
  let count = 0;

  return {
    add(rows) {
      guarded(path, () => insertAll.immediate(rows));
      count += rows.length;
    },
    get count() {
      return count;
    },
    duplicates(key) {
      const column = columns.find(({ name }) => foldName(name) === foldName(key));
      if (!column) return { count: 0, samples: [] };
      const name = quoteIdentifier(column.name);
      const groups = `select ${name} as value, count(*) as rows from ${temporarySql} where ${name} is not null and ${name} <> '' group by ${name} having count(*) > 1`;
      return guarded(path, () => ({
        count: database.prepare<[], number>(`select coalesce(sum(rows), 0) from (${groups})`).pluck().get() ?? 0,
        samples: database
          .prepare<[], Cell>(`${groups} order by 1 limit ${samples}`)
          .pluck()
          .all()
          .map((value) => String(value).slice(0, 100)),
      }));
    },
    commit(evidence, answer) {
      checkName(database, system, table, final);
      guarded(path, () =>
        database
          .transaction(() => {
            database.exec(`drop table if exists ${quoteIdentifier(final)}`);
            database.exec(`alter table ${temporarySql} rename to ${quoteIdentifier(final)}`);
            for (const [i, index] of indexed(target.indexes, columns).entries()) {
              database.exec(
                `create index ${quoteIdentifier(`${final}~index-${i + 1}`)} on ${quoteIdentifier(final)} (${quoteIdentifier(index)})`,
              );
            }
            database.prepare('delete from stagings where physical = ?').run(temporary);
            database
              .prepare('insert or replace into collections (physical, system, name, columns, evidence) values (?, ?, ?, ?, ?)')
              .run(final, system, table, JSON.stringify(columns.map(({ name, type }) => ({ name, type }))), JSON.stringify(evidence));
            database.prepare('delete from attempts where system = ? and name = ?').run(system, table);
            writeAnswer(database, system, table, evidence.endedAt, answer);
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

function checkName(database: Database, system: string, table: string, final: string): void {
  const holder = database
    .prepare<[string], { system: string; name: string }>('select system, name from collections where physical = ?')
    .get(final);
  if (!holder || (holder.system === system && holder.name === table)) return;
  throw new SollistError(
    'vault-name-clash',
    `The vault cannot tell the table ${table} of ${system} from the table ${holder.name} of ${holder.system}. Rename one of them, or move the vault aside if the other is gone.`,
    { subject: final },
  );
}

function indexed(indexes: readonly string[], columns: readonly StagedColumn[]): readonly string[] {
  return [...new Set(indexes)].filter((index) => columns.some(({ name }) => name === index));
}
