import type { BoundColumn, BoundFilter, BoundTable } from '../../../model/filter/bound.ts';
import { tablesOf } from '../../../model/filter/bound.ts';
import { printTable } from '../../../model/filter/print.ts';
import { identifier } from '../../../model/filter/sql.ts';
import type { Expression } from '../../../model/filter/tree.ts';
import { everyPart } from '../../../model/filter/tree.ts';
import { quoteName, sameName } from '../../../model/filter/words.ts';
import { vaultTableName } from '../../../model/system/catalog.ts';
import { didYouMean } from '../../../model/text/nearest.ts';
import { hasAggregate } from '../../../model/filter/bind-checks.ts';
import { SollistError } from '../../error.ts';
import type { Cell } from '../../records.ts';
import type { Vault } from '../../vault/vault.ts';
import type { WhyNear, WhyRowChoice, WhyStep, WhyValue } from '../filter-report.ts';
import { tablesWithRows } from '../named-filter.ts';
import { all, columnsIn, type Expressions } from './expressions.ts';
import { columnsInVault, nearSentence, nearValues, shown } from './near.ts';
import { columnShown, counted, nameOf, placeOf, refOf, said, sample, spellings, valueAs, type Subject, type Walk } from './walk.ts';

/** A row of a table, looked up. */
export interface TableRow {
  readonly table: BoundTable;
  readonly column: string;
  readonly value: Cell;
  /** Rows of the table with that value. */
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
  const column = chosenColumn(vault, bound, table, choice.column);
  const values = spellings(choice.value);
  const name = identifier(column).text;
  const where = `FROM ${identifier(vaultTableName(table.system, table.table)).text} WHERE ${name} IN (${values.map(() => '?').join(', ')})`;
  const [found] = vault.query({ sql: `SELECT count(*) AS n ${where}`, parameters: values });
  const rows = Number(found?.['n'] ?? 0);
  return {
    table,
    column,
    value: choice.value,
    rows,
    near: rows > 0 ? [] : nearValues(vault, table, column, choice.value),
    subject: {
      text: `${quoteName(table.alias)}.${quoteName(column)} = ${shown(choice.value)}`,
      condition: expressions.oneOf(expressions.column(table, column), values),
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
              text: `${quoteName(table.alias)}.${quoteName(one)}`,
              value: valueAs(row[`v${i + 1}`] ?? null, isBoolean(table, one)),
              found: true,
            })),
          ),
      },
    },
  };
}

/** The row of the table, or that it has none. */
export function startStep(walk: Walk, { table, column, rows, near, subject }: TableRow): WhyStep {
  const key = table.catalog?.key;
  const display = table.catalog?.display;
  const columns = [...new Set([...(key === undefined ? [] : [key]), ...(display === undefined ? [] : [display]), column])];
  return {
    kind: 'start',
    outcome: rows > 0 ? 'passed' : 'dropped',
    before: rows,
    after: rows,
    table: refOf(table),
    rows: rows > 0 ? (subject.alone?.read(columns) ?? []) : [],
    ...(near.length > 0 && { near }),
    ...placeOf(walk, table.span, () => startText(walk, table)),
    sentence:
      rows > 0
        ? `${nameOf(table)} has ${rows === 1 ? 'the row' : counted(rows, 'row')} with ${subject.text}.`
        : `${nameOf(table)} has no row with ${subject.text}.${nearSentence(near)}`,
  };
}

function isBoolean({ catalog }: BoundTable, name: string): boolean {
  return catalog?.columns.find((column) => column.name === name)?.type === 'boolean';
}

/** The start table as the parent has it. */
function startText({ bound }: Walk, table: BoundTable): string {
  const from = bound.select?.from;
  return from ? printTable(from) : `${table.system}.${table.table}`;
}

/** The row of the output that is asked about. Columns of scripts and aggregates cannot be asked for before they are made. Throws `unknown-column`. */
export function rowOfOutput(bound: BoundFilter, expressions: Expressions, values: Readonly<Record<string, Cell>>): Subject | undefined {
  const conditions: Expression[] = [];
  const texts: string[] = [];
  const tables: BoundTable[] = [];
  for (const [name, value] of Object.entries(values)) {
    const column = bound.columns.find((one) => one.name === name) ?? bound.columns.find((one) => sameName(one.name, name));
    if (!column) {
      const names = bound.columns.map((one) => one.name);
      throw new SollistError('unknown-column', `The filter gives no column "${name}".${didYouMean(name, names)}`);
    }
    const { expression } = column;
    if (!expression || isLate(bound, column)) continue;
    conditions.push(expressions.oneOf(expression, spellings(value)));
    texts.push(`${quoteName(column.name)} = ${shown(value)}`);
    tables.push(...columnsIn(bound, expression).map(({ table }) => table));
    for (const part of everyPart(expression)) {
      const table = part.kind === 'matched' ? bound.matched.get(part) : undefined;
      if (table) tables.push(table);
    }
  }
  const condition = all(conditions);
  return condition && { text: texts.join(' and '), condition, from: firstJoinWith(bound, tables) };
}

/** Whether a column is made behind the conditions, so that rows cannot be asked for by it. */
function isLate(bound: BoundFilter, { expression }: BoundColumn): boolean {
  return !expression || hasAggregate(expression) || readsScript(bound, expression);
}

/** The columns asked for that are made late, each with the value it is to have. */
export function lateOf(
  bound: BoundFilter,
  values: Readonly<Record<string, Cell>>,
): readonly { readonly column: BoundColumn; readonly value: Cell }[] {
  return bound.columns.flatMap((column) => {
    const entry = Object.entries(values).find(([name]) => sameName(name, column.name));
    return entry && isLate(bound, column) ? [{ column, value: entry[1] }] : [];
  });
}

/** The rows of the start table that a row of the output rests on. */
export function outputStep(walk: Walk): WhyStep {
  const { bound, subject, cutter } = walk;
  const { from: table } = bound;
  if (!table) throw new Error('A filter that was compiled has a start table.');
  const joins = bound.joins.slice(0, subject.from);
  const { early } = subject;
  const found = cutter.count({ joins, where: [subject.condition] });
  const starts = early ? cutter.count({ joins: [], where: [early] }) : found;
  const key = table.catalog?.key;
  const rows = key === undefined ? [] : sample(walk, { joins, where: [subject.condition] }, [columnShown(walk, table, key, true)]);
  return {
    kind: 'start',
    outcome: found > 0 ? 'passed' : 'dropped',
    before: starts,
    after: starts,
    table: refOf(table),
    rows,
    ...placeOf(walk, table.span, () => startText(walk, table)),
    sentence:
      found > 0
        ? `It rests on ${counted(starts, 'row')} of ${nameOf(table)}${rows[0] ? `, where ${said(rows[0])}` : ''}.`
        : `No rows of the tables have together ${subject.text}, whatever the conditions say.`,
  };
}

function readsScript(bound: BoundFilter, expression: Expression): boolean {
  return [...everyPart(expression)].some((part) => {
    const meaning = part.kind === 'column' ? bound.meanings.get(part) : undefined;
    return meaning?.kind === 'output' && meaning.column.expression === undefined;
  });
}

/** How many joins it takes until all these tables are there. */
function firstJoinWith({ joins }: BoundFilter, tables: readonly BoundTable[]): number {
  const last = joins.findLastIndex((join) => tablesOf(join.source).some((table) => tables.includes(table)));
  return last + 1;
}

function chosenTable(bound: BoundFilter, alias: string | undefined): BoundTable {
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
