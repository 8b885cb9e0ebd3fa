import { childOf, elementsOf } from '../../../text/json.ts';
import { findColumn, findTable } from '../../connector.ts';
import { variablesOf } from '../../template.ts';
import { removeEntry } from '../list-edits.ts';
import { defineRule } from '../rule.ts';

/**
 * A name in `iterator_columns` that nothing in the operation uses.
 *
 * Why: the column must be collected for every row of the other table, and does nothing.
 *
 * Example: `"iterator_columns": ["skuId"]` in a call without `{skuId}`.
 */
export const unusedIteratorColumn = defineRule('unused-iterator-column', 'hint', ({ connector, facts }) =>
  facts.operations.flatMap(({ operation }) => {
    const { mode, table: named, iteratorColumns, node } = operation.call;
    if (mode !== 'iteration' || iteratorColumns.length === 0) return [];
    const table = named && findTable(connector, named.text);
    const used = new Set(facts.templatesOf(operation).flatMap(({ template }) => variablesOf(template).map(({ name }) => name)));
    const entries = elementsOf(childOf(node, 'iterator_columns'));
    return (
      iteratorColumns
        // Of a name that is no column nobody knows what was meant: that is another finding.
        .filter(({ text }) => !used.has(text) && (!table || findColumn(table, text)))
        .map(({ text, span }) => ({
          span,
          message: `Nothing in this operation uses {${text}}. Put it where it belongs, or take it out of iterator_columns.`,
          fixes: [
            removeEntry(
              `Take "${text}" out`,
              entries,
              entries.findIndex(({ offset }) => offset === span.offset),
            ),
          ],
        }))
    );
  }),
);
