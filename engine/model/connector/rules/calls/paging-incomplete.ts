import { childOf, spanOf, stringOf } from '../../../text/json.ts';
import type { Paging } from '../../connector.ts';
import { defineRule, type Finding } from '../rule.ts';

/**
 * Paging leaves open how it goes on or ends: the mode `url` with nothing that names the next page; `last_page` without the field it is about;
 * or a `pagination` beside the call handling `azure` or `google`, which have a way of their own (a hint).
 *
 * Why: only the first page would be read, or the last one never found.
 *
 * Example: `"pagination": {"mode": "url"}` without `field`, `replace_in_url` or `query_params`.
 */
export const pagingIncomplete = defineRule('paging-incomplete', 'warning', ({ connector: { rest }, facts }) => {
  const { paging, callHandling } = rest;
  const own = facts.operations.flatMap(({ operation }) => operation.ownPaging ?? []);
  const findings = [...(paging ? [paging] : []), ...own].flatMap(incomplete);
  if (paging && callHandling && (callHandling.text === 'azure' || callHandling.text === 'google')) {
    const { offset } = spanOf(paging.node);
    findings.push({
      span: paging.mode?.span ?? { offset, length: 1 },
      severity: 'hint',
      message: `The call handling ${callHandling.text} has its own way of paging, and no known connector has "pagination" with it. Remove one of the two.`,
    });
  }
  return findings;
});

function incomplete(paging: Paging): readonly Finding[] {
  const findings: Finding[] = [];
  const has = (name: string): boolean => childOf(paging.node, name) !== undefined;
  if (paging.mode?.text === 'url' && !['field', 'replace_in_url', 'query_params', 'url_part', 'last_page', 'params'].some(has)) {
    findings.push({
      span: paging.mode.span,
      message:
        'Nothing says where the next page is. Add "field" with the path of its address in the answer, or "replace_in_url": true with {page_number} in the path.',
    });
  }
  const last = childOf(paging.node, 'last_page');
  const type = stringOf(childOf(last, 'type'));
  const needed = type?.text === 'field' ? 'name' : type?.text === 'token' ? 'path' : undefined;
  if (type && needed !== undefined && !childOf(last, needed)) {
    findings.push({ span: type.span, message: `A last page of the type ${type.text} is known by "${needed}", which is missing. Add it.` });
  }
  return findings;
}
