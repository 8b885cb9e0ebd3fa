import type { BoundFilter, BoundTable } from '../../../model/filter/bound.ts';
import { tablesOf } from '../../../model/filter/bound.ts';
import { printTable } from '../../../model/filter/print.ts';
import { identifier } from '../../../model/filter/sql.ts';
import { quoteName, sameName } from '../../../model/filter/words.ts';
import { vaultTableName } from '../../../model/system/catalog.ts';
import { didYouMean } from '../../../model/text/nearest.ts';
import { SollistError } from '../../error.ts';
import type { Cell } from '../../records.ts';
import type { Vault } from '../../vault/vault.ts';
import type { WhyNear, WhyRowChoice, WhyStep, WhyValue } from '../filter-report.ts';
import { tablesWithRows } from '../named-filter.ts';
import { all, type Expressions } from './expressions.ts';
import { columnsInVault, nearSentence, nearValues, shown } from './near.ts';
import { askedAs, counted, nameOf, nameOfColumn, placeOf, refOf, spellings, valueAs, type Subject, type Walk } from './walk.ts';

/** A row of a table, looked up. */
export interface TableRow {
  readonly table: BoundTable;
  readonly columns: readonly string[];
  /** `p.employeeNumber = 'E7'` */
  readonly text: string;
  /** Rows of the table with these values. */
  readonly rows: number;
  /** Where there is none. */
  readonly near: readonly WhyNear[];
  readonly subject: Subject;
}

/** Looks up the row of a table that is asked about. Throws `unknown-table`, `unknown-column`. */
export function rowOfTable(
  vault: Vault,
  bound: BoundFilter,
  expressions: Expressions,
  choice: Extract<WhyRowChoice, { readonly kind: 'table' }>,
): TableRow {
  const table = chosenTable(bound, choice.alias);
  return rowWith(vault, bound, expressions, table, [{ column: chosenColumn(vault, bound, table, choice.column), value: choice.value }]);
}

/** A value that a row of a table is to have. */
export interface AskedValue {
  readonly column: string;
  /** Never null. */
  readonly value: Exclude<Cell, null>;
}

/** Looks up the row of a table with all these values. */
export function rowWith(
  vault: Vault,
  bound: BoundFilter,
  expressions: Expressions,
  table: BoundTable,
  asked: readonly AskedValue[],
): TableRow {
  const wanted = asked.map(({ column, value }) => ({ column, value, values: spellings(value, isBoolean(table, column)) }));
  const values = wanted.flatMap((one) => one.values);
  const tests = wanted.map((one) => `${identifier(one.column).text} IN (${one.values.map(() => '?').join(', ')})`);
  const where = `FROM ${identifier(vaultTableName(table.system, table.table)).text} WHERE ${tests.join(' AND ')}`;
  const [found] = vault.query({ sql: `SELECT count(*) AS n ${where}`, parameters: values });
  const rows = Number(found?.['n'] ?? 0);
  const text = wanted
    .map(({ column, value }) => `${nameOfColumn(table, column)} = ${shown(askedAs(value, isBoolean(table, column)))}`)
    .join(' and ');
  const conditions = wanted.map((one) => expressions.oneOf(expressions.column(table, one.column), one.values));
  const [first] = wanted;
  const condition = all(conditions);
  if (!first || !condition) throw new Error('A row is asked for by a value.');
  return {
    table,
    columns: wanted.map(({ column }) => column),
    text,
    rows,
    near: rows > 0 || wanted.length > 1 ? [] : nearValues(vault, table, first.column, first.value),
    subject: {
      text,
      condition,
      from: firstJoinWith(bound, [table]),
      alone: {
        table,
        read: (columns) =>
          [
            ...vault.query({
              sql: `SELECT ${columns.map((one, i) => `${identifier(one).text} AS v${i + 1}`).join(', ')} ${where} LIMIT 10`,
              parameters: values,
            }),
          ].map((row) =>
            columns.map((one, i): WhyValue => ({
              text: nameOfColumn(table, one),
              value: valueAs(row[`v${i + 1}`] ?? null, isBoolean(table, one)),
              found: true,
            })),
          ),
      },
    },
  };
}

/** The row of the table, or that it has none. */
export function startStep(walk: Walk, { table, columns: asked, text, rows, near, subject }: TableRow): WhyStep {
  const key = table.catalog?.key;
  const display = table.catalog?.display;
  const columns = [...new Set([...(key === undefined ? [] : [key]), ...(display === undefined ? [] : [display]), ...asked])];
  const isJoined = table !== walk.bound.from;
  return {
    kind: 'start',
    outcome: rows > 0 ? 'passed' : 'dropped',
    before: rows,
    after: rows,
    table: refOf(table),
    rows: rows > 0 ? (subject.alone?.read(columns) ?? []) : [],
    ...(near.length > 0 && { near }),
    ...placeOf(walk, table.span, () => (isJoined ? joinedText(table) : startText(walk, table))),
    ...(isJoined && { isJoined }),
    sentence:
      rows > 0
        ? `${nameOf(table)} has ${rows === 1 ? 'the row' : counted(rows, 'row')} with ${text}.`
        : `${nameOf(table)} has no row with ${text}.${nearSentence(near)}`,
  };
}

export function isBoolean({ catalog }: BoundTable, name: string): boolean {
  return catalog?.columns.find((column) => column.name === name)?.type === 'boolean';
}

/** The start table as the parent has it. */
export function startText({ bound }: Walk, table: BoundTable): string {
  const from = bound.select?.from;
  return from ? printTable(from) : `${table.system}.${table.table}`;
}

/** A table that a parent joins. */
function joinedText({ system, table, alias }: BoundTable): string {
  return `${quoteName(system)}.${quoteName(table)}${alias === table ? '' : ` as ${quoteName(alias)}`}`;
}

/** How many joins it takes until all these tables are there. */
export function firstJoinWith({ joins }: BoundFilter, tables: readonly BoundTable[]): number {
  const last = joins.findLastIndex((join) => tablesOf(join.source).some((table) => tables.includes(table)));
  return last + 1;
}

export function chosenTable(bound: BoundFilter, alias: string | undefined): BoundTable {
  const tables = tablesWithRows(bound);
  const found =
    alias === undefined
      ? tables[0]
      : (tables.find((table) => table.alias === alias) ?? tables.find((table) => sameName(table.alias, alias)));
  if (found) return found;
  const names = tables.map((table) => table.alias);
  throw new SollistError(
    'unknown-table',
    `The filter's rows come from no table "${alias ?? ''}".${didYouMean(alias ?? '', names)} They come from: ${names.join(', ')}.`,
  );
}

function chosenColumn(vault: Vault, bound: BoundFilter, table: BoundTable, name: string | undefined): string {
  const columns = columnsInVault(vault, table);
  const wanted = name ?? table.catalog?.key;
  if (wanted === undefined) {
    throw new SollistError(
      'unknown-column',
      `${nameOf(table)} has no key, so name a column: ${quoteName(table.alias)}.${quoteName(columns[0] ?? 'column')}=value.`,
    );
  }
  const found = columns.find((one) => one === wanted) ?? columns.find((one) => sameName(one, wanted));
  if (found !== undefined) return found;
  const elsewhere = tablesWithRows(bound).find((other) => columnsInVault(vault, other).some((one) => sameName(one, wanted)));
  const hint = elsewhere
    ? ` ${nameOf(elsewhere)} has one: ${quoteName(elsewhere.alias)}.${quoteName(wanted)}=value.`
    : didYouMean(wanted, columns) || ` It has: ${columns.slice(0, 12).join(', ')}${columns.length > 12 ? ', …' : ''}.`;
  throw new SollistError('unknown-column', `${nameOf(table)} has no column "${wanted}".${hint}`);
}
