import type { CollectedRows, Row } from '../../model/expectations/evaluate.ts';
import { vaultTableName } from '../../model/system/catalog.ts';
import { quoteIdentifier } from '../vault/identifier.ts';
import type { VaultReader } from '../vault/vault.ts';

/** Rows that are read at a time: a vault in memory gives a query's rows all at once. */
const atOnce = 20_000;

/** Repeated values that are named. */
const mostNamed = 3;

/** The rows of a collected table, as expectations look at them. */
export function collectedRows(vault: Pick<VaultReader, 'query'>, system: string, table: string): CollectedRows {
  const from = quoteIdentifier(vaultTableName(system, table));
  return {
    *rows(columns): Iterable<Row> {
      const list = columns.map(quoteIdentifier).join(', ');
      for (let offset = 0; ; offset += atOnce) {
        let count = 0;
        for (const row of vault.query({ sql: `select ${list} from ${from} limit ${atOnce} offset ${offset}`, parameters: [] })) {
          count++;
          yield row;
        }
        if (count < atOnce) return;
      }
    },
    repeated(column) {
      const name = quoteIdentifier(column);
      const groups = `select ${name} as value, count(*) as times from ${from} where ${name} <> '' group by ${name} having count(*) > 1`;
      const [all] = vault.query({ sql: `select count(*) as n from (${groups})`, parameters: [] });
      const samples = [...vault.query({ sql: `${groups} order by times desc, value limit ${mostNamed}`, parameters: [] })];
      return {
        count: Number(all?.['n'] ?? 0),
        samples: samples.map(({ value = null, times }) => ({ value, rows: Number(times) })),
      };
    },
  };
}
