import { objectOf, type JsonObject } from '../../new-connector/parsed.ts';
import { childOf } from '../../text/json.ts';
import type { Edit } from '../../text/problem.ts';
import { findColumn, getOperation, type Connector, type Operation, type Table } from '../connector.ts';
import { addProperties, type Entry } from './insert.ts';
import { sidesOf, type Sides } from './membership-sides.ts';
import { addOperations, callOf } from './missing-operations.ts';
import { createOperationNames, kindOf } from './operation-names.ts';
import { namesIn, writePaths } from './table-paths.ts';

/**
 * The edits that make a table a membership table: `groupmembership`, and the operations that add and remove a member where it has none.
 * Undefined where its rows do not seem to be memberships, or nothing says where they are written.
 */
export function makeMembership(connector: Connector, table: Table, text: string): readonly Edit[] | undefined {
  const sides = sidesOf(connector, table);
  if (!sides || childOf(table.node, 'groupmembership')) return undefined;
  const operations = childOf(table.node, 'operations');
  if (operations && operations.type !== 'object') return undefined;
  const given = [sides.member.column, sides.group.column];
  const [add, remove] = (['create', 'delete'] as const).map((kind) => usable(table, kind, given));
  const made = { add: add ? undefined : addOf(connector, table, sides), remove: remove ? undefined : removeOf(connector, table, sides) };
  if ((!add && !made.add) || (!remove && !made.remove)) return undefined;
  const nameFor = createOperationNames(connector, table);
  const names = { add: add?.name.text ?? nameFor('create', 'add'), remove: remove?.name.text ?? nameFor('delete', 'remove') };
  const added = (['add', 'remove'] as const).flatMap((step) => {
    const value = made[step];
    return value ? [{ name: names[step], value }] : [];
  });
  const membership = membershipOf(sides, names.add, names.remove);
  // Without operations the table gets both at one place, which one edit does.
  if (!operations) {
    const all: readonly Entry[] = [
      ['operations', objectOf(added.map(({ name, value }) => [name, value]))],
      ['groupmembership', membership],
    ];
    return [addProperties(text, table.node, all, ['key'])];
  }
  return [
    ...(added.length > 0 ? [addOperations(text, table, added)] : []),
    addProperties(text, table.node, [['groupmembership', membership]], ['key', 'operations']),
  ];
}

function membershipOf({ member, group }: Sides, add: string, remove: string): JsonObject {
  return {
    add_operation: add,
    remove_operation: remove,
    member_table: member.table,
    group_table: group.table,
    member_attributes: { [member.key]: member.column },
    group_attributes: { [group.key]: group.column },
  };
}

/** A write of the table that a role could call: it needs nothing but the two columns. */
function usable(table: Table, kind: 'create' | 'delete', given: readonly string[]): Operation | undefined {
  return table.operations.find((operation) => {
    if (kindOf(operation) !== kind) return false;
    const needs = [
      ...operation.mandatory.map(({ text }) => text),
      ...namesIn(operation.call.path?.text ?? '').filter((name) => findColumn(table, name)),
    ];
    return needs.every((name) => given.includes(name));
  });
}

function addOf(connector: Connector, table: Table, { member, group }: Sides): JsonObject | undefined {
  const path = pathsOf(connector, table, member.column, group.column)?.rows;
  if (path === undefined) return undefined;
  const inBody = [group.column, member.column].filter((name) => !namesIn(path).includes(name));
  return write(connector, 'post', path, 'create', [group.column, member.column], inBody);
}

function removeOf(connector: Connector, table: Table, { member, group }: Sides): JsonObject | undefined {
  const path = pathsOf(connector, table, member.column, group.column)?.rows;
  if (path === undefined) return undefined;
  const missing = [group.column, member.column].filter((name) => !namesIn(path).includes(name));
  return write(connector, 'delete', [path, ...missing.map((name) => `{${name}}`)].join('/'), 'delete', [group.column, member.column], []);
}

/** Where memberships are written; a path that names other columns than the two is of no use to a role. */
function pathsOf(connector: Connector, table: Table, ...given: readonly string[]): { readonly rows: string } | undefined {
  const get = getOperation(table);
  const found = get && writePaths(connector, table);
  if (!found) return undefined;
  const { rows = `/${table.name}`, ofParent } = found;
  if (namesIn(rows).some((name) => findColumn(table, name) && !given.includes(name))) return undefined;
  // Members that stand in the group itself mostly have an address below it, called as the list is.
  const list = /^[\w-]+$/.test(get.outputField ?? '') ? get.outputField : table.name;
  return { rows: ofParent ? `${rows}/${list}` : rows };
}

function write(
  connector: Connector,
  method: string,
  path: string,
  semantics: string,
  mandatory: readonly string[],
  inBody: readonly string[],
): JsonObject {
  return objectOf([
    ['method', method],
    ['call', callOf(connector, path)],
    ['body', inBody.length > 0 ? objectOf(inBody.map((name) => [name, `{${name}}`])) : undefined],
    ['semantics', semantics],
    ['resource_allowance_default', 'prohibited'],
    ['resource_mandatory', mandatory],
  ]);
}
