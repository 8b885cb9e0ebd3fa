import { defineRule } from '../rule.ts';

/**
 * `add_operation` and `remove_operation` of a `groupmembership` are the same operation.
 *
 * Why: both get the same values, so removing a member would do just what adding one does.
 *
 * Example: `"add_operation": "member_add", "remove_operation": "member_add"`.
 */
export const sameMembershipOperation = defineRule('same-membership-operation', 'warning', ({ facts, path }) =>
  facts.declaredTables.flatMap(({ membership }) => {
    const { addOperation: add, removeOperation: remove } = membership ?? {};
    if (!add || !remove || add.text !== remove.text) return [];
    return [
      {
        span: remove.span,
        message: `"${remove.text}" also adds members, and would do the same to remove one. Name an operation that removes.`,
        related: [{ path, span: add.span, message: 'The same operation adds.' }],
      },
    ];
  }),
);
