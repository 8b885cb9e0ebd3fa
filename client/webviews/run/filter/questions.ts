import type { DeclaredParameter, FilterDescription } from '../../../../engine/host/protocol.ts';
import type { FilterEffect, FilterExplanation, FilterWhy, WhyStep } from '../../../../engine/run/filter/filter-report.ts';
import type { Span } from '../../../../engine/model/text/problem.ts';
import type { Cell } from '../../../../engine/run/records.ts';

export type ParameterValues = Readonly<Record<string, string | number | boolean | null>>;

/** What the page knows of a filter that can be run and asked now, beside the rows it gave. */
export interface FilterFrame {
  readonly filter: string;
  readonly parameters: readonly DeclaredParameter[];
  /** Values a person gave: those of the run shown, or of the last one. A parameter that is not among them has the session's or its default. */
  readonly given: ParameterValues;
  /** The start table first. */
  readonly tables: FilterDescription['tables'];
}

/** A part of a filter's page. */
export type FilterTab = 'rows' | 'why-not' | 'effect' | 'sql' | 'basis';

/** What the page asks about its filter, of the text in the editor, saved or not. */
export type Question =
  | { readonly kind: 'explain' }
  /** Cells of the row by output column. */
  | { readonly kind: 'why-row'; readonly values: Readonly<Record<string, Cell>> }
  /** A row of a table by a value that it alone has. */
  | { readonly kind: 'why-not'; readonly alias: string; readonly column: string; readonly value: string }
  /** By what a row of a table can be named. */
  | { readonly kind: 'keys'; readonly alias: string }
  /** Values of such a column that begin with what is typed. */
  | { readonly kind: 'values'; readonly alias: string; readonly column: string; readonly text: string }
  /** What drops rows, tried on some of the start table. */
  | { readonly kind: 'why-empty' }
  | { readonly kind: 'effect'; readonly against: Against };

/** The older text: the file on the disk, or that of the last commit. */
export type Against = 'saved' | 'commit';

export interface Answers {
  readonly explain: FilterExplanation;
  readonly 'why-row': FilterWhy;
  readonly 'why-not': FilterWhy;
  readonly keys: readonly KeyColumn[];
  readonly values: readonly string[];
  readonly 'why-empty': WhyEmpty;
  readonly effect: FilterEffect;
}

/** A column that tells the rows of a table apart, with a few of its values. */
export interface KeyColumn {
  readonly column: string;
  readonly values: readonly string[];
}

/** The rows that are left after a part of the filter. */
export interface CountedPart {
  readonly text: string;
  readonly path: string;
  readonly span: Span;
  readonly rows: number;
  /** There are more: counting ended there. */
  readonly more?: true;
}

/** Where no row is left: how many there are after each part, and what became of a few rows of the start table. */
export interface WhyEmpty {
  /** In the order of the text; empty where it was not counted. */
  readonly parts: readonly CountedPart[];
  /** What is odd about the data of a part, such as a parameter whose value is nowhere. */
  readonly hazards: readonly { readonly message: string; readonly text: string; readonly path: string; readonly span: Span }[];
  /** How many rows were followed. */
  readonly tried: number;
  /** Most rows first. */
  readonly drops: readonly { readonly step: WhyStep; readonly keys: readonly string[] }[];
  /** Why nothing could be tried. */
  readonly sentence?: string;
}

/** The answer to a question, or a sentence that says why there is none. */
export type Answered<T = Answers[Question['kind']]> =
  | { readonly ok: true; readonly answer: T }
  | { readonly ok: false; readonly message: string };
