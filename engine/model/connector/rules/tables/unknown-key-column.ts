import { childOf, elementsOf, stringOf } from '../../../text/json.ts';
import { findColumn } from '../../connector.ts';
import { suggestColumn } from '../../suggest.ts';
import { defineRule, renameFixes, suggestion } from '../rule.ts';

/**
 * `key`, or a name in `keyRefs`, is not a column of the table.
 *
 * Why: rows could not be told apart, and nothing could refer to them.
 *
 * Example: `"key": "id"` where the column is called `tables_teachers_id`, because its type has the prefix `_:`.
 */
export const unknownKeyColumn = defineRule('unknown-key-column', 'warning', ({ facts }) =>
  facts.declaredTables.flatMap((table) => {
    const references = elementsOf(childOf(table.node, 'keyRefs')).flatMap((element) => stringOf(element) ?? []);
    return [...(table.key ? [table.key] : []), ...references]
      .filter(({ text }) => !findColumn(table, text))
      .map((name) => {
        const meant = suggestColumn(table, name.text);
        const help = suggestion(meant) || ' The key is one of the resources.';
        return { span: name.span, message: `The table "${table.name}" has no column "${name.text}".${help}`, ...renameFixes(name, meant) };
      });
  }),
);
