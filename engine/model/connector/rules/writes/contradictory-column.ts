import { childOf, elementsOf } from '../../../text/json.ts';
import { removeEntry } from '../list-edits.ts';
import { defineRule } from '../rule.ts';

/**
 * A column is both in `resource_mandatory` and in `resource_prohibited` of one operation.
 *
 * Why: no mapping can satisfy both, so the operation cannot be used.
 *
 * Example: `"resource_mandatory": ["id", "name"], "resource_prohibited": ["id", "etag"]`.
 */
export const contradictoryColumn = defineRule('contradictory-column', 'warning', ({ facts, path }) =>
  facts.operations.flatMap(({ operation: { mandatory, prohibited, name: operation, node } }) => {
    if (mandatory.length === 0 || prohibited.length === 0) return [];
    const needed = new Map(mandatory.map((name) => [name.text, name]));
    return prohibited.flatMap((name) => {
      const other = needed.get(name.text);
      if (!other) return [];
      const fixes = (['resource_prohibited', 'resource_mandatory'] as const).map((list) => {
        const entries = elementsOf(childOf(node, list));
        const index = entries.findIndex(({ value }) => value === name.text);
        return removeEntry(`Take "${name.text}" out of ${list}`, entries, index);
      });
      return [
        {
          span: name.span,
          message: `"${operation.text}" both needs and prohibits "${name.text}". Take it out of one of the lists.`,
          related: [{ path, span: other.span, message: 'Mandatory here.' }],
          fixes,
        },
      ];
    });
  }),
);
