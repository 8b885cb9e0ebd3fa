import type { ParameterType } from '../../model/filter/filter.ts';
import type { Span } from '../../model/text/problem.ts';
import type { DataBasis } from '../plan/plan.ts';
import type { Cell } from '../records.ts';
import type { RowsComparison } from '../run-record.ts';

/** Rows whose script failed, with null in its column: the first ones, and how many there are. */
export interface RowProblems {
  readonly count: number;
  /** `row`: place among all rows, from 0; it may lie behind those shown. */
  readonly rows: readonly { readonly row: number; readonly message: string }[];
  /** Further rows whose script failed, which `limit` or `distinct` then left out: they might have been among those that are there. */
  readonly leftOut?: number;
}

/** A parameter as a run used it. */
export interface UsedParameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly value: string | number | boolean | null;
  readonly from: 'given' | 'session' | 'default';
  /** The session variable it is declared with, also where its value came from elsewhere. */
  readonly session?: string;
}

export interface FilterExplanation {
  readonly filter: string;
  readonly sql: string;
  /** Values of the `?` in the SQL, in order. */
  readonly values: readonly Cell[];
  /** One line a step, indented by two blanks a level. */
  readonly plan: readonly string[];
}

/**
 * The row that is meant: a row of a table by a value, or a row of the output by its cells. `alias`: the start table if absent; `column`: the
 * table's key if absent. Values are compared as texts, so `7` finds 7.
 */
export type WhyRowChoice =
  | { readonly kind: 'table'; readonly alias?: string; readonly column?: string; readonly value: string | number }
  /** Cells by output column; columns that are left out do not count. */
  | { readonly kind: 'output'; readonly values: Readonly<Record<string, Cell>> };

/** The way of one row through a filter, step by step in the order of work, up to the first step that dropped it. */
export interface FilterWhy {
  readonly filter: string;
  /** `unknown`: the columns given cannot tell a row, as those of scripts and counts; `sentence` says so. */
  readonly verdict: 'here' | 'not-here' | 'unknown';
  /** The answer in one or two sentences, for a person. */
  readonly sentence: string;
  /** What was looked for, in words: `p.employeeNumber = E7`. */
  readonly subject: string;
  /** How often the row is in the output. */
  readonly times: number;
  readonly steps: readonly WhyStep[];
  /** Index of the step that dropped it; absent where it is there. */
  readonly droppedBy?: number;
  readonly notes: readonly string[];
  readonly parameters: readonly UsedParameter[];
  readonly restsOn: readonly DataBasis[];
}

export type WhyStepKind =
  /** The row of the start table. */
  | 'start'
  /** `join`, `multiple join`, `all join`, `left join`, also recursive and in brackets. */
  | 'join'
  /** `anti join`. */
  | 'absence'
  /** One of the conditions of `where` that must all hold. */
  | 'condition'
  | 'script'
  | 'exclude'
  | 'lookup'
  /** `group by`, with what `having` says of the group. */
  | 'group'
  /** One condition of `having`. */
  | 'having'
  /** `distinct`, `distinct on`. */
  | 'distinct'
  | 'append'
  | 'limit';

export interface WhyStep {
  readonly kind: WhyStepKind;
  /** `dropped`: nothing was left behind this step. Steps behind it are not in the list. */
  readonly outcome: 'passed' | 'dropped';
  /** For a person, with the values. */
  readonly sentence: string;
  /** The author's text; of a condition that comes from the data model, what it says. */
  readonly text: string;
  /** Where that stands; `path` is relative to the folder. What a parent brought stands, without any length, where the parent is named. */
  readonly path: string;
  readonly span: Span;
  /** Combinations of rows of the joined tables before and behind the step: 1 to 3 where a join multiplies. */
  readonly before: number;
  readonly after: number;
  /** `join`: the table joined, `start`: the start table, `lookup`: its target. */
  readonly table?: { readonly alias: string; readonly system: string; readonly table: string };
  /** `start`: the row is one of a table that a join brings, not of the start table. */
  readonly isJoined?: true;
  /** `condition`, `having`, `exclude`: what it gave; `null` drops rows as false does. Where combinations differ, of the first one. */
  readonly holds?: 'true' | 'false' | 'null';
  /** Operands with their values, inputs of a script, what was looked for by a join or lookup; of the first combinations, at most ten. */
  readonly rows: readonly (readonly WhyValue[])[];
  /** Values of the joined table that are nearly what was looked for. */
  readonly near?: readonly WhyNear[];
}

export interface WhyValue {
  /** `p.mail`, `today() + 7`: the text of the operand. */
  readonly text: string;
  /** Of a boolean column or condition `true` and `false`, else as the vault holds it. */
  readonly value: Cell | boolean;
  /** Whose value it is: of a joined table's row that was found, rather than what was looked for. */
  readonly found?: true;
}

/** A value that is nearly the one looked for. */
export interface WhyNear {
  readonly column: string;
  readonly value: Cell;
  /** The same but for blanks around it, for the case of letters, for both, for leading zeros, for one being a text and the other a number; or the nearest spelling. */
  readonly how: 'blanks' | 'case' | 'blanks-and-case' | 'zeros' | 'type' | 'spelling';
}

/** What an edit of a filter changes. */
export interface FilterEffect {
  readonly filter: string;
  /** What the older text is: `the saved file`, `HEAD (3f2a1b0)`. */
  readonly against: string;
  /** The filter's own text is the same; so are its rows, where `alsoChanged` is empty. */
  readonly sameText: boolean;
  /** Other files that the filter rests on, now or then, and that differ: parents, appended filters, libraries, the data model. */
  readonly alsoChanged: readonly string[];
  /** Older text first. By the key of the start table where it is an output column on both sides and tells the rows apart, else whole rows. */
  readonly comparison: RowsComparison;
  readonly milliseconds: number;
  readonly parameters: readonly UsedParameter[];
  readonly restsOn: readonly DataBasis[];
}
