import { fold, singular } from '../../new-connector/names.ts';
import { findColumn, findTable, getOperation, type Connector, type Table } from '../connector.ts';
import { factsOf } from '../facts.ts';
import { columnFor } from './table-paths.ts';

/** One side of a membership: whose rows they are, that table's key, and the column of the membership table with its value. */
export interface Side {
  readonly table: string;
  readonly key: string;
  readonly column: string;
}

/** Who is a member of what. */
export interface Sides {
  readonly member: Side;
  readonly group: Side;
}

/**
 * Whether the rows of a table say who is a member of what: it is iterated over one table and has a column that refers to another, or it has
 * columns that refer to a table of people and to another. Which is which is guessed from their names.
 */
export function sidesOf(connector: Connector, table: Table): Sides | undefined {
  if (table.parent || table.membership) return undefined;
  // What has parts of its own is more than a membership.
  if (factsOf(connector).operations.some(({ operation }) => operation.role === 'get' && operation.call.table?.text === table.name))
    return undefined;
  const iterated = iteratedSide(connector, table);
  const references = referencesOf(connector, table).filter(({ column }) => column !== iterated?.column);
  if (!iterated) {
    const member = references.find((side) => isPeople(side.table));
    const group = references.find((side) => !isPeople(side.table));
    return member && group && { member, group };
  }
  const others = references.filter((side) => side.table !== iterated.table);
  const people = others.find((side) => isPeople(side.table) !== isPeople(iterated.table)) ?? others[0];
  const other = people ?? unnamedMember(connector, table, iterated);
  return other && arranged(iterated, other);
}

/** The table that the get goes through, with the column that keeps which row it was. */
function iteratedSide(connector: Connector, table: Table): Side | undefined {
  const get = getOperation(table);
  if (get?.call.mode !== 'iteration') return undefined;
  const owner = get.call.table && findTable(connector, get.call.table.text);
  const key = get.call.iterator?.text;
  const column = columnFor(connector, table, get, 'iterator');
  if (!owner?.key || owner === table || key === undefined || column === undefined || !findColumn(owner, key)) return undefined;
  return { table: owner.name, key, column };
}

/** The columns that are called as the keys of other tables: `user_id` for the `id` of `users`. */
function referencesOf(connector: Connector, table: Table): readonly Side[] {
  const others = factsOf(connector).declaredTables.filter((other) => other !== table && other.key && findColumn(other, other.key.text));
  return table.columns.flatMap(({ name, source }): readonly Side[] => {
    if (source !== 'resource' && source !== 'base') return [];
    const folded = fold(name);
    const owner = others.find((other) => {
      const [one, key] = [fold(singular(other.name)), fold(other.key?.text ?? '')];
      return folded === `${one}${key}` || folded === `${one}id` || (folded === key && key.startsWith(one));
    });
    return owner?.key ? [{ table: owner.name, key: owner.key.text, column: name }] : [];
  });
}

/** Below a group, in a table called as members are, a plain `id` is that of a member. */
function unnamedMember(connector: Connector, table: Table, group: Side): Side | undefined {
  if (isPeople(group.table) || !/member|owner|manager|user|student|teacher|assign|enrol|participant|subscri/i.test(table.name))
    return undefined;
  const members = factsOf(connector).declaredTables.filter(
    ({ name, key }) => name !== table.name && name !== group.table && key && isPeople(name),
  );
  const member = members.find(({ name }) => /^(?:users|people|persons|employees|accounts)$/i.test(name)) ?? members[0];
  const key = member?.key?.text;
  if (!member || key === undefined || !findColumn(member, key)) return undefined;
  const column = [key, 'member_id', 'memberId', 'id', 'value'].find(
    (name) => name !== group.column && findColumn(table, name)?.source === 'resource',
  );
  return column === undefined ? undefined : { table: member.name, key, column };
}

/** Two people, or two groups: what was found first is the group. */
function arranged(first: Side, second: Side): Sides {
  return isPeople(first.table) && !isPeople(second.table) ? { member: first, group: second } : { member: second, group: first };
}

function isPeople(table: string): boolean {
  return /(?:^|_|[a-z](?=[A-Z]))(?:user|person|people|employee|account|contact|student|teacher|staff|identit|principal|worker)/i.test(
    table,
  );
}
