import { objectOf, type JsonObject } from '../../new-connector/parsed.ts';
import { childOf, numberOf } from '../../text/json.ts';
import type { Edit } from '../../text/problem.ts';
import type { Connector } from '../connector.ts';
import { addProperties, addToList } from './insert.ts';

/** An input of the connection that is to be made. */
export interface NewItem {
  readonly name: string;
  /** Its first value; a secret has none in the file. */
  readonly value?: string;
  readonly secret?: boolean;
}

/** The edit that adds an item to `connection.items`, which is made where it is not there; undefined where it is something else. */
export function addItem(connector: Connector, text: string, item: NewItem): Edit | undefined {
  const { root } = connector;
  if (root?.type !== 'object') return undefined;
  const connection = childOf(root, 'connection');
  const items = childOf(connection, 'items');
  const value = itemOf(connector, item);
  if (items) return items.type === 'array' ? addToList(text, items, value) : undefined;
  if (connection) return connection.type === 'object' ? addProperties(text, connection, [['items', [value]]]) : undefined;
  return addProperties(text, root, [['connection', { items: [value] }]]);
}

function itemOf({ items }: Connector, { name, value, secret }: NewItem): JsonObject {
  const orders = items.flatMap(({ node }) => numberOf(childOf(node, 'order')) ?? []);
  return objectOf([
    ['name', name],
    ['type', 'textbox'],
    ['label', `${labelOf(name)}:`],
    ['value', secret === true ? undefined : value],
    ['password', secret === true ? true : undefined],
    ['required', true],
    ['order', orders.length > 0 ? Math.max(...orders) + 1 : undefined],
  ]);
}

/** `api_key` → `Api key`. */
function labelOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_\-.]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
