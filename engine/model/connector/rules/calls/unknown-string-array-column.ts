import { findColumn } from '../../connector.ts';
import { suggestColumn } from '../../suggest.ts';
import { defineRule, renameFixes, suggestion } from '../rule.ts';

/**
 * `processing_options.stringArrayColumnName` is not a column of the table.
 *
 * Why: the texts of the answer would have nowhere to go.
 *
 * Example: `"stringArrayColumnName": "alias"` where the column is called `id`.
 */
export const unknownStringArrayColumn = defineRule('unknown-string-array-column', 'warning', ({ facts }) =>
  facts.operations.flatMap(({ table, operation: { stringArrayColumn: name } }) => {
    if (!name || findColumn(table, name.text)) return [];
    const meant = suggestColumn(table, name.text);
    const help = suggestion(meant) || ' Add it to resources.';
    return [{ span: name.span, message: `The table "${table.name}" has no column "${name.text}".${help}`, ...renameFixes(name, meant) }];
  }),
);
