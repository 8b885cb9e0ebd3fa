import type { DataBasis, GuardResult, WireRequest } from '../plan/plan.ts';

/**
 * What would happen to one member of one managed group. `add`, `remove` and `stay` as the words say; `kept`: not in the soll, but outside
 * the scope or not revocable, so left; `withheld`: in the soll, but outside the scope or not grantable, so not added; `unknown`: in the
 * soll, but the vault has no such member, so it cannot be added.
 */
export type MemberChange = 'add' | 'remove' | 'stay' | 'kept' | 'withheld' | 'unknown';

/** One member of one group, with both sides. */
export interface MemberLine {
  /** Key of the member. */
  readonly member: string;
  readonly display: string;
  readonly change: MemberChange;
  /** Roles that name this membership; empty when only the ist has it. */
  readonly roles: readonly string[];
  /** Whether the target has the membership now. */
  readonly inIst: boolean;
  readonly reasons: readonly string[];
  readonly request?: WireRequest;
  readonly blocked?: string;
}

/** A managed group: named by at least one role of the model. */
export interface GroupReport {
  readonly system: string;
  readonly membership: string;
  readonly group: string;
  readonly display: string;
  readonly roles: readonly string[];
  /** Ordered by change, then display, then key. */
  readonly members: readonly MemberLine[];
  readonly counts: Readonly<Record<MemberChange, number>>;
}

/** A role and what its filter gave. */
export interface RoleSummary {
  readonly role: string;
  readonly filter: string;
  readonly rows: number;
  readonly groups: readonly string[];
}

/** Soll against ist of a whole role model. */
export interface RoleReport {
  readonly version: 1;
  readonly model: string;
  readonly state: string;
  readonly attention: readonly string[];
  readonly restsOn: readonly DataBasis[];
  readonly assumed: readonly string[];
  readonly roles: readonly RoleSummary[];
  readonly groups: readonly GroupReport[];
  readonly guards: readonly GuardResult[];
}
