import { childTables, type Operation } from '../../connector.ts';
import { defineRule } from '../rule.ts';
import { addKeyFixes, hasKey } from './add-key.ts';

/**
 * A table without a key has operations that change or delete a row, or other tables iterate over it. Tables of memberships, and those whose
 * operations serve a multi-value column, need none.
 *
 * Why: which row is meant cannot be told from its values, so a mapping has nothing to compare; and an iteration may ask for the same twice.
 *
 * Example: `"users": {"operations": {…, "user_update": {"method": "put"}}, …}` without `"key": "id"`.
 */
export const missingKey = defineRule('missing-key', 'hint', ({ document, connector, facts }) => {
  const served = new Set(facts.handlers.map(({ table }) => table));
  const iterated = new Map<string, string>();
  for (const { table, operation } of facts.operations) {
    const { mode, table: other } = operation.call;
    if (operation.role === 'get' && mode === 'iteration' && other) iterated.set(other.text, table.name);
  }
  return facts.declaredTables.flatMap((table) => {
    // What its child tables miss is said by another rule, and weighs more.
    if (hasKey(table) || table.membership || served.has(table.name) || childTables(connector, table.name).length > 0) return [];
    const change = table.operations.find(changesRow);
    const iterator = iterated.get(table.name);
    if (!change && iterator === undefined) return [];
    const use = change ? `"${change.name.text}" needs to know which row is meant` : `"${iterator}" iterates over its rows`;
    return [
      {
        span: table.span,
        message: `The table "${table.name}" has no key, and ${use}. Add "key" with the column that tells its rows apart.`,
        ...addKeyFixes(document.text, table),
      },
    ];
  });
});

function changesRow({ role, semantics, method }: Operation): boolean {
  if (role === 'get') return false;
  if (semantics !== undefined) return semantics === 'update' || semantics === 'delete';
  return method === 'patch' || method === 'delete';
}
