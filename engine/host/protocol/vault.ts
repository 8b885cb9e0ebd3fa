import type { SeenAnswer } from '../../model/connector/knowledge.ts';
import type { ColumnRef } from '../../model/system/catalog.ts';
import type { TableStatistics } from '../../run/records.ts';
import type { RunInput } from './run.ts';

/** A vault, table by table. */
export interface VaultDescription {
  readonly tables: readonly {
    readonly system: string;
    readonly table: string;
    readonly rows: number;
    /** Milliseconds since 1970. */
    readonly collectedAt: number;
    readonly complete: boolean;
    /** Why not complete, or what is suspicious. */
    readonly notes: readonly string[];
  }[];
  /** What the last answers held that the connector did not declare then. */
  readonly answers: readonly { readonly system: string; readonly table: string; readonly at: number; readonly seen: SeenAnswer }[];
}

export interface DescribeTableParameters extends RunInput {
  readonly system: string;
  readonly table: string;
}

export interface TableDescription {
  /** Absent where the table was never collected. */
  readonly statistics?: TableStatistics;
}

export interface TableVersionsParameters extends RunInput {
  /** Every table if absent. */
  readonly system?: string;
  readonly table?: string;
}

export interface LoadVersionParameters extends RunInput {
  /** `TableVersion.id`. */
  readonly version: number;
}

export interface FindRelationsParameters extends RunInput {
  readonly system: string;
  /** Between these tables of two systems; `system` is that of the left one. */
  readonly between?: { readonly left: TableName; readonly right: TableName };
}

export interface TableName {
  readonly system: string;
  readonly table: string;
}

export interface MatchRelationParameters extends RunInput {
  readonly from: ColumnRef;
  readonly to: ColumnRef;
}

export interface ListRelationsParameters extends RunInput {
  /** Every system if absent. */
  readonly system?: string;
}

export interface DraftRelationsParameters extends RunInput {
  readonly system: string;
  /** They are between systems and belong into `relations.json`. */
  readonly between?: boolean;
  readonly relations: readonly { readonly from: ColumnRef; readonly to: ColumnRef }[];
}

export interface RelationsDraft {
  /** Relative to the folder. */
  readonly path: string;
  readonly text: string;
}

export interface CompareVersionsParameters extends RunInput {
  /** `TableVersion.id`s. */
  readonly before: number;
  readonly after: number;
}
