import { listNames } from '../../../text/list-names.ts';
import { nearest } from '../../../text/nearest.ts';
import { findTable } from '../../connector.ts';
import { defineRule, renameFixes, suggestion } from '../rule.ts';

/**
 * `call.table` of an iteration names a table the connector does not have, so there are no rows to make calls for.
 *
 * Why: the table would stay empty without a word.
 *
 * Example: `"table": "group"` where the table is called `groups`.
 */
export const unknownIterationTable = defineRule('unknown-iteration-table', 'error', ({ connector, facts }) =>
  facts.operations.flatMap(({ operation }) => {
    const { mode, table } = operation.call;
    if (mode !== 'iteration' || !table || findTable(connector, table.text)) return [];
    const names = connector.tables.map(({ name }) => name);
    const meant = nearest(table.text, names);
    const help = suggestion(meant) || ` The tables are ${listNames(names)}.`;
    return [{ span: table.span, message: `There is no table "${table.text}" to iterate over.${help}`, ...renameFixes(table, meant) }];
  }),
);
