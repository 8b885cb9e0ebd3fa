import { findOperation, findTable, type Connector, type Operation, type Table } from '../../model/connector/connector.ts';
import type { RoleGroups } from '../../model/role/role.ts';
import type { System } from '../../model/system/system.ts';
import { SollistError } from '../error.ts';
import { systemToRun, type OpenWorkspace } from '../workspace/open-workspace.ts';

/** A membership table with every name looked up: how one member of one group is read, added and removed. */
export interface MembershipTable {
  readonly system: System;
  readonly connector: Connector;
  readonly table: Table;
  readonly memberTable: Table;
  readonly groupTable: Table;
  /** Key column of the member table, and the membership column that holds its value. */
  readonly member: { readonly key: string; readonly column: string };
  readonly group: { readonly key: string; readonly column: string };
  readonly add?: Operation;
  readonly remove?: Operation;
}

/** Looks up where a role's groups live. Throws `membership-unusable` when the connector's `groupmembership` does not hang together. */
export function findMembership(open: OpenWorkspace, groups: RoleGroups, path: string): MembershipTable {
  const { system, connector } = systemToRun(open, groups.system.text);
  const candidates = connector.tables.filter(({ membership }) => membership !== undefined);
  const named = groups.membership?.text;
  const table = named === undefined ? (candidates.length === 1 ? candidates[0] : undefined) : candidates.find(({ name }) => name === named);
  if (!table) {
    const names = candidates.map(({ name }) => name).join(', ') || 'none';
    throw unusable(
      path,
      named === undefined
        ? `say which membership table is meant with "membership"; ${system.name} has: ${names}`
        : `"${named}" is no membership table of ${system.name}; it has: ${names}`,
    );
  }
  const where = `connectors/${system.connector.text}.json, ${table.name}.groupmembership`;
  const { membership } = table;
  const memberTable = membership?.memberTable && findTable(connector, membership.memberTable.text);
  const groupTable = membership?.groupTable && findTable(connector, membership.groupTable.text);
  if (!membership || !memberTable || !groupTable) throw unusable(where, 'member_table or group_table names no table');
  const operation = (name: { readonly text: string } | undefined): Operation | undefined =>
    name ? findOperation(table, name.text) : undefined;
  const add = operation(membership.addOperation);
  const remove = operation(membership.removeOperation);
  return {
    system,
    connector,
    table,
    memberTable,
    groupTable,
    member: pair(membership.memberAttributes, keyOf(system, memberTable), `${where}: member_attributes`),
    group: pair(membership.groupAttributes, keyOf(system, groupTable), `${where}: group_attributes`),
    ...(add && { add }),
    ...(remove && { remove }),
  };
}

/** The pair that identifies: the one whose column is the table's key, else the only one. */
function pair(
  pairs: NonNullable<Table['membership']>['memberAttributes'],
  key: string | undefined,
  where: string,
): MembershipTable['member'] {
  const chosen = pairs.find(({ column }) => column.text === key) ?? (pairs.length === 1 ? pairs[0] : undefined);
  if (!chosen) throw unusable(where, `none of its columns is the table's key${key === undefined ? '' : ` "${key}"`}`);
  return { key: chosen.column.text, column: chosen.resource.text };
}

function keyOf(system: System, table: Table): string | undefined {
  return system.tables.find(({ name }) => name.text === table.name)?.key?.text ?? table.key?.text;
}

function unusable(where: string, why: string): SollistError {
  return new SollistError('membership-unusable', `${where}: ${why}. Mend it, then inspect again.`);
}
