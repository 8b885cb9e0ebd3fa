import type { ColumnRef } from '../../model/system/catalog.ts';
import type { ManyToMany } from '../../model/system/link-tables.ts';

/** Values, and the rows they stand in. */
export interface MatchSide {
  /** Different values. */
  readonly values: number;
  readonly rows: number;
  /** Some of the values; none of a column of secrets. */
  readonly samples: readonly string[];
}

/** How the values of two columns meet. Null and empty text are no values. */
export interface RelationMatch {
  readonly from: ColumnRef;
  readonly to: ColumnRef;
  /** Values of `from` alone. */
  readonly leftOnly: MatchSide;
  /** Values of both; `rows` are those of `from`. */
  readonly common: MatchSide & { readonly rightRows: number };
  readonly rightOnly: MatchSide;
  /** Rows without a value. */
  readonly leftEmpty: number;
  readonly rightEmpty: number;
  /** The share of the values of `from` that are found in `to`, 0 to 100; absent where it has none, so that nothing can be said. */
  readonly score?: number;
  /** Further values of `from` that would be found as texts, after trimming and without regard to case. Absent where there are too many to look. */
  readonly folded?: { readonly values: number; readonly samples: readonly (readonly [left: string, right: string])[] };
  /** The columns are of unlike types, in words: `text` and `number`. */
  readonly types?: readonly [left: string, right: string];
}

/** A relation that real values speak for. */
export interface RelationCandidate {
  readonly from: ColumnRef;
  readonly to: ColumnRef;
  /** What `to` is to its table; `column` between two systems, where any column may be meant. */
  readonly target: 'key' | 'reference' | 'column';
  /** The share of different values of `from` that are found in `to`, 0 to 100. */
  readonly score: number;
  readonly values: number;
  readonly found: number;
  /** Values that are not found. */
  readonly unmatched: readonly string[];
  /** Further values that would be found as texts, after trimming and without regard to case. */
  readonly folded: number;
  /** Not all values were looked at. */
  readonly sampled: boolean;
  readonly types?: readonly [left: string, right: string];
  /** The data model says so already. */
  readonly known: boolean;
  /** The most likely target of its column. */
  readonly best: boolean;
  /** Why the values prove little, in words. */
  readonly doubt?: string;
}

/** What was found. */
export interface FoundRelations {
  /** The most likely first. */
  readonly candidates: readonly RelationCandidate[];
  /** Tables that are not in the vault, as `system.table`. */
  readonly notCollected: readonly string[];
  /** Time was up before everything was looked at. */
  readonly stopped: boolean;
}

/** The relations of a data model, with their match where both tables are collected. */
export interface RelationList {
  readonly relations: readonly ListedRelation[];
  readonly links: readonly ManyToMany[];
  /** `system.table`, or `system.table.column` where the table was collected without it. */
  readonly notCollected: readonly string[];
}

export interface ListedRelation {
  readonly kind: 'reference' | 'inter-system';
  readonly from: ColumnRef;
  readonly to: ColumnRef;
  readonly match?: RelationMatch;
}
