import { listNames } from '../../../text/list-names.ts';
import { columnsBelow, suggestColumn } from '../../suggest.ts';
import { findColumn } from '../../connector.ts';
import { defineRule, renameFixes, suggestion } from '../rule.ts';

/**
 * A name in `resource_prohibited` is not a column of the table.
 *
 * Why: it prohibits nothing. Where a column of a similar name exists, that one stays writable (a warning); else the entry only does
 * nothing (a hint).
 *
 * Example: `"resource_prohibited": ["Activation.IsActive"]` where the column is called `Activation_IsActive`.
 */
export const unknownProhibitedColumn = defineRule('unknown-prohibited-column', 'warning', ({ facts }) =>
  facts.operations.flatMap(({ table, operation }) =>
    operation.prohibited
      .filter(({ text }) => !findColumn(table, text))
      .map((name) => {
        const below = columnsBelow(table, name.text);
        const start = `"${name.text}" prohibits nothing: the table "${table.name}" has no such column.`;
        if (below.length > 0) {
          return {
            span: name.span,
            message: `${start} It is an object; name its columns: ${listNames(below.map((column) => column.name))}.`,
          };
        }
        const meant = suggestColumn(table, name.text);
        return meant === undefined
          ? { span: name.span, message: `${start} Remove it, or add the column to resources.`, severity: 'hint' as const }
          : { span: name.span, message: start + suggestion(meant), ...renameFixes(name, meant) };
      }),
  ),
);
