import { defineRule } from '../rule.ts';
import { sidesOf } from './sides.ts';

/**
 * `member_table` or `group_table` of a `groupmembership` is the membership table itself.
 *
 * Why: that table has one row per member of a group, so each member or group would be in it many times, or not at all while it has none.
 *
 * Example: `"group_table": "members"` in the table `members`, where `groups` was meant.
 */
export const membershipOfItself = defineRule('membership-of-itself', 'hint', ({ facts }) =>
  facts.declaredTables.flatMap((table) =>
    (table.membership ? sidesOf(table.membership) : []).flatMap(({ kind, table: name }) =>
      name?.text === table.name
        ? [
            {
              span: name.span,
              message: `This is the membership table itself, which has a row per member of a group. Name the table that has a row per ${kind}.`,
            },
          ]
        : [],
    ),
  ),
);
