/** A failure a person can mend. Its message is one sentence that says what, where, and what to do next. */
export class SollistFailure extends Error {
  /** Stable, as in `RunFailure`; the client's own are `untrusted`, `no-workspace`, `no-server`. */
  readonly code: string;
  /** What is missing or wrong: a secret's name, a file, a table. */
  readonly subject: string | undefined;
  /** The folder the run was in, so that an offer can act on it. */
  readonly folder: string | undefined;
  /** Names of the secrets the run could use. */
  readonly secrets: readonly string[];

  constructor(
    code: string,
    message: string,
    details: {
      readonly subject?: string | undefined;
      readonly folder?: string | undefined;
      readonly secrets?: readonly string[] | undefined;
    } = {},
  ) {
    super(message);
    this.name = 'SollistFailure';
    this.code = code;
    this.subject = details.subject;
    this.folder = details.folder;
    this.secrets = details.secrets ?? [];
  }
}

/**
 * Text as a notification may show it: one line, bounded, and without the link syntax that VS Code would make clickable, since a message can
 * quote what an API answered.
 */
export function plainText(text: string, limit = 600): string {
  const line = text.replace(/\s+/g, ' ').replace(/\]\(/g, '] (').trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}
