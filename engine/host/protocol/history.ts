import type { RunInput } from './run.ts';

export interface KeptRunParameters extends RunInput {
  /** `RunSummary.id`. */
  readonly id: string;
}

export interface PinRunParameters extends KeptRunParameters {
  readonly pinned: boolean;
}

export interface DeleteRunsParameters extends RunInput {
  readonly ids: readonly string[];
}

export interface CompareRunsParameters extends RunInput {
  /** `RunSummary.id`s. */
  readonly before: string;
  readonly after: string;
}
