import { defineRule } from '../rule.ts';

/**
 * A member attribute and a group attribute go to the same resource of the add and remove operations.
 *
 * Why: one value overwrites the other, and the operation gets the group for the member or the member for the group.
 *
 * Example: `"member_attributes": {"id": "id"}, "group_attributes": {"id": "id"}`; one of them is meant to be `"group_id"`.
 */
export const membershipAttributeClash = defineRule('membership-attribute-clash', 'warning', ({ facts, path }) =>
  facts.declaredTables.flatMap(({ membership }) => {
    if (!membership) return [];
    const members = new Map(membership.memberAttributes.map(({ resource }) => [resource.text, resource]));
    return membership.groupAttributes.flatMap(({ resource }) => {
      const other = members.get(resource.text);
      if (!other) return [];
      return [
        {
          span: resource.span,
          message: `"${resource.text}" is given the member's value already. Name the resource that takes the group's.`,
          related: [{ path, span: other.span, message: "Takes the member's value." }],
        },
      ];
    });
  }),
);
