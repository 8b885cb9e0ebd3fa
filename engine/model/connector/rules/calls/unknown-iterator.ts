import { findColumn, findTable } from '../../connector.ts';
import { suggestColumn } from '../../suggest.ts';
import { defineRule, renameFixes, suggestion } from '../rule.ts';

/**
 * `iterator`, or a name in `iterator_columns`, is not a column of the table that is iterated over.
 *
 * Why: the variable would have no value, and every call would go to a wrong address.
 *
 * Example: `"table": "groups", "iterator": "groupId"` where the column is called `id`.
 */
export const unknownIterator = defineRule('unknown-iterator', 'error', ({ connector, facts }) =>
  facts.operations.flatMap(({ operation: { call } }) => {
    const table = call.mode === 'iteration' && call.table ? findTable(connector, call.table.text) : undefined;
    if (!table) return [];
    const names = [...(call.iterator ? [call.iterator] : []), ...call.iteratorColumns];
    return names
      .filter((name) => !findColumn(table, name.text))
      .map((name) => {
        const meant = suggestColumn(table, name.text);
        const help = suggestion(meant) || ' Name one of its columns.';
        return { span: name.span, message: `The table "${table.name}" has no column "${name.text}".${help}`, ...renameFixes(name, meant) };
      });
  }),
);
