import type { BoundFilter, BoundTable } from '../../../model/filter/bound.ts';
import { printExpression } from '../../../model/filter/print-expression.ts';
import type { Expression } from '../../../model/filter/tree.ts';
import { quoteName } from '../../../model/filter/words.ts';
import type { Span } from '../../../model/text/problem.ts';
import type { Cell } from '../../records.ts';
import type { Vault } from '../../vault/vault.ts';
import type { WhyStep, WhyValue } from '../filter-report.ts';
import { columnOf, type Cut, type Cutter, type Row } from './cut.ts';
import type { Expressions } from './expressions.ts';
import { shown } from './near.ts';

/** One row on its way through a filter. */
export interface Walk {
  readonly vault: Vault;
  readonly bound: BoundFilter;
  /** Relative to the folder. */
  readonly path: string;
  readonly cutter: Cutter;
  readonly expressions: Expressions;
  readonly subject: Subject;
}

/** The row that is asked about. */
export interface Subject {
  /** `p.employeeNumber = 'E7'` */
  readonly text: string;
  /** Picks it out of all combinations of rows. */
  readonly condition: Expression;
  /** Joins that must be done before the condition can be asked. */
  readonly from: number;
  /** Picks out the rows of the start table that it rests on, before that; absent where there are none, or they have no key. */
  readonly early?: Expression;
  /** Where a row of one table is asked about: that table, and values of the row, read without any join. */
  readonly alone?: { readonly table: BoundTable; read(columns: readonly string[]): readonly (readonly WhyValue[])[] };
}

/** A value to show, and whose it is. */
export interface Shown {
  readonly text: string;
  readonly expression: Expression;
  /** Its 1 and 0 are true and false. */
  readonly isBoolean?: true;
  readonly found?: true;
}

/** Combinations that are shown. */
const mostRows = 10;

/** Where something stands, and what it says there; what a parent brought, and what a relation means, has no text of its own. */
export function placeOf({ bound, path }: Walk, span: Span, otherwise: () => string): Pick<WhyStep, 'path' | 'span' | 'text'> {
  const text = span.length === 0 ? otherwise() : bound.document.text.slice(span.offset, span.offset + span.length);
  return { path, span, text };
}

export function textOf({ bound }: Walk, expression: Expression): string {
  const { offset, length } = expression.span;
  return length === 0 ? printExpression(expression) : bound.document.text.slice(offset, offset + length).replace(/\s+/g, ' ');
}

/** An expression of the filter, to be shown under its text. */
export function expressionShown(walk: Walk, expression: Expression): Shown {
  return { text: textOf(walk, expression), expression, ...(walk.bound.types.get(expression) === 'boolean' && { isBoolean: true }) };
}

export function columnShown(walk: Walk, table: BoundTable, name: string, found?: true): Shown {
  const isBoolean = table.catalog?.columns.find((column) => column.name === name)?.type === 'boolean';
  return {
    text: nameOfColumn(table, name),
    expression: walk.expressions.column(table, name),
    ...(isBoolean && { isBoolean: true }),
    ...(found && { found }),
  };
}

/** Values of the first combinations that are left, each set once. */
export function sample(
  walk: Walk,
  cut: Omit<Cut, 'columns'>,
  values: readonly Shown[],
  limit = mostRows,
): readonly (readonly WhyValue[])[] {
  if (values.length === 0) return [];
  const columns = values.map(({ expression }, i) => columnOf(`v${i + 1}`, expression));
  const unique = new Map<string, readonly WhyValue[]>();
  for (const row of walk.cutter.rows({ ...cut, columns, limit: 100 })) {
    const cells = valuesOf(row, values);
    unique.set(JSON.stringify(cells.map(({ value }) => value)), cells);
    if (unique.size >= limit) break;
  }
  return [...unique.values()];
}

/** The cells `v1`, `v2` … of a row. */
export function valuesOf(row: Row, values: readonly Shown[]): readonly WhyValue[] {
  return values.map(({ text, found, isBoolean }, i) => ({
    text,
    value: valueAs(row[`v${i + 1}`] ?? null, isBoolean),
    ...(found && { found }),
  }));
}

/** A cell as a person reads it: what is neither 0 nor 1 in a boolean column stays what it is. */
export function valueAs(cell: Cell, isBoolean: boolean | undefined): WhyValue['value'] {
  return isBoolean === true && (cell === 0 || cell === 1) ? cell === 1 : cell;
}

/** What a person wrote for a value, as a person reads it: `true` of a boolean column is no text. */
export function askedAs(value: Cell, isBoolean: boolean): WhyValue['value'] {
  const [asked = value] = isBoolean ? spellings(value, true).filter((one) => typeof one === 'number') : [];
  return valueAs(asked, isBoolean);
}

/** The other way round: as the vault holds it. */
export function cellOf(value: WhyValue['value']): Cell {
  return typeof value === 'boolean' ? Number(value) : value;
}

/** `p.status is 'left', p.end is null` */
export function said(values: readonly WhyValue[] | undefined): string {
  return (values ?? []).map(({ text, value }) => `${text} is ${shown(value)}`).join(', ');
}

/** Names a table as a sentence does: `HR.persons (p)`. */
export function nameOf({ system, table, alias }: BoundTable): string {
  return alias === table ? `${system}.${table}` : `${system}.${table} (${alias})`;
}

/** `p.employeeNumber` */
export function nameOfColumn({ alias }: BoundTable, column: string): string {
  return `${quoteName(alias)}.${quoteName(column)}`;
}

export function refOf({ alias, system, table }: BoundTable): NonNullable<WhyStep['table']> {
  return { alias, system, table };
}

/** `1 row`, `3 rows` */
export function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** A value as a comparison takes it: a text that is a number may be one in the vault, and true is 1 in a boolean column. */
export function spellings(value: Cell, isBoolean: boolean): readonly Cell[] {
  if (typeof value === 'number') return [value, String(value)];
  if (value === null) return [null];
  if (isBoolean && /^(true|false)$/i.test(value)) return [value, /^true$/i.test(value) ? 1 : 0];
  const number = value.trim() === value && value !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) && String(number) === value ? [value, number] : [value];
}
