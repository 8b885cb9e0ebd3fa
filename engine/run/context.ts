import type { TraceEntry } from './records.ts';

/** Time, injected so that a test owns it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `milliseconds`; rejects with the signal's reason when aborted. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** What a person who waits is told. */
export interface Progress {
  readonly message: string;
  /** Rows so far, where there are rows. */
  readonly rows?: number;
}

/** What every run is given by its border. */
export interface RunContext {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Uniform in [0, 1): jitter only. */
  readonly random: () => number;
  readonly onProgress: (progress: Progress) => void;
  /** Called for every request that was answered or failed, already redacted. */
  readonly onTrace: (entry: TraceEntry) => void;
}
