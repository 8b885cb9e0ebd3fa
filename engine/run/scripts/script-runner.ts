import type { ScriptStage } from '../../model/script/script-stage.ts';
import type { Cell } from '../records.ts';

/** What scripts may ask of the world they run in; nothing else. */
export interface ScriptServices {
  /**
   * Whether a table of the vault has a row with that value in a column; without `column`, in its primary key. A null is nowhere. What nobody knows, or has
   * not collected, is a sentence that names it: the script fails with it. Throws nothing.
   */
  exists(system: string, table: string, column: string | undefined, value: string | number | boolean | null): boolean | UnansweredQuestion;
  /** Global variables by name: constants, and the code of libraries that gives a value (`return class { … }`). */
  readonly globals: ReadonlyMap<string, ScriptGlobal>;
  /** What `new Date()` is for scripts, the same for all rows; without it the moment the runner is made. Milliseconds since 1970. */
  readonly now?: number;
  /** The time zone whose calendar counts for points in time that are given as dates, by its name in the IANA database. */
  readonly timeZone: string;
}

/** Why the vault cannot say whether a row is there. */
export interface UnansweredQuestion {
  readonly problem: string;
}

export type ScriptGlobal =
  | { readonly kind: 'constant'; readonly value: string | number | boolean }
  | { readonly kind: 'library'; readonly code: string };

/** What scripts made of one row: a value per column, and what went wrong, as a sentence for a person; null where nothing did. */
export interface ScriptedRow {
  readonly values: readonly Cell[];
  readonly problem: string | null;
}

/**
 * Scripts ready to run. Rows are given in batches and come back in the same order; the same row gives the same values whatever rows came before
 * it. A row whose script fails, takes too long or too much memory has null there and a problem. Dispose it after use.
 */
export interface ScriptRunner {
  run(rows: readonly (readonly Cell[])[]): readonly ScriptedRow[];
  dispose(): void;
}

/** Makes a runner. Called once per query; loading the sandbox's code is done before, so that this is quick. */
export type CreateScriptRunner = (stage: ScriptStage, services: ScriptServices) => ScriptRunner;
