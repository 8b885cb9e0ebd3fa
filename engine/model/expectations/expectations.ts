import type { Name, Span } from '../text/problem.ts';

/** A value an author expects in a cell; a list is compared as a set. */
export type ExpectedValue = string | number | boolean | null | readonly (string | number | boolean | null)[];

/** A number of rows or calls: one number, or bounds of which one may be absent. */
export interface Amount {
  readonly min?: number;
  readonly max?: number;
  /** The value as it stands in the file. */
  readonly span: Span;
}

/** A column and what it is to hold. */
export interface Field {
  readonly column: Name;
  readonly value: ExpectedValue;
}

/** Types that the values of a column may be held to; every value is a text. */
export type ExpectedType = 'number' | 'boolean' | 'date' | 'datetime' | 'list';

export const expectedTypes: readonly ExpectedType[] = ['number', 'boolean', 'date', 'datetime', 'list'];

/** One thing that is expected of the values of a column, with the place where it is said. */
export type ColumnCheck =
  /** `share` of the rows, from 0 to 1; undefined: at least one row. */
  | { readonly kind: 'filled'; readonly share: number | undefined; readonly span: Span }
  | { readonly kind: 'unique'; readonly span: Span }
  | { readonly kind: 'type'; readonly type: ExpectedType; readonly span: Span }
  /** A regular expression that the whole of JavaScript's `u` mode allows; it matches anywhere in the value. */
  | { readonly kind: 'matches'; readonly pattern: string; readonly span: Span }
  | { readonly kind: 'oneOf'; readonly values: readonly ExpectedValue[]; readonly span: Span };

/** One expectation of a table: what a person sees as one line, with one verdict. */
export type Expectation = {
  /** Tells it from the others of its table, and stays the same while others come and go: `rows`, `columns/mail`, `samples/0`. */
  readonly id: string;
  /** Where it stands in the file. */
  readonly span: Span;
} & (
  | { readonly kind: 'rows' | 'calls'; readonly amount: Amount }
  | { readonly kind: 'complete' }
  | { readonly kind: 'column'; readonly column: Name; readonly checks: readonly ColumnCheck[] }
  /** A row that has all of `where` must be there, and have all of `values`. */
  | { readonly kind: 'sample'; readonly where: readonly Field[]; readonly values: readonly Field[] }
  /** No row may have all of `where`. */
  | { readonly kind: 'absent'; readonly where: readonly Field[] }
);

/** What is expected of one table, in the order of the file. */
export interface TableExpectations {
  readonly name: Name;
  readonly expectations: readonly Expectation[];
}

/** What is expected of a system's data. Read from `expectations/<system>.json`. */
export interface Expectations {
  /** The file's name without `.json`. */
  readonly system: string;
  readonly tables: readonly TableExpectations[];
}
