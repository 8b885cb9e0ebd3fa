import type { Connector, ConnectionItem } from '../../connector.ts';
import { authenticationInputs } from '../../authentication.ts';
import { childOf, spanOf } from '../../../text/json.ts';
import type { ConnectorFacts } from '../../facts.ts';
import { insertProperty } from '../property-edits.ts';
import { defineRule } from '../rule.ts';
import { pathVariables } from './path-variables.ts';

/**
 * An address holds a connection item that may stay empty: it has no value at first and is not required. What writes take from a row is
 * the rule `optional-path-variable`.
 *
 * Why: without a value the address has an empty segment, and calls something else or nothing.
 *
 * Example: `"path": "/users/{org_id}"` with `{"name": "org_id", "type": "textbox"}`.
 */
export const emptySegment = defineRule('empty-segment', 'hint', ({ connector, document, facts }) => {
  const optional = optionalItems(connector);
  if (optional.size === 0) return [];
  const counts = countAddresses(facts, optional);
  return [...optional.values()].flatMap((item) => {
    const count = counts.get(item) ?? 0;
    if (count === 0) return [];
    const required = childOf(item.node, 'required');
    const title = `Require "${item.name.text}"`;
    return [
      {
        span: item.name.span,
        message: `"${item.name.text}" may stay empty, and ${count === 1 ? 'one address needs it' : `${count} addresses need it`}. Add "required": true, or give it a value.`,
        fixes: [
          required
            ? { title, span: spanOf(required), text: 'true' }
            : { title, ...insertProperty(document.text, item.node, 'required', 'true') },
        ],
      },
    ];
  });
});

function optionalItems(connector: Connector): ReadonlyMap<string, ConnectionItem> {
  const inputs = authenticationInputs(connector.rest.authentication?.text);
  return new Map(
    connector.items
      .filter(({ name, type, required, value }) => type !== 'text' && !required && (value ?? '') === '' && !inputs.includes(name.text))
      .map((item) => [item.name.text, item]),
  );
}

function countAddresses(facts: ConnectorFacts, items: ReadonlyMap<string, ConnectionItem>): ReadonlyMap<ConnectionItem, number> {
  const counts = new Map<ConnectionItem, number>();
  for (const { template, place, use } of facts.templates) {
    if (use !== 'address') continue;
    const here = new Set<ConnectionItem>();
    for (const { name } of pathVariables(template)) {
      const item = items.get(name);
      // A column of the same name wins.
      if (item && facts.scopeAt(place).get(name)?.kind === 'item') here.add(item);
    }
    for (const item of here) counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  return counts;
}
