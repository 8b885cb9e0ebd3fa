import { childOf } from '../../../text/json.ts';
import { defineRule } from '../rule.ts';

/**
 * A table has `resources`, but they declare no column.
 *
 * Why: its rows would be empty, and there would be nothing to collect, map or refer to.
 *
 * Example: `"resources": {}`.
 */
export const noColumns = defineRule('no-columns', 'warning', ({ facts }) =>
  facts.declaredTables.flatMap((table) => {
    if (childOf(table.node, 'resources')?.type !== 'object' || table.columns.length > 0) return [];
    return [{ span: table.span, message: `The table "${table.name}" has no columns. Add what the API answers to its resources.` }];
  }),
);
