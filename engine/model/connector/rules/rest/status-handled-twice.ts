import { childOf, elementsOf, numberOf, spanOf, stringOf } from '../../../text/json.ts';
import type { RetryRule } from '../../connector.ts';
import { removeEntry } from '../list-edits.ts';
import { defineRule, type Finding } from '../rule.ts';

/**
 * One status has two answers: two entries of `rest.config.retry` for it, of which the later is never reached (a warning); or an entry there
 * and `warning_only` of an operation (a hint, since it is tried again first). Entries that `filterPath` and `filterValues` tell apart are fine.
 *
 * Why: only one of the two is what happens, and not always the one that was meant.
 *
 * Example: two entries with `"statusCode": 502`.
 */
export const statusHandledTwice = defineRule('status-handled-twice', 'warning', ({ connector, facts, path }) => {
  const { retry } = connector.rest;
  const entries = elementsOf(childOf(connector.rest.node, 'config', 'retry'));
  const byKey = new Map<string, RetryRule[]>();
  const findings: Finding[] = [];
  for (const rule of retry) {
    const key = rule.on.kind === 'status' ? String(rule.on.status) : 'connection';
    const earlier = byKey.get(key);
    if (!earlier) {
      byKey.set(key, [rule]);
      continue;
    }
    const first = earlier.find((other) => covers(other, rule));
    earlier.push(rule);
    if (!first) continue;
    const what = rule.on.kind === 'status' ? `Status ${rule.on.status} is` : 'Lost connections are';
    const place = childOf(rule.node, 'statusCode') ?? childOf(rule.node, 'type') ?? rule.node;
    findings.push({
      span: spanOf(place),
      message: `${what} handled by an earlier entry, so this one is never reached. Remove one of them.`,
      related: [{ path, span: spanOf(first.node), message: 'The earlier entry.' }],
      fixes: [removeEntry('Remove this entry', entries, entries.indexOf(rule.node))],
    });
  }
  for (const { operation } of facts.operations) {
    if (operation.warningOnly.length === 0) continue;
    for (const element of elementsOf(childOf(operation.node, 'warning_only'))) {
      const status = numberOf(element);
      const rule = byKey.get(String(status))?.find(({ node }) => filterOf(node) === undefined);
      if (status === undefined || !rule?.policy || rule.policy.maxCount === 0) continue;
      findings.push({
        span: spanOf(element),
        severity: 'hint',
        message: `${status} is tried again ${rule.policy.maxCount} times by rest.config.retry before it becomes a warning. Check that both are meant.`,
        related: [{ path, span: spanOf(rule.node), message: 'Tried again here.' }],
      });
    }
  }
  return findings;
});

/** Whether nothing is left to `later` that `earlier` does not take: it has no filter, or the same values of the same field and more. */
function covers(earlier: RetryRule, later: RetryRule): boolean {
  const first = filterOf(earlier.node);
  const second = filterOf(later.node);
  if (!first) return true;
  return second?.path === first.path && second.values.length > 0 && second.values.every((value) => first.values.includes(value));
}

function filterOf(node: RetryRule['node']): { readonly path: string; readonly values: readonly string[] } | undefined {
  const path = stringOf(childOf(node, 'filterPath'))?.text;
  if (path === undefined) return undefined;
  return { path, values: elementsOf(childOf(node, 'filterValues')).map(({ value }) => String(value)) };
}
