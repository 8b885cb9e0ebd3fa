import { childOf, elementsOf, propertiesOf, spanOf, type JsonNode, type Property } from '../../../text/json.ts';
import { defineRule, type Finding } from '../rule.ts';
import { handedOver, takesNothing } from './allowance.ts';

/**
 * `_nim_merge_attributes_` where it does nothing: its value is neither true nor false (an error), the operation reads, or no column can be
 * mapped to it.
 *
 * Why: the body goes out without the attributes that the author wanted in it.
 *
 * Example: `"_nim_merge_attributes_": "true"`, or `true` with `"resource_allowance_default": "prohibited"` and nothing mandatory.
 */
export const uselessMerge = defineRule('useless-merge', 'hint', ({ connector, facts }) =>
  facts.operations.flatMap(({ table, operation }) => {
    const { body, method } = operation;
    // The body of a delete is another rule's business.
    if (!body || method === 'delete') return [];
    return marksIn(body).flatMap(({ name, value }): readonly Finding[] => {
      if (value.type !== 'boolean') {
        // At the top of the body the schema says so.
        if (value === childOf(body, '_nim_merge_attributes_')) return [];
        const meant = value.value === 'true' || value.value === 'false' ? value.value : undefined;
        return [
          {
            span: spanOf(value),
            severity: 'error',
            message: `_nim_merge_attributes_ is true or false, without quotes.`,
            ...(meant !== undefined && { fixes: [{ title: `Change to ${meant}`, span: spanOf(value), text: meant }] }),
          },
        ];
      }
      if (value.value !== true) return [];
      if (operation.role === 'get') {
        return [{ span: name.span, message: 'A get operation has no mapped attributes to merge in. Remove this.' }];
      }
      if (!takesNothing(table, operation) || handedOver(connector, facts).takes(operation)) return [];
      return [
        {
          span: name.span,
          message: `"${operation.name.text}" prohibits every column, so there is nothing to merge in. Allow some, or name their variables in the body.`,
        },
      ];
    });
  }),
);

function marksIn(node: JsonNode): readonly Property[] {
  const own = childOf(node, '_nim_merge_attributes_');
  return [
    ...propertiesOf(node).flatMap((property) => (property.value === own ? [property] : marksIn(property.value))),
    ...elementsOf(node).flatMap(marksIn),
  ];
}
