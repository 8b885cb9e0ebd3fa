import type { Connector } from '../../connector.ts';
import type { Template } from '../../template.ts';
import { defineRule } from '../rule.ts';
import { pageUse } from './page-use.ts';

/**
 * `pagination.page_size` gives the size of a page, but no request sends it, as `{page_size}`, `{take_count}` or as the number itself.
 *
 * Why: the API cuts its pages as it likes. One shorter than the size here may be taken for the last one, and the rest is never read.
 *
 * Example: `"page_size": 500, "params": {"page": "{page_number}"}`.
 */
export const pageSizeNotSent = defineRule('page-size-not-sent', 'warning', ({ connector, facts }) => {
  const size = connector.rest.paging?.pageSize;
  if (!size) return [];
  const use = pageUse(connector, facts);
  const sent = [use.general, ...use.operations.map(({ variables }) => variables)].flat();
  if (sent.some(({ name }) => name === 'page_size' || name === 'take_count')) return [];
  const number = numberOf(connector, size);
  const templates = [...use.generalTemplates, ...use.operations.flatMap((operation) => operation.templates)];
  if (number !== undefined && templates.some(({ text }) => text === number || new RegExp(`=${number}(?!\\d)`).test(text))) return [];
  return [
    {
      span: size.span,
      message:
        'No request sends this size, so the API cuts its pages as it likes. Add a parameter with "{page_size}" to params, or remove it.',
    },
  ];
});

/** The size as a number: written out, or as the connection item has it. */
function numberOf({ items }: Connector, { text }: Template): string | undefined {
  const name = /^\{(\w+)\}$/.exec(text)?.[1];
  const value = name === undefined ? text : items.find((item) => item.name.text === name)?.value;
  return value !== undefined && /^\d+$/.test(value) ? value : undefined;
}
