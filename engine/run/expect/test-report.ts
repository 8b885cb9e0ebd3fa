import type { Place } from '../../model/text/place.ts';
import type { Source } from '../records.ts';

/** `errored`: it could not be told, for want of data. */
export type TestState = 'passed' | 'failed' | 'errored';

/** The verdict on one expectation. */
export interface ExpectationTest {
  /** Within its table: `rows`, `columns/mail`, `samples/0`. */
  readonly id: string;
  /** What is expected, on one line. */
  readonly title: string;
  readonly state: TestState;
  readonly place: Place;
  /** Why it failed; empty otherwise. */
  readonly failures: readonly { readonly message: string; readonly expected: string; readonly actual: string; readonly place: Place }[];
}

/** The verdicts on one table. */
export interface TableTest {
  readonly table: string;
  readonly state: TestState;
  readonly place: Place;
  /** Why the table could not be judged, for a person. */
  readonly error?: string;
  /** What was collected; absent where nothing was. */
  readonly collected?: { readonly rows: number; readonly calls: number; readonly complete: boolean };
  readonly expectations: readonly ExpectationTest[];
}

/** The verdicts on the data of one system. */
export interface SystemTest {
  readonly system: string;
  /** The expectations' file, relative to the workspace. */
  readonly file: string;
  readonly state: TestState;
  /** Where the data came from; absent where none could be had. */
  readonly source?: Source;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Why nothing could be judged at all. */
  readonly error?: { readonly code: string; readonly message: string; readonly subject?: string };
  readonly tables: readonly TableTest[];
}

/** The outcome of `sollist test`. */
export interface TestReport {
  readonly state: TestState;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly systems: readonly SystemTest[];
}

/** The state of a whole by those of its parts: what could not be told weighs most. */
export function stateOf(parts: Iterable<{ readonly state: TestState }>): TestState {
  const states = new Set([...parts].map(({ state }) => state));
  return states.has('errored') ? 'errored' : states.has('failed') ? 'failed' : 'passed';
}
