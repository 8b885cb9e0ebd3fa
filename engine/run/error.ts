/**
 * Something the outside world or the author's input made impossible. The message is for a person: what, where, what to do next; never a
 * secret. Caught once at each border (command, request, process); anything else that is thrown is a bug.
 */
export class SollistError extends Error {
  /** Stable and kebab-case: documentation, tests and the editor's offers depend on it. */
  readonly code: string;
  /** The exit code a command ends with: 2 could not run, 3 a guard stopped it. */
  readonly exitCode: 2 | 3;
  /** Names the input that is missing or wrong (a secret's name, say), for borders that can ask for it. */
  readonly subject: string | undefined;

  constructor(
    code: string,
    message: string,
    options: { readonly exitCode?: 2 | 3; readonly subject?: string; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SollistError';
    this.code = code;
    this.exitCode = options.exitCode ?? 2;
    this.subject = options.subject;
  }
}

/** What a run throws when its signal was aborted; borders report it as cancelled, not as an error. */
export function cancelled(): SollistError {
  return new SollistError('cancelled', 'Cancelled. Nothing was changed by the part that did not finish.');
}
