import type { NewTable } from '../connector-text.ts';
import { objectOf, type JsonObject } from '../parsed.ts';
import { variableAt, type PathItems } from './items.ts';
import type { PlannedMembership } from './membership.ts';
import { fillPath } from './path.ts';

/** The operations of a membership table beside its get, and what makes it usable in role models. */
export function membershipParts(
  { table, group, member, column, add, remove }: PlannedMembership,
  get: readonly [string, JsonObject],
  items: PathItems,
  query: JsonObject,
): Pick<NewTable, 'operations' | 'groupmembership'> {
  const { collection, thing, given, parent } = table;
  const pathText = (path: typeof collection.path, ofItem: boolean): string =>
    fillPath(path, (index) => (ofItem && index === path.segments.length - 1 ? `{${column}}` : variableAt(table, index, items)));
  const write = (method: string, semantics: string, path: string, body: JsonObject | undefined): JsonObject =>
    objectOf([
      ['method', method],
      [
        'call',
        objectOf([
          ['mode', 'normal'],
          ['path', path],
          ['queryParameters', Object.keys(query).length > 0 ? query : undefined],
        ]),
      ],
      ['body', body],
      ['semantics', semantics],
      ['resource_allowance_default', 'prohibited'],
      ['resource_mandatory', [...given, column]],
    ]);
  const itemPath = collection.item?.path ?? collection.path;
  const own = given.at(-1) ?? '';
  return {
    operations: objectOf([
      get,
      [`${thing}_add`, write(add.operation.method, 'create', pathText(add.path, add.ofItem), add.body)],
      [`${thing}_remove`, write(remove.method, 'delete', pathText(itemPath, true), undefined)],
    ]),
    groupmembership: {
      add_operation: `${thing}_add`,
      remove_operation: `${thing}_remove`,
      member_table: member.name,
      group_table: group.name,
      member_attributes: { [member.key ?? 'id']: column },
      // What the group has from its own parent is a column of the group, too.
      group_attributes: objectOf([
        ...given.slice(0, -1).map((name) => [name, name] as const),
        [parent?.iterator ?? group.key ?? 'id', own],
      ]),
    },
  };
}
