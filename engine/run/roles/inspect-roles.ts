import type { Vault } from '../vault/vault.ts';
import { cancelled } from '../error.ts';
import { readActual } from '../plan/actual.ts';
import { isEmpty } from '../plan/cells.ts';
import { basisOf, originNotes, type TableRef, whyNoRemoval } from '../plan/basis.ts';
import { requireCollected } from '../filter/filter-rows.ts';
import { judgeGuard } from '../plan/guard.ts';
import type { GuardResult } from '../plan/plan.ts';
import type { PlanOptions } from '../plan/plan-mapping.ts';
import { shownConnection } from '../plan/shown-connection.ts';
import { pick, refuseOwn, type OpenWorkspace } from '../workspace/open-workspace.ts';
import { attentionOf } from './attention.ts';
import { inspectGroup, type MembershipIst } from './inspect-group.ts';
import type { MembershipTable } from './membership.ts';
import type { GroupReport, RoleReport } from './role-report.ts';
import { readScope } from './scope.ts';
import { readSoll } from './soll.ts';

/**
 * Soll against ist of a role model: who would be added, who removed, who stays, and why. Sends nothing. Throws `unknown-role-model`,
 * `file-broken`, `membership-unusable`, `not-collected`.
 */
export function inspectRoles(open: OpenWorkspace, vault: Vault, modelName: string, options: PlanOptions): RoleReport {
  const files = pick('unknown-role-model', 'role model', 'roles', open.workspace.roleModels, modelName);
  // A misspelt column would be an empty soll, and an empty soll removes everybody.
  for (const { path } of [...(files.file ? [files.file] : []), ...files.roles]) refuseOwn(open, path);
  const { model } = files;
  const soll = readSoll(
    open,
    vault,
    modelName,
    files.roles.map((role) => role.model),
    options.today,
  );
  const scope = readScope(open, vault, model, options.today);
  const memberships = new Map(soll.groups.map(({ membership }) => [`${membership.system.name}.${membership.table.name}`, membership]));
  const own: TableRef[] = [...memberships.values()].flatMap((membership) => requireMembership(vault, membership));
  const restsOn = basisOf(vault, [...soll.tables, ...scope.tables, ...own], open.workspace);
  const noRemoval = whyNoRemoval(restsOn, options.allowIncomplete);
  const ists = new Map([...memberships].map(([name, membership]) => [name, readIst(vault, membership, options, noRemoval)]));

  const groups: GroupReport[] = [];
  for (const group of soll.groups) {
    if (options.signal.aborted) throw cancelled();
    const { system, table } = group.membership;
    const ist = ists.get(`${system.name}.${table.name}`);
    if (ist) groups.push(inspectGroup(group, ist, scope.reachOf(system.name)));
  }
  groups.sort((a, b) => (a.display < b.display ? -1 : a.display > b.display ? 1 : a.group < b.group ? -1 : 1));
  const guards = groups.map((group): GuardResult => {
    const removals = group.members.filter(({ change, blocked }) => change === 'remove' && blocked === undefined).length;
    const base = group.members.filter(({ inIst }) => inIst).length;
    return judgeGuard(`role model ${modelName}, group ${group.display}`, 'remove', removals, base, model.guards.remove);
  });
  return {
    version: 1,
    model: modelName,
    state: model.state,
    attention: attentionOf({
      open,
      model,
      groups,
      guards,
      noRemoval,
      replayed: originNotes(restsOn),
      notes: soll.notes,
      isKnown: ({ system, membership, group }) => ists.get(`${system}.${membership}`)?.groups.byKey.has(group) ?? false,
    }),
    restsOn,
    assumed: ['A group named by any role of the model is managed: its members are exactly those the roles name, within the scope.'],
    roles: soll.roles,
    groups,
    guards,
  };
}

/** The three tables of a membership, each with the columns that tell its rows apart. */
function requireMembership(vault: Vault, { system, table, memberTable, groupTable, member, group }: MembershipTable): readonly TableRef[] {
  requireCollected(vault, system.name, table.name, [member.column, group.column]);
  requireCollected(vault, system.name, memberTable.name, [member.key]);
  requireCollected(vault, system.name, groupTable.name, [group.key]);
  return [table, memberTable, groupTable].map(({ name }) => ({ system: system.name, table: name }));
}

function readIst(vault: Vault, membership: MembershipTable, options: PlanOptions, noRemoval: string | undefined): MembershipIst {
  const { system, table, memberTable, groupTable, member, group } = membership;
  const memberships = new Map<string, Set<string>>();
  for (const [key, rows] of readActual(vault, system.name, table.name, group.column).byKey) {
    const members = rows.map((row) => row[member.column]).filter((key) => key !== undefined && !isEmpty(key));
    memberships.set(key, new Set(members.map(String)));
  }
  return {
    members: readActual(vault, system.name, memberTable.name, member.key),
    groups: readActual(vault, system.name, groupTable.name, group.key),
    memberships,
    connection: shownConnection(membership.connector, system, options.env),
    noRemoval,
  };
}
