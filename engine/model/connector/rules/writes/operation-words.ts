import type { Semantics } from '../../connector.ts';

const meanings: ReadonlyMap<string, Semantics> = new Map([
  ['create', 'create'],
  ['insert', 'create'],
  ['update', 'update'],
  ['modify', 'update'],
  ['edit', 'update'],
  ['delete', 'delete'],
]);

/**
 * The semantics that an operation's name ends with, in any way of writing names: `user_delete`, `UserDelete`, `user-delete`. Only the last
 * word counts, since functions such as `user_update_signOut` do something of their own.
 */
export function semanticsInName(name: string): Semantics | undefined {
  const last = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .split(/[_\-\s.]+/)
    .at(-1);
  return meanings.get(last?.toLowerCase() ?? '');
}
