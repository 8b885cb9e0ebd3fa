import { childOf, elementsOf, stringOf } from '../../../text/json.ts';
import type { Connector } from '../../connector.ts';
import type { PlacedTemplate } from '../../templates.ts';
import { authenticationInputs, camelCase } from '../../authentication.ts';
import { variablesOf } from '../../template.ts';
import { removeEntry } from '../list-edits.ts';
import { defineRule } from '../rule.ts';

/**
 * A connection item that nothing uses: no text of the connector holds its variable, the authentication has no input of that name, and no
 * other item depends on it. Headings (`"type": "text"`) have no value to use.
 *
 * Why: whoever sets the system up fills in a value that does nothing.
 *
 * Example: an item `org_id` where every path says `{orgId}`, or none says anything.
 */
export const unusedConnectionItem = defineRule('unused-connection-item', 'hint', ({ connector, document, facts }) => {
  const used = usedNames(connector, facts.templates);
  const seen = new Map<string, number>();
  for (const { name } of connector.items) seen.set(name.text, (seen.get(name.text) ?? 0) + 1);
  // Of two items with one name another rule speaks first.
  const idle = connector.items.filter(
    ({ name: { text }, type }) => type !== 'text' && text !== '' && seen.get(text) === 1 && !used.has(text),
  );
  if (idle.length === 0) return [];
  // Some texts are no templates of the model; an item that stands in one of them is used after all.
  const mentioned = new Set(Array.from(document.text.matchAll(/\{([^{}":\s]+)[}:]/g), (match) => match[1]));
  const entries = elementsOf(childOf(connector.root, 'connection', 'items'));
  return idle
    .filter(({ name }) => !mentioned.has(name.text) && !mentioned.has(camelCase(name.text)))
    .map(({ name, node }) => ({
      span: name.span,
      message: `Nothing uses the connection item "${name.text}". Write {${name.text}} where its value belongs, or remove the item.`,
      fixes: [removeEntry(`Remove the item "${name.text}"`, entries, entries.indexOf(node))],
    }));
});

/** Names that NIM reads itself: sessions of its engine, the proxy, the size of a page where there is paging. */
const reserved: readonly string[] = ['nr_of_sessions', 'sessions_idle_timeout'];

function usedNames(connector: Connector, templates: readonly PlacedTemplate[]): ReadonlySet<string> {
  const names = new Set([...reserved, ...authenticationInputs(connector.rest.authentication?.text)]);
  if (connector.rest.paging ?? connector.tables.some(({ operations }) => operations.some(({ ownPaging }) => ownPaging)))
    names.add('page_size');
  // Claims and token requests name values as {"name": "clientId"}, without braces.
  const claims = new Set<string>();
  for (const { template, use } of templates) {
    for (const { name } of variablesOf(template)) names.add(name);
    if (use === 'token') claims.add(template.text);
  }
  for (const { name, node } of connector.items) {
    for (const property of ['disabled', 'hidden']) {
      const other = stringOf(childOf(node, property))?.text.replace(/^!/, '');
      if (other !== undefined) names.add(other);
    }
    if (name.text.startsWith('proxy_') || names.has(camelCase(name.text)) || claims.has(camelCase(name.text))) names.add(name.text);
  }
  return names;
}
