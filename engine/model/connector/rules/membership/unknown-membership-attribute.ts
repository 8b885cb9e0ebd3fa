import { findColumn, findTable } from '../../connector.ts';
import { membershipEnds } from '../../membership-ends.ts';
import { suggestColumn } from '../../suggest.ts';
import { defineRule, renameFixes, suggestion } from '../rule.ts';

/**
 * The left side of `member_attributes` or `group_attributes` is not a column of the member or group table. The right side is free: it
 * names what the add and remove operations take, which need not be a column.
 *
 * Why: the attribute would have no value when a member is added or removed.
 *
 * Example: `"member_attributes": {"user_id": "id"}` where the member table's column is called `id`.
 */
export const unknownMembershipAttribute = defineRule('unknown-membership-attribute', 'warning', ({ connector, facts }) =>
  facts.declaredTables.flatMap(({ membership }) => {
    if (!membership) return [];
    return membershipEnds(membership).flatMap(([owner, pairs]) => {
      const table = owner && findTable(connector, owner.text);
      if (!table) return [];
      return pairs
        .filter(({ column }) => !findColumn(table, column.text))
        .map(({ column }) => {
          const meant = suggestColumn(table, column.text);
          const help = suggestion(meant) || ' The left side names a column of that table, the right side what the operation takes.';
          return {
            span: column.span,
            message: `The table "${table.name}" has no column "${column.text}".${help}`,
            ...renameFixes(column, meant),
          };
        });
    });
  }),
);
