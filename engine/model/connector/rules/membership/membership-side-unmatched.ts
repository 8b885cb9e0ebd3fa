import { findColumn } from '../../connector.ts';
import { suggestColumn } from '../../suggest.ts';
import { defineRule, renameFixes, suggestion } from '../rule.ts';
import { sidesOf } from './sides.ts';

/**
 * None of the `member_attributes`, or none of the `group_attributes`, goes to a column of the membership table. Further attributes may go
 * to names that are no columns; one of them must.
 *
 * Why: nothing says which member, or which group, a collected row is about, so nobody can be found to have lost or gained a membership.
 *
 * Example: `"group_attributes": {"id": "id"}` where the column of the group is called `group_id`.
 */
export const membershipSideUnmatched = defineRule('membership-side-unmatched', 'warning', ({ facts }) =>
  facts.declaredTables.flatMap((table) => {
    if (!table.membership || table.columns.length === 0) return [];
    return sidesOf(table.membership).flatMap(({ kind, pairs }) => {
      const [first] = pairs;
      if (!first || pairs.some(({ resource }) => findColumn(table, resource.text))) return [];
      const meant = suggestColumn(table, first.resource.text);
      const help = suggestion(meant) || ` Name the column that holds the ${kind} on the right side.`;
      return [
        {
          span: first.resource.span,
          message: `No ${kind} attribute goes to a column of "${table.name}", so a row does not say which ${kind} it is about.${help}`,
          ...renameFixes(first.resource, meant),
        },
      ];
    });
  }),
);
