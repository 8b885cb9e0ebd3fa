import { childOf, spanOf } from '../../../text/json.ts';
import { insertProperty } from '../property-edits.ts';
import { defineRule } from '../rule.ts';

/**
 * A `get` operation has no `processing_options.output_field`, and the last answer held its rows in a list within an object.
 *
 * Why: without `output_field` the answer itself is taken for the rows, so the collection fails, or the table has one row that means nothing.
 * Only found where the table was collected or dry-run.
 *
 * Example: no `output_field` where the API answers `{"items": [{"id": 1}], "total": 1}`; it is `items`.
 */
export const outputFieldMissing = defineRule('output-field-missing', 'warning', ({ document, facts, knowledge }) =>
  facts.operations.flatMap(({ table, operation: { role, outputField, call, name, node } }) => {
    const wrapped = knowledge?.get(table.name)?.wrapped;
    if (wrapped === undefined || role !== 'get' || outputField !== undefined || call.mode === 'constant') return [];
    const options = childOf(node, 'processing_options');
    const written = childOf(options, 'output_field');
    const value = JSON.stringify(wrapped);
    const edit = written
      ? { span: spanOf(written), text: value }
      : options?.type === 'object'
        ? insertProperty(document.text, options, 'output_field', value)
        : options
          ? { span: spanOf(options), text: `{ "output_field": ${value} }` }
          : insertProperty(document.text, node, 'processing_options', `{ "output_field": ${value} }`);
    return [
      {
        span: written ? spanOf(written) : name.span,
        message: `The last answer held the rows in "${wrapped}", and no output_field says so. Add "output_field": ${value} to processing_options.`,
        fixes: [{ title: `Set output_field to ${value}`, ...edit }],
      },
    ];
  }),
);
