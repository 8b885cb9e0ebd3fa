import { propertiesOf } from '../../../text/json.ts';
import { fixesOf, fixOf, removeProperties } from '../property-edits.ts';
import { defineRule } from '../rule.ts';

/**
 * An operation with the method `delete` has a `body`.
 *
 * Why: bodies are for post, put and patch; NIM does not say that it sends one with a delete, and many servers ignore it.
 *
 * Example: `"method": "delete", "body": {"reason": "{reason}"}`. If the API wants a body, look for a POST that deletes.
 */
export const deleteWithBody = defineRule('delete-with-body', 'warning', ({ facts }) =>
  facts.operations.flatMap(({ operation: { method, body, node, name } }) => {
    if (method !== 'delete' || !body || (body.children?.length ?? 0) === 0) return [];
    const place = propertiesOf(node).findLast(({ value }) => value === body);
    return [
      {
        span: place?.name.span ?? name.span,
        message: `"${name.text}" deletes, and a delete is sent without a body. Put what it needs into the path or the query.`,
        ...fixesOf(place && fixOf('Remove the body', removeProperties([{ property: place, owner: node }]))),
      },
    ];
  }),
);
