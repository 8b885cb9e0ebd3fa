import type { JsonObject } from '../parsed.ts';
import { fold } from '../names.ts';
import { propertyOf, type ObjectShape } from '../shape.ts';
import { isPatchOp, scimPatch } from './body.ts';
import type { ApiOperation, OpenApi } from './document.ts';
import type { PlannedTable } from './plan.ts';
import { fillPath } from './path.ts';
import { shapeOfSchema } from './schema-shape.ts';

/** The members of a SCIM group: they stand in the group itself and are changed by a PatchOp on it (RFC 7644, 3.5.2). */
export interface ScimMembers {
  readonly group: PlannedTable;
  readonly member: PlannedTable;
  readonly patch: ApiOperation;
}

/** Whether a table is one of SCIM groups whose members can be changed, and which table has the members. */
export function scimMembersOf(root: OpenApi, group: PlannedTable, tables: readonly PlannedTable[]): ScimMembers | undefined {
  const patch = group.collection.item?.on.get('patch');
  const members = propertyOf(group.row, 'members')?.shape;
  if (!patch?.body || group.parent || group.key === undefined || members?.kind !== 'list' || !propertyOf(members.item, 'value'))
    return undefined;
  const body = shapeOfSchema(root, patch.body.schema);
  const member = tables.find(({ name, key, parent }) => fold(name) === 'users' && key !== undefined && !parent);
  return body.kind === 'object' && isPatchOp(body) && member ? { group, member, patch } : undefined;
}

/** The group without the list that becomes a table of its own. */
export function withoutMembers(row: ObjectShape): ObjectShape {
  return { kind: 'object', properties: row.properties.filter(({ name }) => name !== 'members') };
}

/** The table of the members. `fill` gives the variable of a path parameter before the group's own. */
export function scimMembersTable(
  { group, member }: ScimMembers,
  name: string,
  fill: (index: number) => string,
): { readonly operations: JsonObject; readonly groupmembership: JsonObject; readonly resources: JsonObject } {
  const path = group.collection.item?.path;
  const key = group.key ?? 'id';
  const last = (path?.segments.length ?? 0) - 1;
  const at = (variable: string): string => (path ? fillPath(path, (index) => (index === last ? variable : fill(index))) : '/');
  const write = (semantics: string, operation: JsonObject): JsonObject => ({
    method: 'patch',
    call: { mode: 'normal', path: at('{group_id}') },
    body: scimPatch(operation),
    semantics,
    resource_allowance_default: 'prohibited',
    resource_mandatory: ['group_id', 'value'],
  });
  return {
    operations: {
      [`${name}_get`]: {
        method: 'get',
        call: { mode: 'iteration', table: group.name, iterator: key, path: at('{iterator}'), base: { group_id: '{iterator}' } },
        processing_options: { output_field: 'members' },
        pagination: 'none',
        maxSessionCount: 5,
      },
      member_add: write('create', { op: 'add', path: 'members', value: [{ value: '{value}' }] }),
      member_remove: write('delete', { op: 'remove', path: 'members[value eq "{value}"]' }),
    },
    groupmembership: {
      add_operation: 'member_add',
      remove_operation: 'member_remove',
      member_table: member.name,
      group_table: group.name,
      member_attributes: { [member.key ?? 'id']: 'value' },
      group_attributes: { [key]: 'group_id' },
    },
    resources: { group_id: '_nim*', value: 'string*', display: 'string*', type: 'string*' },
  };
}
