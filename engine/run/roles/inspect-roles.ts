import type { Vault } from '../vault/vault.ts';
import { cancelled } from '../error.ts';
import { readActual } from '../plan/actual.ts';
import { basisOf, whyNoRemoval, type TableRef } from '../plan/basis.ts';
import { requireCollected } from '../plan/filter-rows.ts';
import { judgeGuard } from '../plan/guard.ts';
import type { GuardResult } from '../plan/plan.ts';
import type { PlanOptions } from '../plan/plan-mapping.ts';
import { shownConnection } from '../plan/shown-connection.ts';
import { pick, refuseBroken, type OpenWorkspace } from '../workspace/open-workspace.ts';
import { isBuiltInGroup } from './built-in-groups.ts';
import { inspectGroup, type MembershipIst } from './inspect-group.ts';
import type { MembershipTable } from './membership.ts';
import type { GroupReport, RoleReport } from './role-report.ts';
import { readScope } from './scope.ts';
import { readSoll } from './soll.ts';

/** Soll against ist of a role model: who would be added, who removed, who stays, and why. Sends nothing. */
export function inspectRoles(open: OpenWorkspace, vault: Vault, modelName: string, options: PlanOptions): RoleReport {
  const files = pick('unknown-role-model', 'role model', 'roles', open.workspace.roleModels, modelName);
  if (files.file) refuseBroken(open, files.file.path, files.file.document.problems);
  for (const role of files.roles) refuseBroken(open, role.path, role.document.problems);
  const { model } = files;
  const soll = readSoll(open, vault, modelName, files.roles.map((role) => role.model), options.today);
  const scope = readScope(open, vault, model, options.today);
  const memberships = new Map(soll.groups.map(({ membership }) => [`${membership.system.name}.${membership.table.name}`, membership]));
  const own: TableRef[] = [...memberships.values()].flatMap(({ system, table, memberTable, groupTable }) =>
    [table, memberTable, groupTable].map(({ name }) => ({ system: system.name, table: name })),
  );
  for (const { system, table } of own) requireCollected(vault, system, table);
  const restsOn = basisOf(vault, [...soll.tables, ...scope.tables, ...own]);
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
    attention: attentionOf(open, modelName, groups, guards, noRemoval, soll.notes),
    restsOn,
    assumed: ['A group named by any role of the model is managed: its members are exactly those the roles name, within the scope.'],
    roles: soll.roles,
    groups,
    guards,
  };
}

function readIst(vault: Vault, membership: MembershipTable, options: PlanOptions, noRemoval: string | undefined): MembershipIst {
  const { system, table, memberTable, groupTable, member, group } = membership;
  const memberships = new Map<string, Set<string>>();
  for (const [key, rows] of readActual(vault, system.name, table.name, group.column).byKey) {
    memberships.set(key, new Set(rows.flatMap((row) => (row[member.column] === null || row[member.column] === undefined ? [] : [String(row[member.column])]))));
  }
  return {
    members: readActual(vault, system.name, memberTable.name, member.key),
    groups: readActual(vault, system.name, groupTable.name, group.key),
    memberships,
    connection: shownConnection(membership.connector, system, options.env),
    noRemoval,
  };
}

function attentionOf(
  open: OpenWorkspace,
  model: string,
  groups: readonly GroupReport[],
  guards: readonly GuardResult[],
  noRemoval: string | undefined,
  notes: readonly string[],
): readonly string[] {
  const managed = managedBy(open, 'active', model);
  const fresh = groups.filter(({ system, group }) => !managed.has(`${system}/${group}`));
  const builtIn = groups.filter(({ display }) => isBuiltInGroup(display));
  const unknown = groups.filter(({ group, display, counts }) => group === display && counts.unknown > 0 && counts.stay + counts.remove + counts.kept === 0);
  return [
    ...guards.filter(({ tripped }) => tripped).map(({ message }) => message),
    ...(fresh.length > 0
      ? [`Managed for the first time, so members added by hand are removed: ${fresh.map(({ display, counts }) => `${display} (${counts.remove} removed)`).join(', ')}.`]
      : []),
    ...(noRemoval !== undefined ? [`No removal can be planned: ${noRemoval}`] : []),
    ...builtIn.map(({ display }) => `${display} is a built-in directory group. Managing it by roles has locked people out; take it out of the model.`),
    ...unknown.map(({ group, system }) => `The group ${group} is not in the vault of ${system}: check its key, or collect again.`),
    ...notes,
  ];
}

/** Groups that other models of that state manage already. */
function managedBy(open: OpenWorkspace, state: string, except: string): ReadonlySet<string> {
  const models = [...open.workspace.roleModels.values()].filter(({ name, model }) => name !== except && model.state === state);
  return new Set(
    models.flatMap(({ roles }) => roles.flatMap(({ model }) => model.groups.flatMap(({ system, groups }) => groups.map(({ text }) => `${system.text}/${text}`)))),
  );
}
