import { childOf } from '../../../text/json.ts';
import { getOperation } from '../../connector.ts';
import { defineRule } from '../rule.ts';

/**
 * A table has operations but none that reads it.
 *
 * Why: it cannot be collected, so a plan for it cannot know what is there. The documentation wants a get operation for every table, also
 * of systems that are only written to.
 *
 * Example: a table with `user_create` and `user_delete` only.
 */
export const noGetOperation = defineRule('no-get-operation', 'hint', ({ facts }) =>
  facts.declaredTables
    .filter((table) => childOf(table.node, 'operations')?.type === 'object' && !getOperation(table))
    // An operation without a method may well be meant to read.
    .filter(({ operations }) => operations.every(({ method }) => method !== undefined))
    .map((table) => ({
      span: table.span,
      message: `Nothing reads the table "${table.name}". Add an operation with the method get, so that it can be collected.`,
    })),
);
