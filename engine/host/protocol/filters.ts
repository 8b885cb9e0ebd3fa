import type { ParameterType } from '../../model/filter/filter.ts';
import type { RowProblems, UsedParameter, WhyRowChoice } from '../../run/filter/filter-report.ts';
import type { ColumnFacts } from '../../run/filter/insight/column-facts.ts';
import type { DataBasis } from '../../run/plan/plan.ts';
import type { Cell } from '../../run/records.ts';
import type { RowSet, RunInput } from './run.ts';

export interface RunFilterParameters extends RunInput {
  /** `Name` or `Name[lookup]`. */
  readonly filter: string;
  /** Values given by a person, by parameter name. Precedence: these, then the session, then the default. */
  readonly parameters: Readonly<Record<string, string | number | boolean | null>>;
  /** Values of session variables, by name, before those of `session` in `sollist.json`. */
  readonly session?: Readonly<Record<string, string>>;
  /** Rows shown at most; 10,000 if absent, 20,000 at most. All are counted. */
  readonly limit?: number;
  /** Send rows while they come, as `ProgressMessage.chunk`. The report has them all again. */
  readonly stream?: boolean;
}

/** Rows of a run under way, in their order. The first chunk is small, so that it comes early. */
export interface RowsChunk {
  readonly columns: RowSet['columns'];
  /** Place of the first of these rows, from 0. */
  readonly from: number;
  readonly rows: readonly (readonly Cell[])[];
}

export interface FilterReport {
  readonly filter: string;
  /** In all, counting included. */
  readonly milliseconds: number;
  /** Until the first row was there; absent where there is none, and in reports of before it was measured. */
  readonly firstRowMilliseconds?: number;
  /** The first rows; `total` counts all of them. */
  readonly rowSet: RowSet;
  readonly sql: string;
  /** An output column that tells the rows apart: the key of the start table, where it is among the columns. */
  readonly key?: string;
  /** Rows whose script failed. */
  readonly problems?: RowProblems;
  /** The tables the rows come from: when they were collected, and whether whole. */
  readonly restsOn?: readonly DataBasis[];
  readonly parameters?: readonly UsedParameter[];
}

export interface DescribeFilterParameters extends RunInput {
  readonly filter: string;
}

export interface FilterDescription {
  readonly filter: string;
  /** Relative to the folder. */
  readonly path: string;
  /** Those of its parents included. */
  readonly parameters: readonly DeclaredParameter[];
  readonly lookups: readonly string[];
  /** Tables the rows come from, the start table first; anti-joined ones are not among them. Empty where the filter cannot be read. */
  readonly tables: readonly { readonly alias: string; readonly system: string; readonly table: string; readonly key?: string }[];
  readonly columns: RowSet['columns'];
}

export interface DeclaredParameter {
  readonly name: string;
  readonly type: ParameterType;
  /** Absent where a value must be given. */
  readonly default?: string | number | boolean | null;
  readonly session?: string;
  /** What `session` of `sollist.json` gives it. */
  readonly sessionValue?: string;
}

/** Asks for one row of a filter; `limit` and `stream` are not looked at. */
export interface WhyParameters extends RunFilterParameters {
  readonly row: WhyRowChoice;
}

export interface FilterEffectParameters extends RunFilterParameters {
  /** `saved`: the file on the disk. `commit`: the file in a commit of git. */
  readonly against: 'saved' | 'commit';
  /** A revision of git; `HEAD` if absent. */
  readonly revision?: string;
}

export interface FilterInsightParameters extends RunInput {
  /** `Name`, without a lookup. */
  readonly filter: string;
  /** Others have their defaults; conditions on those without one are left out. */
  readonly parameters: Readonly<Record<string, string | number | boolean | null>>;
}

export interface ColumnFactsParameters extends RunInput {
  readonly system: string;
  readonly table: string;
  readonly column: string;
}

export interface ValuesLikeParameters extends ColumnFactsParameters {
  readonly text: string;
}

export interface ValuesLikeFound {
  /** In their order; none of a column that is secret by its name. */
  readonly values: readonly string[];
}

export interface ColumnFactsFound {
  /** Absent where the table was never collected, or without this column. */
  readonly column?: ColumnFacts;
}
