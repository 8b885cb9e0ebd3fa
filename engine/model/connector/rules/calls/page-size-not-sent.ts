import type { Connector, Paging } from '../../connector.ts';
import type { Template } from '../../template.ts';
import { defineRule, type Finding } from '../rule.ts';
import { pageUse, type PagedOperation, type PageVariable } from './page-use.ts';

/**
 * `pagination.page_size` gives the size of a page, but no request sends it, as `{page_size}`, `{take_count}` or as the number itself.
 *
 * Why: the API cuts its pages as it likes. One shorter than the size here may be taken for the last one, and the rest is never read.
 *
 * Example: `"page_size": 500, "params": {"page": "{page_number}"}`.
 */
export const pageSizeNotSent = defineRule('page-size-not-sent', 'warning', ({ connector, facts }) => {
  const use = pageUse(connector, facts);
  const { paging } = connector.rest;
  const general = use.operations.filter(({ operation }) => !operation.ownPaging);
  const own = use.operations.flatMap((each) =>
    each.operation.ownPaging ? unsent(connector, each.operation.ownPaging, use.everywhere, [each], each.templates) : [],
  );
  return [...(paging ? unsent(connector, paging, use.general, general, use.generalTemplates) : []), ...own];
});

function unsent(
  connector: Connector,
  { pageSize: size }: Paging,
  everywhere: readonly PageVariable[],
  operations: readonly PagedOperation[],
  generalTemplates: readonly Template[],
): readonly Finding[] {
  if (!size) return [];
  const sent = [
    everywhere,
    ...operations.map(({ variables }) => variables.filter(({ template }) => template.span.offset !== size.span.offset)),
  ].flat();
  if (sent.some(({ name }) => name === 'page_size' || name === 'take_count')) return [];
  const number = numberOf(connector, size);
  const templates = [...generalTemplates, ...operations.flatMap((operation) => operation.templates)].filter(
    ({ span }) => span.offset !== size.span.offset,
  );
  if (number !== undefined && templates.some(({ text }) => text === number || new RegExp(`=${number}(?!\\d)`).test(text))) return [];
  return [
    {
      span: size.span,
      message:
        'No request sends this size, so the API cuts its pages as it likes. Add a parameter with "{page_size}" to params, or remove it.',
    },
  ];
}

/** The size as a number: written out, or as the connection item has it. */
function numberOf({ items }: Connector, { text }: Template): string | undefined {
  const name = /^\{(\w+)\}$/.exec(text)?.[1];
  const value = name === undefined ? text : items.find((item) => item.name.text === name)?.value;
  return value !== undefined && /^\d+$/.test(value) ? value : undefined;
}
