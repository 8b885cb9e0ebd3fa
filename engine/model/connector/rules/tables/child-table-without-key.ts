import { listNames } from '../../../text/list-names.ts';
import { childTables } from '../../connector.ts';
import { defineRule } from '../rule.ts';
import { addKeyFixes, hasKey } from './add-key.ts';

/**
 * A table has child tables, made from the arrays in its resources, but no key.
 *
 * Why: each row of a child table refers to its parent by the parent's key. Without one only the number of the row is left, which is another
 * one with each collection.
 *
 * Example: `"users": {"resources": {"id": "string*", "emails": [{"address": "string*"}]}}` without `"key": "id"`.
 */
export const childTableWithoutKey = defineRule('child-table-without-key', 'warning', ({ document, connector, facts }) =>
  facts.declaredTables.flatMap((table) => {
    const children = hasKey(table) ? [] : childTables(connector, table.name);
    if (children.length === 0) return [];
    const names = listNames(
      children.map(({ name }) => name),
      3,
    );
    return [
      {
        span: table.span,
        message: `The rows of ${names} cannot refer to those of "${table.name}", which has no key. Add "key" with the column that tells its rows apart.`,
        ...addKeyFixes(document.text, table),
      },
    ];
  }),
);
