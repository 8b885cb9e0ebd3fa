import { listNames } from '../../../text/list-names.ts';
import { spanOf } from '../../../text/json.ts';
import type { Connector } from '../../connector.ts';
import { defineRule, type Finding } from '../rule.ts';
import { pageCounter, pageUse, type PagedOperation, type PageUse } from './page-use.ts';

/**
 * Pages are counted, but no request says which one is wanted: `{page_number}` (modes `generic`, and `url` with `replace_in_url`) or
 * `{skip_count}` (mode `skip_take`) stands neither in `pagination.params` nor in a path or query. Where only some operations lack it, it is a
 * hint, since an answer that fits one page is read well.
 *
 * Why: each call would get the first page again.
 *
 * Example: `"pagination": {"mode": "generic", "params": {"pagesize": "{page_size}"}}`.
 */
export const pagingWithoutPageVariable = defineRule('paging-without-page-variable', 'warning', ({ connector, facts, path }) => {
  const use = pageUse(connector, facts);
  return [...ofConnector(connector, use, path), ...use.operations.flatMap((each) => ofOperation(each, use))];
});

/** An operation with a `pagination` of its own. */
function ofOperation({ operation: { paging, ownPaging }, variables }: PagedOperation, use: PageUse): readonly Finding[] {
  const counter = paging && ownPaging && pageCounter(ownPaging);
  if (!ownPaging || !counter || [...use.everywhere, ...variables].some(({ name }) => name === counter)) return [];
  const way = ownPaging.mode?.text === 'url' ? 'Put it into the path' : 'Put it into params';
  return [
    {
      span: ownPaging.mode?.span ?? spanOf(ownPaging.node),
      message: `No request of this operation holds {${counter}}, so each would get the first page again. ${way}.`,
    },
  ];
}

function ofConnector({ rest: { paging } }: Connector, use: PageUse, path: string): readonly Finding[] {
  const counter = paging && pageCounter(paging);
  if (!paging || counter === undefined) return [];
  if (use.general.some(({ name }) => name === counter)) return [];
  const paged = use.operations.filter(({ operation }) => operation.paging && !operation.ownPaging);
  const without = paged.filter(({ variables }) => !variables.some(({ name }) => name === counter));
  if (without.length === 0) return [];
  const span = paging.mode?.span ?? spanOf(paging.node);
  const inPath = paging.mode?.text === 'url';
  const way = inPath ? 'Put it into the path of each operation' : 'Put it into params';
  if (without.length === paged.length) {
    return [{ span, message: `No request holds {${counter}}, so each would get the first page again. ${way}.` }];
  }
  // With next addresses that the answer marks as the last, single calls beside lists are the rule.
  if (inPath) return [];
  const names = listNames(
    without.map(({ operation }) => operation.name.text),
    3,
  );
  return [
    {
      span,
      severity: 'hint',
      message: `${names} ${without.length === 1 ? 'does' : 'do'} not say which page is wanted. ${way}, or write "pagination": "none" in an operation that has one page only.`,
      related: without.slice(0, 10).map(({ operation }) => ({ path, span: operation.name.span, message: `Without {${counter}}.` })),
    },
  ];
}
