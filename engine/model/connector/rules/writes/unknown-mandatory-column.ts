import { listNames } from '../../../text/list-names.ts';
import { columnsBelow, suggestColumn } from '../../suggest.ts';
import { findColumn } from '../../connector.ts';
import { defineRule, renameFixes, suggestion } from '../rule.ts';

/**
 * A name in `resource_mandatory` is not a column of the table.
 *
 * Why: a mapping must give it a value and cannot, so the operation cannot be used as its author meant.
 *
 * Example: `"resource_mandatory": ["username"]` where the column is called `userName`.
 */
export const unknownMandatoryColumn = defineRule('unknown-mandatory-column', 'warning', ({ facts }) =>
  facts.operations.flatMap(({ table, operation }) => {
    const missing = operation.mandatory.filter(({ text }) => !findColumn(table, text));
    if (missing.length === 0) return [];
    const scope = facts.scopeAt({ kind: 'operation', table, operation });
    return missing
      .filter(({ text }) => !['membership', 'handler'].includes(scope.get(text)?.kind ?? ''))
      .map((name) => {
        const below = columnsBelow(table, name.text);
        const meant = below.length > 0 ? undefined : suggestColumn(table, name.text);
        const help =
          below.length > 0
            ? ` It is an object; name its columns: ${listNames(below.map((column) => column.name))}.`
            : suggestion(meant) || ' Add it to resources, or remove it here.';
        return { span: name.span, message: `The table "${table.name}" has no column "${name.text}".${help}`, ...renameFixes(name, meant) };
      });
  }),
);
