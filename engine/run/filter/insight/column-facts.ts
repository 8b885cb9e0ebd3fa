import { isSecretName } from '../../../model/connector/knowledge.ts';
import type { ColumnType } from '../../../model/connector/connector.ts';
import { identifier, numeral, sql } from '../../../model/filter/sql.ts';
import { vaultTableName } from '../../../model/system/catalog.ts';
import type { Cell, VaultTable } from '../../records.ts';
import type { VaultReader } from '../../vault/vault.ts';

/** How one column of a collected table is filled. */
export interface ColumnFacts {
  readonly name: string;
  readonly type: ColumnType;
  /** Rows that were looked at: the first ones of a very large table. */
  readonly looked: number;
  /** Rows with a value, of those. */
  readonly filled: number;
  /** Different values; counted to {@link mostDifferent}. */
  readonly distinct: number;
  /** There are more different values than were counted. */
  readonly more?: true;
  /** The most frequent values first; none for a column that is secret by its name, or holds lists. */
  readonly values: readonly ValueFacts[];
  /** The values are secret by the column's name, so none is here. */
  readonly secret?: true;
}

export interface ValueFacts {
  readonly value: string | number;
  readonly rows: number;
}

/** Rows that are looked at. */
export const mostLooked = 200_000;

/** Different values that are counted. */
export const mostDifferent = 10_000;

/** Values that are given. */
export const mostValues = 200;

/** Longer values are no help to anybody who types. */
const longestValue = 200;

/** Looks at one column; undefined where the table was collected without it. */
export function columnFacts(vault: Pick<VaultReader, 'query'>, held: VaultTable, column: string): ColumnFacts | undefined {
  const found = held.columns.find(({ name }) => name === column);
  if (!found) return undefined;
  const name = identifier(column);
  const from = sql`(SELECT ${name} AS v FROM ${identifier(vaultTableName(held.system, held.table))} LIMIT ${numeral(mostLooked)})`;
  const one = ({ text, parameters }: ReturnType<typeof sql>): readonly Readonly<Record<string, Cell>>[] => [
    ...vault.query({ sql: text, parameters }),
  ];
  const [sums] = one(sql`SELECT count(*) AS looked, total(v <> '') AS filled FROM ${from}`);
  const secret = isSecretName(column);
  const listed = secret || found.type === 'list' ? [] : one(groups(from, mostValues));
  const [count] = one(sql`SELECT count(*) AS n FROM (SELECT DISTINCT v FROM ${from} WHERE v <> '' LIMIT ${numeral(mostDifferent + 1)})`);
  const distinct = Number(count?.['n'] ?? 0);
  return {
    name: column,
    type: found.type,
    looked: Number(sums?.['looked'] ?? 0),
    filled: Number(sums?.['filled'] ?? 0),
    distinct: Math.min(distinct, mostDifferent),
    ...(distinct > mostDifferent && { more: true as const }),
    values: listed.flatMap(({ v, n }): readonly ValueFacts[] =>
      typeof v === 'number' || (typeof v === 'string' && isPlain(v)) ? [{ value: v, rows: Number(n) }] : [],
    ),
    ...(secret && { secret: true as const }),
  };
}

/** The most frequent values; where each is there once, the first in their order. */
function groups(from: ReturnType<typeof sql>, limit: number): ReturnType<typeof sql> {
  return sql`SELECT v, count(*) AS n FROM ${from} WHERE v <> '' GROUP BY v ORDER BY n DESC, v LIMIT ${numeral(limit)}`;
}

/** A short value that shows what it is: in one line, and without signs that nobody sees. */
function isPlain(value: string): boolean {
  return value.length <= longestValue && !/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(value) && value.isWellFormed();
}
