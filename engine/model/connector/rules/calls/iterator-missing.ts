import { childOf, spanOf } from '../../../text/json.ts';
import { variablesOf } from '../../template.ts';
import { defineRule } from '../rule.ts';

/**
 * An iteration whose call does not depend on the row it is made for: neither `{iterator}` nor one of `iterator_columns` stands in its
 * path, query, body or token.
 *
 * Why: the same request would be sent once per row, and the same answer stored as often.
 *
 * Example: `"mode": "iteration", "path": "/members"` instead of `/groups/{iterator}/members`.
 */
export const iteratorMissing = defineRule('iterator-missing', 'warning', ({ facts }) =>
  facts.operations.flatMap(({ operation }) => {
    const { call } = operation;
    if (call.mode !== 'iteration' || operation.role !== 'get') return [];
    const counting = new Set(['iterator', ...call.iteratorColumns.map(({ text }) => text)]);
    const used = facts.templatesOf(operation).filter(({ use }) => use !== 'base');
    if (used.some(({ template }) => variablesOf(template).some(({ name }) => counting.has(name)))) return [];
    const mode = childOf(call.node, 'mode');
    const span = call.path?.span ?? (mode ? spanOf(mode) : operation.name.span);
    const table = call.table ? `"${call.table.text}"` : 'the other table';
    return [{ span, message: `This call is the same for every row of ${table}. Put {iterator} into its path, query or body.` }];
  }),
);
