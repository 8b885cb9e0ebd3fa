import { childOf, spanOf } from '../../../text/json.ts';
import { defineRule } from '../rule.ts';

/**
 * An operation that writes has the call mode `iteration` or `constant`.
 *
 * Why: NIM knows only the mode `normal` for post, put, patch and delete.
 *
 * Example: `"method": "post", "call": {"mode": "iteration", …}`.
 */
export const writeInIteration = defineRule('write-in-iteration', 'error', ({ facts }) =>
  facts.operations.flatMap(({ operation: { role, call, name, method } }) => {
    if (role !== 'write' || call.mode === 'normal' || method === undefined) return [];
    const mode = childOf(call.node, 'mode');
    const span = mode ? spanOf(mode) : name.span;
    return [
      {
        span,
        message: `"${name.text}" writes, and only get operations know the mode ${call.mode}. Use the mode normal.`,
        ...(mode && { fixes: [{ title: 'Change to "normal"', span, text: '"normal"' }] }),
      },
    ];
  }),
);
