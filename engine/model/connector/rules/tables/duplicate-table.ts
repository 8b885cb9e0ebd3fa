import type { Table } from '../../connector.ts';
import { defineRule } from '../rule.ts';

/**
 * The child table that is made from an array has the name of another table: child tables are called `<table>_<array>`.
 *
 * Why: two tables want one name, and one of them is lost.
 *
 * Example: a table `users_emails` beside a table `users` whose resources have the array `"emails": [{…}]`.
 */
export const duplicateTable = defineRule('duplicate-table', 'warning', ({ connector, path }) => {
  const first = new Map<string, Table>();
  // Declared tables first, so that the finding stands at what was made from an array.
  for (const table of connector.tables) if (!table.parent) first.set(table.name, table);
  return connector.tables.flatMap((table) => {
    if (!table.parent) return [];
    const other = first.get(table.name);
    if (!other) {
      first.set(table.name, table);
      return [];
    }
    return [
      {
        span: table.span,
        message: `The rows of this array become a table "${table.name}", and there is another table of that name. Rename one of them.`,
        related: [{ path, span: other.span, message: 'The other one.' }],
      },
    ];
  });
});
