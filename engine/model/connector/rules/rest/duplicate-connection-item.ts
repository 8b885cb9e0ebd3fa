import { childOf, elementsOf } from '../../../text/json.ts';
import type { ConnectionItem } from '../../connector.ts';
import { removeEntry } from '../list-edits.ts';
import { defineRule, type Finding } from '../rule.ts';

/**
 * Two connection items have the same name.
 *
 * Why: a system has one value of that name; whoever sets it up fills in two, and one of them is lost.
 *
 * Example: two items `page_size`.
 */
export const duplicateConnectionItem = defineRule('duplicate-connection-item', 'warning', ({ connector, path }) => {
  const entries = elementsOf(childOf(connector.root, 'connection', 'items'));
  const first = new Map<string, ConnectionItem>();
  return connector.items.flatMap((item): readonly Finding[] => {
    const other = first.get(item.name.text);
    if (!other) {
      first.set(item.name.text, item);
      return [];
    }
    return [
      {
        span: item.name.span,
        message: `There is an item "${item.name.text}" already. Rename this one, or remove it.`,
        related: [{ path, span: other.name.span, message: 'The first one.' }],
        fixes: [removeEntry('Remove this item', entries, entries.indexOf(item.node))],
      },
    ];
  });
});
