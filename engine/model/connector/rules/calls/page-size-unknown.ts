import { variablesOf } from '../../template.ts';
import type { Connector, Paging } from '../../connector.ts';
import { defineRule, type Finding } from '../rule.ts';
import { isItem, pageUse, type PageVariable } from './page-use.ts';

/**
 * Requests send `{page_size}` or `{take_count}`, but nothing says how large a page is: neither `pagination.page_size`, nor a connection item
 * `page_size`, nor `maxPageCount`.
 *
 * Why: the variable has no value, and a page that is not full cannot be told from the last one.
 *
 * Example: `"page_size": "{page_size}"` without a connection item of that name.
 */
export const pageSizeUnknown = defineRule('page-size-unknown', 'warning', ({ connector, facts }) => {
  const { paging, maxPageCount } = connector.rest;
  if (maxPageCount !== undefined || isItem(connector, 'page_size')) return [];
  const use = pageUse(connector, facts);
  const paged = use.operations.filter(({ operation }) => operation.paging && operation.maxPageCount === undefined);
  const general = paged.filter(({ operation }) => !operation.ownPaging).flatMap(({ variables }) => variables);
  return [
    ...(paging ? unknownSize(connector, paging, [...use.general, ...general]) : []),
    ...paged.flatMap(({ operation: { ownPaging }, variables }) =>
      ownPaging ? unknownSize(connector, ownPaging, [...use.everywhere, ...variables]) : [],
    ),
  ];
});

function unknownSize(connector: Connector, paging: Paging, variables: readonly PageVariable[]): readonly Finding[] {
  // A size that is made of itself is none.
  const itself = paging.pageSize && variablesOf(paging.pageSize).find(({ name }) => name === 'page_size' || name === 'take_count');
  if (paging.pageSize && !itself) return [];
  const sent = variables.find(({ name }) => (name === 'page_size' || name === 'take_count') && !isItem(connector, name));
  const found = itself ?? sent;
  if (!found) return [];
  const way = itself
    ? 'Declare a connection item "page_size", or write a number.'
    : 'Add "page_size" to pagination, or a connection item "page_size".';
  return [{ span: found.span, message: `{${found.name}} has no value: nothing says how many rows a page has. ${way}` }];
}
