import { childOf, propertiesOf, stringOf } from '../../../text/json.ts';
import { insertProperty } from '../property-edits.ts';
import { defineRule } from '../rule.ts';

/**
 * A get operation has a body, but is sent with GET.
 *
 * Why: a GET carries no body that a server would look at, so all it asks for is lost. APIs that search by a body want POST.
 *
 * Example: `"method": "get", "body": {"active": true}` without `"verb": "post"`.
 */
export const bodyWithoutVerb = defineRule('body-without-verb', 'warning', ({ document, facts }) =>
  facts.operations.flatMap(({ operation: { node, role, body } }) => {
    if (role !== 'get' || !body || body.type === 'null') return [];
    const property = propertiesOf(node).findLast(({ name }) => name.text === 'body');
    if (!property) return [];
    const verb = childOf(node, 'verb');
    if (verb && stringOf(verb)?.text.toLowerCase() !== 'get') return [];
    return [
      {
        span: property.name.span,
        message: 'A GET carries no body. Add "verb": "post" if the API wants one, or remove it.',
        fixes: [
          verb
            ? { title: 'Send it with POST', span: { offset: verb.offset, length: verb.length }, text: '"post"' }
            : { title: 'Send it with POST', ...insertProperty(document.text, node, 'verb', '"post"') },
        ],
      },
    ];
  }),
);
