import { defineRule } from '../rule.ts';

/**
 * A table has more than one get operation.
 *
 * Why: NIM collects a table with a single one; which of them is not said.
 *
 * Example: `users_get` and `users_get_active` in one table. Make a table for each.
 */
export const severalGetOperations = defineRule('several-get-operations', 'warning', ({ path, facts }) =>
  facts.declaredTables.flatMap((table) => {
    const [first, ...more] = table.operations.filter(({ role }) => role === 'get');
    return more.map(({ name }) => ({
      span: name.span,
      message: `The table "${table.name}" already has the get operation "${first?.name.text}", and a table has one only. Move this one to a table of its own.`,
      ...(first && { related: [{ path, span: first.name.span, message: 'The first one.' }] }),
    }));
  }),
);
