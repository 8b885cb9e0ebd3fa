/** What a script may use. Times are milliseconds. */
export const limits = {
  /** For one row and column, of the processor's time. */
  row: 100,
  /** For evaluating a library or a constant. */
  library: 1000,
  /** After so long the interpreter comes up for breath, whatever it does; so that what does not is known to be stuck. */
  breath: 1000,
  /** A call that has not come up by then is stopped from outside, with the whole interpreter. */
  stuck: 4000,
  /** Of all that scripts hold at once, in bytes. */
  memory: 64 * 1024 * 1024,
  /** Of the interpreter's own stack, in bytes. Its calls take up to eight times as much of the process's stack, which has about a megabyte. */
  stack: 80 * 1024,
  /** Rows at a time, and characters of what is handed over at a time. */
  rows: 1000,
  text: 4_000_000,
  /** The longest single row, in characters. */
  longestRow: 12_000_000,
  /** A script that was stopped so often is not run for the rows that follow. */
  stops: 20,
} as const;
