/** Where a command reads and writes; injected so that tests and the demo run commands in their own process. */
export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Whether stderr is a terminal: progress is drawn only there. */
  readonly interactive: boolean;
  readonly colour: boolean;
  /**
   * Aborted by Ctrl+C. Asking for it takes Ctrl+C over, so only what can be interrupted asks: a long query of the vault cannot, and is ended
   * with its process, as it only reads.
   */
  readonly signal: AbortSignal;
  /** Asks for a value without showing it; undefined where nobody can be asked. */
  readonly ask?: (question: string) => Promise<string>;
}

/** Exit codes: part of the interface, documented in the manual. */
export const exitCodes = { ok: 0, problems: 1, couldNotRun: 2, guard: 3, changes: 4 } as const;

/** For work that ends with its process only. */
export const neverAborted: AbortSignal = new AbortController().signal;
