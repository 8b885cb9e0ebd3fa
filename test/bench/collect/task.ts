/** What both sides do. */
export interface Task {
  readonly url: string;
  /** Path of the vault, or of the database of the loop. */
  readonly path: string;
  /** Pages of `size` until `rows` have come, or one call for each of `parents` with `sessions` at a time. */
  readonly kind:
    | { readonly name: 'pages'; readonly rows: number; readonly size: number }
    | { readonly name: 'calls'; readonly parents: number; readonly sessions: number };
}

export interface Measured {
  readonly milliseconds: number;
  /** In the table, so that nobody wins by leaving some out. */
  readonly rows: number;
  /** The peak over the idle process. */
  readonly megabytes: number;
}

/** What a collection throws that was cancelled. */
export class CancelledAt extends Error {}

export const columns = [
  'id',
  'number',
  'userName',
  'displayName',
  'givenName',
  'familyName',
  'department',
  'active',
  'hired',
  'modified',
] as const;
