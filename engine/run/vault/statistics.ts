import { isSecretName, sampleOf } from '../../model/connector/knowledge.ts';
import type { ColumnType } from '../../model/connector/connector.ts';
import { vaultTableName } from '../../model/system/catalog.ts';
import type { Cell, ColumnStatistics, TableStatistics, VaultTable } from '../records.ts';
import { quoteIdentifier } from './identifier.ts';
import type { VaultReader } from './vault.ts';

/** Rows that are looked at of a larger table. */
export const mostRowsLookedAt = 10_000;

/** Different values that are counted. */
const mostDistinct = 1_000;

/** Values shown of a column. */
const shownValues = 3;

/** Result columns of one query; SQLite allows 2,000. */
const atOnce = 500;

/** How a collected table is filled. Of a table with more rows the first {@link mostRowsLookedAt} are looked at. */
export function statisticsOf(vault: Pick<VaultReader, 'query'>, { system, table, columns, evidence }: VaultTable): TableStatistics {
  const from = `(select * from ${quoteIdentifier(vaultTableName(system, table))} limit ${mostRowsLookedAt})`;
  const filled = countFilled(
    vault,
    from,
    columns.map(({ name }) => name),
  );
  return {
    rows: evidence.rows,
    looked: Math.min(evidence.rows, mostRowsLookedAt),
    columns: columns.map(({ name, type }, i) => describe(vault, from, name, type, filled[i] ?? 0)),
  };
}

function countFilled(vault: Pick<VaultReader, 'query'>, from: string, names: readonly string[]): readonly number[] {
  const counts: number[] = [];
  for (let start = 0; start < names.length; start += atOnce) {
    const some = names.slice(start, start + atOnce);
    const list = some.map((name, i) => `total(${quoteIdentifier(name)} <> '') as c${i}`).join(', ');
    const [row] = vault.query({ sql: `select ${list} from ${from}`, parameters: [] });
    counts.push(...some.map((_, i) => Number(row?.[`c${i}`] ?? 0)));
  }
  return counts;
}

function describe(
  vault: Pick<VaultReader, 'query'>,
  from: string,
  name: string,
  type: ColumnType,
  filled: number,
): TableStatistics['columns'][number] {
  if (filled === 0) return { name, filled, distinct: 0, samples: [] };
  const column = quoteIdentifier(name);
  const values: Cell[] = [];
  // The scan ends as soon as there are more different values than anybody counts.
  for (const row of vault.query({
    sql: `select distinct ${column} as value from ${from} where ${column} <> '' limit ${mostDistinct + 1}`,
    parameters: [],
  }))
    values.push(row['value'] ?? null);
  const base: Pick<ColumnStatistics, 'name' | 'filled' | 'distinct'> = { name, filled, distinct: Math.min(values.length, mostDistinct) };
  return {
    ...base,
    ...(values.length > mostDistinct && { more: true }),
    ...(isSecretName(name) ? { samples: [], secret: true } : { samples: values.slice(0, shownValues).map((value) => shown(value, type)) }),
  };
}

function shown(value: Cell, type: ColumnType): string {
  if (type === 'boolean' && (value === 0 || value === 1)) return String(value === 1);
  return sampleOf(String(value).slice(0, 1_000));
}
