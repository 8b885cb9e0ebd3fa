import type { Column } from '../../connector.ts';
import { defineRule } from '../rule.ts';

/**
 * Two resources of one table have the same column name, because a column is named after the last name on its path unless its type says
 * `_:`.
 *
 * Why: two values want one column, and one of them is lost.
 *
 * Example: `"principal": {"email": "string"}, "assistant": {"email": "string"}`; with `"_:string"` they are `principal_email` and
 * `assistant_email`.
 */
export const duplicateColumn = defineRule('duplicate-column', 'warning', ({ connector, path }) =>
  connector.tables.flatMap((table) => {
    const first = new Map<string, Column>();
    return table.columns.flatMap((column) => {
      const other = first.get(column.name);
      first.set(column.name, other ?? column);
      // The same path twice is one JSON name written twice, which is another rule's business.
      if (!other || samePath(other, column)) return [];
      const way = [other, column].some(({ path: { length } }) => length > 1)
        ? ' Put _: in front of the type of one that is nested.'
        : ' Rename one.';
      return [
        {
          span: column.span,
          message: `The table "${table.name}" has two columns "${column.name}": ${other.path.join('.') || 'the reference to its parent'} and ${column.path.join('.')}.${way}`,
          related: [{ path, span: other.span, message: 'The first one.' }],
          ...prefixFix(column),
        },
      ];
    });
  }),
);

function samePath(a: Column, b: Column): boolean {
  return a.path.length === b.path.length && a.path.every((step, index) => step === b.path[index]);
}

function prefixFix({ path, specifier, specifierSpan }: Column): {
  fixes?: readonly { title: string; span: typeof specifierSpan & {}; text: string }[];
} {
  if (path.length < 2 || !specifierSpan || specifier.startsWith('_:')) return {};
  return { fixes: [{ title: `Name it ${path.join('_')}`, span: specifierSpan, text: JSON.stringify(`_:${specifier}`) }] };
}
