import { childOf, propertiesOf, stringOf } from '../../../text/json.ts';
import { fixesOf, fixOf, removeProperties } from '../property-edits.ts';
import { defineRule } from '../rule.ts';

/**
 * `verb` stands where it changes nothing: in an operation that writes, which is sent with its `method`; or as `get` in a get operation.
 *
 * Why: where it differs from the method, the author expects another request than the one that is made (a warning); else it only says nothing
 * (a hint).
 *
 * Example: `"method": "post", "verb": "patch"`; write `"method": "patch"`.
 */
export const needlessVerb = defineRule('needless-verb', 'hint', ({ facts }) =>
  facts.operations.flatMap(({ operation: { node, role, method } }) => {
    const verb = stringOf(childOf(node, 'verb'));
    const property = propertiesOf(node).findLast(({ name }) => name.text === 'verb');
    if (!verb || !property || method === undefined) return [];
    const differs = verb.text.toLowerCase() !== method;
    if (role === 'get' && differs) return [];
    const message =
      role === 'get'
        ? 'A get operation is sent with GET anyway. Remove verb.'
        : `Only get operations have a verb of their own; this one is sent with ${method.toUpperCase()}. ${differs ? 'Change method, or remove verb.' : 'Remove verb.'}`;
    return [
      {
        span: property.name.span,
        message,
        ...(differs && { severity: 'warning' as const }),
        ...fixesOf(fixOf('Remove verb', removeProperties([{ property, owner: node }]))),
      },
    ];
  }),
);
