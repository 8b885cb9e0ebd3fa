import type { BoundFilter, BoundTable } from '../../../../model/filter/bound.ts';
import { conjunctsOf, everyPart, type Expression } from '../../../../model/filter/tree.ts';
import { identifier, joinSql, numeral, sql, type Sql } from '../../../../model/filter/sql.ts';
import { type CatalogColumn, vaultTableName } from '../../../../model/system/catalog.ts';
import type { Problem, Span } from '../../../../model/text/problem.ts';
import { isOwn } from '../count-steps.ts';
import type { FindHazard, HazardInput } from '../find-hazards.ts';
import { counted, examples, mostExamples, named, number, shown } from '../words.ts';

/** Rows of a table that are looked at. */
const mostRows = 200_000;

/** Below this share of the values it is told as information only. */
const leastShare = 0.001;

interface Used {
  readonly table: BoundTable;
  readonly column: CatalogColumn;
  readonly span: Span;
}

/**
 * Columns that conditions look at and whose values are not of the column's type: those compare as null. Columns that are only compared with each
 * other for equality are left out, since equal they are whatever they hold.
 */
export const findUnlikeValues: FindHazard = async (input) => {
  const found: Problem[] = [];
  for (const used of columnsUsed(input.looker.bound)) {
    if (isOwn(used.span) && input.isThere(used.table)) found.push(...(await look(input, used)));
  }
  return found;
};

function columnsUsed({ select, meanings }: BoundFilter): readonly Used[] {
  const conditions = [select?.where, ...(select?.joins ?? []).map(({ on }) => on)].flatMap(conjunctsOf);
  const used = new Map<string, Used>();
  for (const condition of conditions.filter((one) => !comparesColumns(one))) {
    for (const part of everyPart(condition)) {
      const meaning = part.kind === 'column' ? meanings.get(part) : undefined;
      if (meaning?.kind !== 'column' || !testOf(meaning.column.type, sql``)) continue;
      const key = JSON.stringify([meaning.table.system, meaning.table.table, meaning.column.name]);
      if (!used.has(key)) used.set(key, { table: meaning.table, column: meaning.column, span: part.span });
    }
  }
  return [...used.values()];
}

function comparesColumns(condition: Expression): boolean {
  return (
    condition.kind === 'compare' && condition.operator === '=' && [condition.left, condition.right].every(({ kind }) => kind === 'column')
  );
}

/** True for a value that is not of the type; undefined for types that any value is of. */
function testOf(type: string, name: Sql): Sql | undefined {
  switch (type) {
    case 'number':
      return sql`typeof(${name}) NOT IN ('integer', 'real')`;
    case 'boolean':
      return sql`${name} NOT IN (0, 1)`;
    case 'date':
    case 'datetime':
      return sql`${name} NOT GLOB '????-??-??*'`;
    default:
      return undefined;
  }
}

const kinds: Readonly<Record<string, string>> = {
  number: 'no number',
  boolean: 'neither true nor false',
  date: 'no date',
  datetime: 'no point in time',
};

async function look({ looker }: HazardInput, { table, column, span }: Used): Promise<readonly Problem[]> {
  const name = identifier(column.name);
  const test = testOf(column.type, name);
  if (!test) return [];
  const from = sql`(SELECT ${name} FROM ${identifier(vaultTableName(table.system, table.table))} LIMIT ${numeral(mostRows)})`;
  const odd = sql`${name} <> '' AND ${test}`;
  const [sums] =
    (await looker.ask(sql`SELECT ${joinSql([sql`total(${name} <> '') AS filled`, sql`total(${odd}) AS odd`], 'comma')} FROM ${from}`)) ??
    [];
  const [filled, strange] = [Number(sums?.['filled'] ?? 0), Number(sums?.['odd'] ?? 0)];
  if (strange === 0) return [];
  const some =
    (await looker.ask(
      sql`SELECT ${name} AS value FROM ${from} WHERE ${odd} GROUP BY 1 ORDER BY count(*) DESC LIMIT ${numeral(mostExamples)}`,
    )) ?? [];
  return [
    {
      code: 'hazard-unlike-value',
      severity: strange / filled < leastShare ? 'info' : 'warning',
      message: `${number(strange)} of ${counted(filled, 'value')} of ${named(table.alias, column.name)} ${strange === 1 ? 'is' : 'are'} ${kinds[column.type] ?? 'of another type'}${examples(some.map(({ value }) => shown(value ?? null, column.name)))}. Here they count as null: mend the data, or the type of the column.`,
      span,
    },
  ];
}
