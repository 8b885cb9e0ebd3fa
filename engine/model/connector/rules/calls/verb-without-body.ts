import { childOf, stringOf } from '../../../text/json.ts';
import { defineRule } from '../rule.ts';

/**
 * A get operation is sent with another verb, such as `post`, but without a body.
 *
 * Why: APIs ask for POST when they want to be told in a body what to look for. Shipped connectors always have one, be it empty.
 *
 * Example: `"method": "get", "verb": "post"` without `"body": {}`.
 */
export const verbWithoutBody = defineRule('verb-without-body', 'hint', ({ facts }) =>
  facts.operations.flatMap(({ operation: { node, role, call, body } }) => {
    const verb = stringOf(childOf(node, 'verb'));
    if (role !== 'get' || !verb || body || call.mode === 'constant' || verb.text.toLowerCase() === 'get') return [];
    return [
      {
        span: verb.span,
        message: `This is sent with ${verb.text.toUpperCase()}, but without a body. Add "body", an empty one if the API wants no more, or remove verb.`,
      },
    ];
  }),
);
