import { defineRule } from '../rule.ts';

/**
 * An array of objects stands deeper than directly under `resources`: in an object, or in another array of objects.
 *
 * Why: by the documentation a child table can only stand at the first level. Shipped connectors have deeper ones; what NIM makes of them is
 * not said.
 *
 * Example: `"resources": {"fees": {"fee": [{"amount": "number*"}]}}`.
 */
export const nestedChildTable = defineRule('nested-child-table', 'hint', ({ connector }) => {
  const children = new Set(connector.tables.filter(({ parent }) => parent).map(({ name }) => name));
  return connector.tables.flatMap(({ name, span, parent }) => {
    if (!parent) return [];
    const inArray = children.has(parent.table);
    if (!inArray && parent.path.length < 2) return [];
    const where = inArray ? `the array of "${parent.table}"` : `"${parent.path.slice(0, -1).join('.')}"`;
    return [
      {
        span,
        message: `The table "${name}" stands inside ${where}, and the documentation knows child tables only directly under resources. Check that it is filled.`,
      },
    ];
  });
});
