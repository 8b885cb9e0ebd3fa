import { booleanOf, childOf, elementsOf, stringOf, type JsonNode } from '../text/json.ts';
import type { Name } from '../text/problem.ts';
import { namesOf } from '../connector/read-operation.ts';
import { readParameters } from '../mapping/read-mapping.ts';
import { readGuards, type Guards } from '../settings/settings.ts';
import type { Role, RoleGroups, RoleModel, Scope } from './role.ts';

const nowhere: Name = { text: '', span: { offset: 0, length: 1 } };

/** Builds the model of a role; `name` is its file's name. Never fails. */
export function readRole(name: string, root: JsonNode | undefined): Role {
  return {
    name,
    filter: stringOf(childOf(root, 'filter')) ?? nowhere,
    parameters: readParameters(childOf(root, 'parameters')),
    groups: elementsOf(childOf(root, 'groups')).flatMap((entry): readonly RoleGroups[] => {
      const system = stringOf(childOf(entry, 'system'));
      const member = stringOf(childOf(entry, 'member'));
      const membership = stringOf(childOf(entry, 'membership'));
      if (!system || !member) return [];
      return [{ system, member, ...(membership && { membership }), groups: namesOf(childOf(entry, 'groups')) }];
    }),
  };
}

/** Builds a role model from `model.json`; guards it does not set are the workspace's. */
export function readRoleModel(name: string, root: JsonNode | undefined, guards: Guards): RoleModel {
  const state = stringOf(childOf(root, 'state'))?.text;
  return {
    name,
    state: state === 'active' || state === 'history' ? state : 'development',
    scope: elementsOf(childOf(root, 'scope')).flatMap((entry) => readScope(entry) ?? []),
    guards: readGuards(childOf(root, 'guards'), guards),
  };
}

function readScope(node: JsonNode): Scope | undefined {
  const system = stringOf(childOf(node, 'system'));
  if (!system) return undefined;
  const side = (property: string): Scope['include'] => {
    const filter = stringOf(childOf(node, property, 'filter'));
    const column = stringOf(childOf(node, property, 'column'));
    return filter && column ? { filter, column } : undefined;
  };
  const include = side('include');
  const exclude = side('exclude');
  return {
    system,
    ...(include && { include }),
    ...(exclude && { exclude }),
    grant: booleanOf(childOf(node, 'grant')) ?? true,
    revoke: booleanOf(childOf(node, 'revoke')) ?? true,
  };
}
