import { listNames } from '../../../text/list-names.ts';
import { childOf, stringOf } from '../../../text/json.ts';
import { nearest } from '../../../text/nearest.ts';
import { findOperation, findTable } from '../../connector.ts';
import { defineRule, renameFixes, suggestion } from '../rule.ts';

/**
 * The handler of a multi-value column (`array_element_update`) names a table or an operation that does not exist.
 *
 * Why: elements could not be added or removed.
 *
 * Example: `"handler": {"crud_object": "aliases", …}` where the table is called `groups_aliases`.
 */
export const unknownElementHandler = defineRule('unknown-element-handler', 'error', ({ connector, facts }) =>
  facts.handlers.flatMap(({ node, calls }) => {
    const owner = stringOf(childOf(node, 'crud_object'));
    if (!owner) return [];
    const table = findTable(connector, owner.text);
    if (!table) {
      const names = connector.tables.map(({ name }) => name);
      const meant = nearest(owner.text, names);
      const help = suggestion(meant) || ` The tables are ${listNames(names)}.`;
      return [{ span: owner.span, message: `There is no table "${owner.text}".${help}`, ...renameFixes(owner, meant) }];
    }
    return calls.flatMap(({ operation }) => {
      if (!operation || findOperation(table, operation.text)?.role === 'write') return [];
      const writes = table.operations.filter(({ role }) => role === 'write').map(({ name }) => name.text);
      const meant = nearest(operation.text, writes);
      const help = suggestion(meant) || (writes.length > 0 ? ` It has ${listNames(writes)}.` : ' Add it to its operations.');
      return [
        {
          span: operation.span,
          message: `The table "${table.name}" has no writing operation "${operation.text}".${help}`,
          ...renameFixes(operation, meant),
        },
      ];
    });
  }),
);
