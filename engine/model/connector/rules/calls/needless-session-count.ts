import { childOf, propertiesOf } from '../../../text/json.ts';
import { fixesOf, fixOf, removeProperties } from '../property-edits.ts';
import { defineRule } from '../rule.ts';

/**
 * `maxSessionCount` stands in an operation that is no iteration.
 *
 * Why: it is the number of calls an iteration makes at the same time. Any other operation makes one after the other.
 *
 * Example: `"maxSessionCount": 10` beside `"call": {"mode": "normal"}`.
 */
export const needlessSessionCount = defineRule('needless-session-count', 'hint', ({ facts }) =>
  facts.operations.flatMap(({ operation: { node, role, call, maxSessionCount } }) => {
    if (maxSessionCount === undefined || (role === 'get' && call.mode === 'iteration')) return [];
    return [node, childOf(node, 'call')].flatMap((owner) => {
      const property = propertiesOf(owner).findLast(({ name }) => name.text === 'maxSessionCount');
      if (!owner || !property) return [];
      return [
        {
          span: property.name.span,
          message: 'Only iterations make calls at the same time; here it does nothing. Remove it.',
          ...fixesOf(fixOf('Remove it', removeProperties([{ property, owner }]))),
        },
      ];
    });
  }),
);
