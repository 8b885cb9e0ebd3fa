import type { TokenMemory } from './http/auth/token-memory.ts';
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

/** A sign-in that a person has to do in a browser. */
export interface SignInRequest {
  readonly system: string;
  /** The page to open: `https`, or on this machine. */
  readonly address: string;
  /** Where the browser comes back to, on the machine of the engine. */
  readonly redirectUri: string;
}

/** What every run is given by its border. */
export interface RunContext {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Uniform in [0, 1): jitter only. */
  readonly random: () => number;
  readonly onProgress: (progress: Progress) => void;
  /** Called for every request that was answered or failed, already redacted. */
  readonly onTrace?: (entry: TraceEntry) => void;
  /** Whether further entries are wanted; asked before each, since making one costs more than a small answer. Absent: always. */
  readonly wantsTrace?: () => boolean;
  /** Shows a person where to sign in; the run waits meanwhile. Absent where nobody can be asked. */
  readonly signIn?: (request: SignInRequest) => void;
  /** Sign-ins of earlier runs of the same folder and environment; without it each run signs in anew. */
  readonly tokens?: TokenMemory;
}
