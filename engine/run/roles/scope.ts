import type { RoleModel } from '../../model/role/role.ts';
import type { TableRef } from '../plan/basis.ts';
import { filterRows } from '../filter/filter-rows.ts';
import type { Vault } from '../vault/vault.ts';
import type { OpenWorkspace } from '../workspace/open-workspace.ts';

/** What a model may do to the members of one system. */
export interface Reach {
  readonly grant: boolean;
  readonly revoke: boolean;
  /** Whether the model may touch this member at all. */
  covers(member: string): boolean;
}

const everything: Reach = { grant: true, revoke: true, covers: () => true };

/** Runs the scope filters of a model. A system the scope does not name is wholly within it. */
export function readScope(
  open: OpenWorkspace,
  vault: Vault,
  model: RoleModel,
  today: string,
): { readonly reachOf: (system: string) => Reach; readonly tables: readonly TableRef[] } {
  const tables: TableRef[] = [];
  const members = (
    side: { readonly filter: { readonly text: string }; readonly column: { readonly text: string } } | undefined,
  ): ReadonlySet<string> | undefined => {
    if (!side) return undefined;
    const filter = filterRows(open, vault, side.filter.text, [], today);
    tables.push(...filter.tables);
    return new Set([...filter.rows()].flatMap((row) => row[side.column.text] ?? []).map(String));
  };
  const reaches = new Map<string, Reach>();
  for (const scope of model.scope) {
    const include = members(scope.include);
    const exclude = members(scope.exclude);
    // Several entries for one system narrow each other.
    const { grant, revoke, covers } = reaches.get(scope.system.text) ?? everything;
    reaches.set(scope.system.text, {
      grant: grant && scope.grant,
      revoke: revoke && scope.revoke,
      covers: (member) => covers(member) && (include?.has(member) ?? true) && !(exclude?.has(member) ?? false),
    });
  }
  return { reachOf: (system) => reaches.get(system) ?? everything, tables };
}
