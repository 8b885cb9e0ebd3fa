import { allowanceOf } from '../../allowance.ts';
import { defineRule, type Finding } from '../rule.ts';
import { pathVariables } from '../variables/path-variables.ts';
import { handedOver } from './allowance.ts';
import { requireColumn } from './require-column.ts';

/**
 * The path of an operation that writes uses a column that a mapping may leave out. What roles and element handlers hand over has a value;
 * for the key of the table in an update or a delete this is a hint, since the row is known then.
 *
 * Why: without a value the address has an empty segment. `DELETE /groups/42/members/` may mean all of them.
 *
 * Example: `"path": "/users/{user_id}/aliases/{alias}"` with `"resource_mandatory": ["user_id"]`.
 */
export const optionalPathVariable = defineRule('optional-path-variable', 'warning', ({ connector, document, facts }) =>
  facts.operations.flatMap(({ table, operation }) => {
    const { path } = operation.call;
    if (operation.role !== 'write' || !path) return [];
    const told = new Set<string>();
    return pathVariables(path).flatMap(({ name, span }): readonly Finding[] => {
      if (told.has(name) || allowanceOf(operation, name) !== 'optional') return [];
      const origin = facts.scopeAt({ kind: 'operation', table, operation }).get(name);
      if (origin?.kind !== 'column' || origin.table !== table || handedOver(connector, facts).has(operation, name)) return [];
      told.add(name);
      const known = name === table.key?.text && ['update', 'delete', 'set'].includes(operation.semantics ?? '');
      return [
        {
          span,
          message: `A mapping may leave "${name}" out, and "${operation.name.text}" would then call an address with an empty segment. Add it to resource_mandatory.`,
          ...(known && { severity: 'hint' as const }),
          fixes: [requireColumn(operation, name, document.text)],
        },
      ];
    });
  }),
);
