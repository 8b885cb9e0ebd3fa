import { byCodeUnit } from '../../model/text/order.ts';
import type { Operation } from '../../model/connector/connector.ts';
import type { VariableValue } from '../collect/variables.ts';
import type { ResolvedConnection } from '../connection.ts';
import type { Cell } from '../records.ts';
import { whyRefused } from '../plan/allowance.ts';
import type { Actual } from '../plan/actual.ts';
import { renderWrite } from '../plan/wire-request.ts';
import type { GroupReport, MemberChange, MemberLine } from './role-report.ts';
import type { Reach } from './scope.ts';
import type { SollGroup } from './soll.ts';

/** What the vault knows around one membership table. */
export interface MembershipIst {
  readonly members: Actual;
  readonly groups: Actual;
  /** Group key → keys of its members now. */
  readonly memberships: ReadonlyMap<string, ReadonlySet<string>>;
  readonly connection: ResolvedConnection;
  /** Why nobody may be removed, if so. */
  readonly noRemoval: string | undefined;
}

const order: Readonly<Record<MemberChange, number>> = { add: 0, remove: 1, unknown: 2, withheld: 3, kept: 4, stay: 5 };

/** Both sides of one managed group, line by line. */
export function inspectGroup(soll: SollGroup, ist: MembershipIst, reach: Reach): GroupReport {
  const { membership, group } = soll;
  const { system } = membership;
  const groupRow = ist.groups.byKey.get(group)?.[0];
  const display = shownAs(membership.groupTable.name, group, groupRow, system);
  const now = ist.memberships.get(group) ?? new Set<string>();
  const lines: MemberLine[] = [];
  for (const member of new Set([...soll.members.keys(), ...now])) {
    const row = ist.members.byKey.get(member)?.[0];
    const wanted = soll.members.get(member);
    const inIst = now.has(member);
    const change = judge(wanted !== undefined, inIst, row !== undefined, groupRow !== undefined, reach, member);
    const rendered = change === 'add' || change === 'remove' ? renderChange(change, soll, ist, member, row, groupRow) : {};
    lines.push({
      member,
      display: shownAs(membership.memberTable.name, member, row, system),
      change,
      roles: [...(wanted?.keys() ?? [])].sort(),
      inIst,
      reasons: reasonsOf(change, wanted, inIst, display, reach),
      ...rendered,
    });
  }
  lines.sort((a, b) => order[a.change] - order[b.change] || byCodeUnit(a.display, b.display) || byCodeUnit(a.member, b.member));
  return {
    system: system.name,
    membership: membership.table.name,
    group,
    display,
    roles: [...soll.roles].sort(),
    members: lines,
    counts: countChanges(lines),
  };
}

function judge(wanted: boolean, inIst: boolean, knownMember: boolean, knownGroup: boolean, reach: Reach, member: string): MemberChange {
  if (wanted && inIst) return 'stay';
  if (wanted) {
    if (!knownMember || !knownGroup) return 'unknown';
    return reach.grant && reach.covers(member) ? 'add' : 'withheld';
  }
  return reach.revoke && reach.covers(member) ? 'remove' : 'kept';
}

function reasonsOf(
  change: MemberChange,
  wanted: ReadonlyMap<string, string> | undefined,
  inIst: boolean,
  group: string,
  reach: Reach,
): readonly string[] {
  const soll = wanted
    ? [...wanted].map(([role, source]) => `soll: role ${role}, by ${source}`)
    : ['soll: no role of this model names this member'];
  const ist = [inIst ? `ist: member of ${group} now` : `ist: not a member of ${group}`];
  const scope = `the scope ${reach.grant && reach.revoke ? 'does not reach this member' : reach.revoke ? 'does not grant' : 'does not revoke'}`;
  const ends: Readonly<Record<MemberChange, readonly string[]>> = {
    add: [],
    remove: [`${group} is managed, so members without a role are removed`],
    stay: [],
    kept: [`left as it is: ${scope}`],
    withheld: [`not added: ${scope}`],
    unknown: ['cannot be added: the vault does not know this member or this group'],
  };
  return [...soll, ...ist, ...ends[change]];
}

/** The request of one membership change; its attributes are those `groupmembership` names. */
function renderChange(
  change: 'add' | 'remove',
  soll: SollGroup,
  ist: MembershipIst,
  member: string,
  memberRow: Readonly<Record<string, Cell>> | undefined,
  groupRow: Readonly<Record<string, Cell>> | undefined,
): Pick<MemberLine, 'request' | 'blocked'> {
  if (change === 'remove' && ist.noRemoval !== undefined) return { blocked: ist.noRemoval };
  const { membership, group } = soll;
  const { system } = membership;
  const operation: Operation | undefined = change === 'add' ? membership.add : membership.remove;
  if (!operation)
    return {
      blocked: `The groupmembership of ${membership.table.name} in connectors/${system.connector.text}.json names no operation to ${change} a member. Add ${change}_operation.`,
    };
  const variables = new Map<string, VariableValue>();
  const declared = membership.table.membership;
  for (const { column, resource } of declared?.memberAttributes ?? []) put(variables, resource.text, memberRow?.[column.text]);
  for (const { column, resource } of declared?.groupAttributes ?? []) put(variables, resource.text, groupRow?.[column.text]);
  // The ist knows both keys even where a row is gone from its table.
  variables.set(membership.member.column, member);
  variables.set(membership.group.column, group);
  const given = [...variables.keys()];
  const refused = whyRefused(
    operation,
    new Set(given),
    given.filter((name) => !isExtra(operation, name)),
  );
  if (refused !== undefined) return { blocked: refused };
  const attributes = Object.fromEntries(variables);
  return renderWrite({ connector: membership.connector, operation, connection: ist.connection, variables, attributes });
}

/** Attributes beyond the keys are tolerated by operations that do not list them (shipped connectors carry display names so). */
function isExtra(operation: Operation, name: string): boolean {
  return !operation.mandatory.some(({ text }) => text === name) && operation.allowanceDefault === 'prohibited';
}

function put(variables: Map<string, VariableValue>, name: string, value: Cell | undefined): void {
  if (value !== undefined && value !== null) variables.set(name, value);
}

function shownAs(
  table: string,
  key: string,
  row: Readonly<Record<string, Cell>> | undefined,
  system: SollGroup['membership']['system'],
): string {
  const column = system.tables.find(({ name }) => name.text === table)?.display?.text;
  const value = column === undefined ? undefined : row?.[column];
  return value === undefined || value === null || value === '' ? key : String(value);
}

function countChanges(lines: readonly MemberLine[]): GroupReport['counts'] {
  const counts: Record<MemberChange, number> = { add: 0, remove: 0, stay: 0, kept: 0, withheld: 0, unknown: 0 };
  for (const { change } of lines) counts[change]++;
  return counts;
}
