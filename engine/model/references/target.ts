import type { Span } from '../text/problem.ts';

/** What a name refers to. */
export type Target =
  | { readonly kind: 'connector'; readonly connector: string }
  | { readonly kind: 'connection-item'; readonly connector: string; readonly item: string }
  | { readonly kind: 'system'; readonly system: string }
  | { readonly kind: 'connector-table'; readonly system: string; readonly table: string }
  | { readonly kind: 'connector-column'; readonly system: string; readonly table: string; readonly column: string }
  | { readonly kind: 'operation'; readonly system: string; readonly table: string; readonly operation: string }
  | { readonly kind: 'membership'; readonly system: string; readonly table: string }
  | { readonly kind: 'table'; readonly system: string; readonly table: string }
  /** `alone`: the name is the column's, also where its table is called the same; without it, it may be that of the table. */
  | { readonly kind: 'column'; readonly system: string; readonly table: string; readonly column: string; readonly alone?: true }
  | { readonly kind: 'filter'; readonly filter: string }
  | { readonly kind: 'filter-column'; readonly filter: string; readonly column: string }
  | { readonly kind: 'filter-parameter'; readonly filter: string; readonly parameter: string };

/** One name in one file that refers to something, usually in another file. */
export interface Reference {
  /** The file the name stands in. */
  readonly path: string;
  readonly span: Span;
  readonly text: string;
  readonly target: Target;
}

/** Where something is declared. */
export interface Declaration {
  readonly path: string;
  readonly span: Span;
}

/**
 * What became of a reference: its declaration; or that there is none, with the names there are; or that it cannot be told, because
 * what it hangs on is itself unresolved and already reported.
 */
export type Resolution =
  | { readonly kind: 'found'; readonly declaration: Declaration }
  | { readonly kind: 'missing'; readonly candidates: readonly string[] }
  | { readonly kind: 'unknowable' };
