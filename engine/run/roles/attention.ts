import type { RoleModel } from '../../model/role/role.ts';
import type { GuardResult } from '../plan/plan.ts';
import type { OpenWorkspace } from '../workspace/open-workspace.ts';
import { isBuiltInGroup } from './built-in-groups.ts';
import type { GroupReport } from './role-report.ts';

/** What the attention of a role report is drawn from. */
export interface AttentionInput {
  readonly open: OpenWorkspace;
  readonly model: RoleModel;
  readonly groups: readonly GroupReport[];
  readonly guards: readonly GuardResult[];
  readonly noRemoval: string | undefined;
  /** What came from recordings. */
  readonly replayed: readonly string[];
  readonly notes: readonly string[];
  /** Whether the vault knows the group. */
  isKnown(group: GroupReport): boolean;
}

/** What a reader of a role report must know first: guards, newly managed groups, what cannot be removed or found, flaws of the soll. */
export function attentionOf({ open, model, groups, guards, noRemoval, replayed, notes, isKnown }: AttentionInput): readonly string[] {
  const fresh = groups.filter(newlyManaged(open, model));
  return [
    ...replayed,
    ...guards.filter(({ tripped }) => tripped).map(({ message }) => message),
    ...(fresh.length > 0
      ? [
          `Managed for the first time, so members added by hand are removed: ${fresh.map((group) => `${group.display} (${removals(group)})`).join(', ')}.`,
        ]
      : []),
    ...(noRemoval !== undefined ? [`No removal can be planned. ${noRemoval}`] : []),
    ...groups
      .filter(({ display }) => isBuiltInGroup(display))
      .map(
        ({ display }) => `${display} is a built-in directory group. Managing it by roles has locked people out; take it out of the model.`,
      ),
    ...groups
      .filter((group) => !isKnown(group))
      .map(
        ({ group, system, roles }) =>
          `${system} has no group ${group}, which ${roles.join(', ')} names. Check the key, or collect ${system} again.`,
      ),
    ...notes,
  ];
}

function removals({ members }: GroupReport): string {
  const count = members.filter(({ change, blocked }) => change === 'remove' && blocked === undefined).length;
  return count === 0 ? 'nobody now' : `${count} now`;
}

/**
 * Groups that the model before this one did not manage: for a model in force the former ones, for any other those in force. Where a model in
 * force has no predecessor nobody can tell since when it manages a group, so nothing is said.
 */
function newlyManaged(open: OpenWorkspace, { name, state }: RoleModel): (group: GroupReport) => boolean {
  const before = state === 'active' ? 'history' : 'active';
  const models = [...open.workspace.roleModels.values()].filter((other) => other.name !== name && other.model.state === before);
  if (state === 'active' && models.length === 0) return () => false;
  const managed = new Set(
    models.flatMap(({ roles }) =>
      roles.flatMap(({ model }) =>
        model.groups.flatMap(({ system, groups }) => groups.map(({ text }) => JSON.stringify([system.text, text]))),
      ),
    ),
  );
  return ({ system, group }) => !managed.has(JSON.stringify([system, group]));
}
