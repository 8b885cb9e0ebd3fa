import type { Cell } from '../records.ts';
import type { GuardedKind, Threshold } from '../../model/settings/settings.ts';
import type { RoleReport } from '../roles/role-report.ts';

/** A request as it would go over the wire, with secrets masked. Nothing here is ever sent by a preview. */
export interface WireRequest {
  readonly verb: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One attribute of a change; `from` is absent when the row does not exist yet. Boolean columns show as true and false. */
export interface AttributeChange {
  readonly name: string;
  readonly from?: Cell | boolean;
  readonly to: Cell | boolean;
}

export type ChangeKind = 'create' | 'update' | 'delete';

/** One planned write to one row of a target table. */
export interface PlannedChange {
  readonly kind: ChangeKind;
  /** The value of the compare key. */
  readonly key: string;
  /** How a person knows the row. */
  readonly display: string;
  readonly attributes: readonly AttributeChange[];
  /** Why, from the filter's row to the write, one step a line. */
  readonly reasons: readonly string[];
  /** Absent when the change is blocked. */
  readonly request?: WireRequest;
  /** Why this change would not be sent, and what to do. */
  readonly blocked?: string;
}

/** Data a plan rests on. */
export interface DataBasis {
  readonly system: string;
  readonly table: string;
  readonly rows: number;
  /** ISO time in UTC of the end of the collection; absent when the table was never collected. */
  readonly collectedAt?: string;
  readonly complete: boolean;
  /** The recording its rows were replayed from, relative to the workspace, where they did not come from the system itself. */
  readonly replayedFrom?: string;
  /** An earlier version was put into use again: later collections brought something else. */
  readonly loadedFromHistory?: true;
  /** Script columns whose script has changed since: they hold what the one of then gave. */
  readonly staleScripts?: readonly string[];
  /** Script columns that were computed when days and local time were those of another time zone, by its name. */
  readonly rezonedScripts?: { readonly scripts: readonly string[]; readonly zone: string };
  /** Why not complete, or what is suspicious. */
  readonly notes: readonly string[];
}

/** A guard's count against its threshold; it trips when the number exceeds it. */
export interface GuardResult {
  /** `mapping New accounts`, `role model development, group VPN`. */
  readonly subject: string;
  readonly kind: GuardedKind;
  readonly count: number;
  /** Rows the percentage is of. */
  readonly base: number;
  readonly threshold: Threshold;
  readonly tripped: boolean;
  readonly message: string;
}

/** What one mapping would do. */
export interface MappingPlan {
  readonly mapping: string;
  readonly filter: string;
  readonly system: string;
  readonly table: string;
  readonly operation: string;
  readonly kind: ChangeKind;
  /** Ordered by key. */
  readonly changes: readonly PlannedChange[];
  /** Rows of the filter that need nothing. */
  readonly unchanged: number;
  /** Attributes left alone because the source had no value. */
  readonly leftAlone: number;
  /** What a person must know before trusting this part: duplicates, incomplete tables, problems of the filter. */
  readonly notes: readonly string[];
}

/** Everything a workspace would change, and what that rests on. The same inputs give the same bytes. */
export interface Plan {
  readonly version: 1;
  readonly workspace: string;
  readonly environment?: string;
  /** First things first: newly managed groups, deletes, tripped guards, incomplete tables. */
  readonly attention: readonly string[];
  readonly restsOn: readonly DataBasis[];
  readonly assumed: readonly string[];
  readonly mappings: readonly MappingPlan[];
  readonly roles: readonly RoleReport[];
  readonly guards: readonly GuardResult[];
}
