import { defineRule } from '../rule.ts';
import { handedOver, takesNothing } from './allowance.ts';
import { rowVariables } from './row-variables.ts';

/**
 * An operation that writes takes no column at all: every one is prohibited and none is mandatory.
 *
 * Why: a mapping can give it nothing, not even the row that it is about; it would send the same request for each.
 *
 * Example: `"resource_allowance_default": "prohibited"` without `resource_mandatory`.
 */
export const nothingToMap = defineRule('nothing-to-map', 'hint', ({ connector, facts }) =>
  facts.operations.flatMap((owner) => {
    const { table, operation } = owner;
    if (operation.role !== 'write' || operation.method === undefined || !takesNothing(table, operation)) return [];
    // A variable that is prohibited says the same more exactly.
    if (handedOver(connector, facts).takes(operation) || rowVariables(facts, owner).length > 0) return [];
    const { name } = operation;
    return [
      {
        span: name.span,
        message: `"${name.text}" prohibits every column, so a mapping cannot say which row it is about. List what it needs in resource_mandatory.`,
      },
    ];
  }),
);
