import type { Connector, Paging } from '../../connector.ts';
import { pagingFor } from '../../paging.ts';
import { defineRule, type Finding } from '../rule.ts';
import { isItem, pageUse, type PageVariable } from './page-use.ts';

/**
 * `{page_number}`, `{skip_count}`, `{take_count}` or `{page_size}` stands where no pages are read: the connector has no
 * `rest.config.get.pagination`, the operation switches it off, or its mode counts in another way.
 *
 * Why: the variable has no value, and the request says something else than meant. Often only the first page comes.
 *
 * Example: `"path": "/users?page={page_number}"` without `pagination`, or `{skip_count}` with `"mode": "generic"`, which counts pages.
 */
export const pageVariableWithoutPaging = defineRule('page-variable-without-paging', 'warning', ({ connector, facts }) => {
  const use = pageUse(connector, facts);
  // What stands in the general query may be meant for the operations that page in their own way.
  const ownOnly = !connector.rest.paging && use.operations.some(({ operation }) => operation.paging && operation.ownPaging);
  return [
    ...judge(connector, ownOnly ? [] : use.general, connector.rest.paging, true),
    ...use.operations.flatMap(({ operation, variables }) => judge(connector, variables, pagingFor(connector, operation), operation.paging)),
  ];
});

function judge(connector: Connector, variables: readonly PageVariable[], paging: Paging | undefined, on: boolean): readonly Finding[] {
  return variables.flatMap(({ name, span }) => {
    if (isItem(connector, name)) return [];
    const reason = whyEmpty(connector, paging, name, on);
    return reason === undefined ? [] : [{ span, message: `{${name}} has no value here: ${reason}` }];
  });
}

function whyEmpty({ rest: { callHandling } }: Connector, paging: Paging | undefined, name: string, on: boolean): string | undefined {
  if (!on) return '"pagination": "none" makes one call without pages. Remove one of the two.';
  const handling = callHandling?.text;
  if (!paging && (handling === 'azure' || handling === 'google'))
    return `the call handling ${handling} has its own way of paging. Remove it.`;
  if (!paging) return 'no pages are read. Add rest.config.get.pagination.';
  const mode = paging.mode?.text;
  if (mode === 'generic' && name === 'skip_count') return 'the mode generic counts pages, with {page_number}. Or use the mode skip_take.';
  if (mode === 'skip_take' && name === 'page_number') return 'the mode skip_take counts rows, with {skip_count}. Or use the mode generic.';
  if (mode === 'link' && (name === 'page_number' || name === 'skip_count')) return 'with the mode link, the answer names the next page.';
  return undefined;
}
