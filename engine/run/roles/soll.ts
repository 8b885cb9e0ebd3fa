import type { Role, RoleGroups } from '../../model/role/role.ts';
import type { Vault } from '../vault/vault.ts';
import type { OpenWorkspace } from '../workspace/open-workspace.ts';
import { isEmpty } from '../plan/cells.ts';
import type { TableRef } from '../plan/basis.ts';
import { filterRows } from '../filter/filter-rows.ts';
import { findMembership, type MembershipTable } from './membership.ts';
import type { RoleSummary } from './role-report.ts';

/** A managed group with the members its roles want. */
export interface SollGroup {
  readonly membership: MembershipTable;
  readonly group: string;
  readonly roles: Set<string>;
  /** Member key → roles that name it, each with what of the filter's row led there. */
  readonly members: Map<string, Map<string, string>>;
}

/** The soll of a whole model. */
export interface Soll {
  readonly groups: readonly SollGroup[];
  readonly roles: readonly RoleSummary[];
  readonly tables: readonly TableRef[];
  readonly notes: readonly string[];
}

/** Runs every role's filter: the soll of a managed group is the union over all roles. */
export function readSoll(open: OpenWorkspace, vault: Vault, model: string, roles: readonly Role[], today: string): Soll {
  const groups = new Map<string, SollGroup>();
  const summaries: RoleSummary[] = [];
  const tables: TableRef[] = [];
  const notes: string[] = [];
  for (const role of roles) {
    const filter = filterRows(open, vault, role.filter.text, role.parameters, today);
    tables.push(...filter.tables);
    const rows = [...filter.rows()];
    const parameters = role.parameters.map(({ name, value }) => `${name.text} = ${JSON.stringify(value)}`).join(', ');
    const source = `the filter ${role.filter.text}${parameters === '' ? '' : ` with ${parameters}`}`;
    for (const item of role.groups) {
      const membership = findMembership(open, item, `roles/${model}/${role.name}.json`);
      const without = addRows(groups, membership, role, item, rows, source);
      if (without > 0)
        notes.push(
          `Role ${role.name}: ${without} of ${rows.length} rows ${without === 1 ? 'has' : 'have'} no ${item.member.text}, so ${without === 1 ? 'this person' : 'these people'} ${without === 1 ? 'cannot be a member' : 'cannot be members'}.`,
        );
    }
    if (rows.length === 0)
      notes.push(`Role ${role.name}: its filter gives nobody, so everybody whom no other role names would be removed.`);
    summaries.push({
      role: role.name,
      filter: role.filter.text,
      rows: rows.length,
      groups: role.groups.flatMap((item) => item.groups.map(({ text }) => text)),
    });
  }
  return { groups: [...groups.values()], roles: summaries, tables, notes };
}

function addRows(
  groups: Map<string, SollGroup>,
  membership: MembershipTable,
  role: Role,
  item: RoleGroups,
  rows: readonly Readonly<Record<string, string | number | null>>[],
  source: string,
): number {
  const targets = item.groups.map(({ text }) => {
    const id = JSON.stringify([membership.system.name, membership.table.name, text]);
    const known = groups.get(id) ?? { membership, group: text, roles: new Set<string>(), members: new Map<string, Map<string, string>>() };
    groups.set(id, known);
    known.roles.add(role.name);
    return known;
  });
  let without = 0;
  for (const row of rows) {
    const key = row[item.member.text];
    if (key === undefined || isEmpty(key)) {
      without++;
      continue;
    }
    for (const { members } of targets) {
      const roles = members.get(String(key)) ?? new Map<string, string>();
      roles.set(role.name, source);
      members.set(String(key), roles);
    }
  }
  return without;
}
