import { findTable } from '../../connector.ts';
import { defineRule } from '../rule.ts';
import { sidesOf } from './sides.ts';

/**
 * The member table or the group table of a `groupmembership` has no `key`.
 *
 * Why: a role model tells members and groups apart by their keys. The membership table itself needs none.
 *
 * Example: `"group_table": "groups"` where `groups` has no `"key": "id"`.
 */
export const membershipWithoutKey = defineRule('membership-without-key', 'warning', ({ connector, facts, path }) =>
  facts.declaredTables.flatMap(({ membership }) => {
    if (!membership) return [];
    return sidesOf(membership).flatMap(({ kind, table: name }) => {
      const table = name && findTable(connector, name.text);
      // A child table is told apart by its parent.
      if (!name || !table || table.key || table.parent) return [];
      return [
        {
          span: name.span,
          message: `The ${kind} table "${table.name}" has no key, and roles need one. Name its key column in "key".`,
          related: [{ path, span: table.span, message: 'The table without a key.' }],
        },
      ];
    });
  }),
);
