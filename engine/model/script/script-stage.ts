import type { ColumnType } from '../connector/connector.ts';

/** A column of a table that a script may read, and where its value stands among the inputs. */
export interface ScriptInput {
  /** The name scripts know the table by: `Users['mail']`, `data['Users']['mail']`. */
  readonly alias: string;
  readonly column: string;
  readonly type: ColumnType;
  /** Place of the value in an input row. */
  readonly index: number;
}

/** A table that may have no row, as after a left join; its value in an input row is null where it has none. Scripts then see `undefined`. */
export interface ScriptPresence {
  readonly alias: string;
  /** Place of the mark in an input row. */
  readonly index: number;
}

/** What a value is made into; `any` leaves texts and numbers as they are, and makes `true` a text. */
export type ScriptType = 'any' | 'text' | 'number' | 'boolean' | 'date' | 'datetime';

/** A column that a script computes. */
export interface ScriptColumn {
  readonly name: string;
  readonly type: ScriptType;
  /** The body of a function, in the notation of NIM. */
  readonly code: string;
}

/**
 * Scripts over rows: each row of `inputs` gives one value per column. Order of work: the columns in their order; a script does not see the
 * values of another.
 */
export interface ScriptStage {
  readonly inputs: readonly ScriptInput[];
  readonly presences: readonly ScriptPresence[];
  readonly columns: readonly ScriptColumn[];
}
