import { childOf, propertiesOf, stringOf, type JsonNode } from '../text/json.ts';
import type { Connector } from './connector.ts';

/** A multi-value column that is written one element at a time by operations of another table (`array_element_update`). */
export interface ElementHandler {
  /** The table that has the column. */
  readonly owner: string;
  /** The table that has the operations, as written. */
  readonly table: string | undefined;
  readonly node: JsonNode;
  readonly calls: readonly { readonly operation: ReturnType<typeof stringOf>; readonly attributes: JsonNode | undefined }[];
}

const memory = new WeakMap<Connector, readonly ElementHandler[]>();

/** Every element handler of the connector, looked up once. */
export function handlersOf(connector: Connector): readonly ElementHandler[] {
  const known = memory.get(connector) ?? findHandlers(connector);
  memory.set(connector, known);
  return known;
}

function findHandlers(connector: Connector): readonly ElementHandler[] {
  const found: ElementHandler[] = [];
  const visit = (owner: string, node: JsonNode | undefined): void => {
    for (const { value } of propertiesOf(node)) {
      if (value.type !== 'object') continue;
      const handler = childOf(value, '_nim_mode_') && childOf(value, 'handler');
      if (!handler) visit(owner, value);
      else {
        found.push({
          owner,
          table: stringOf(childOf(handler, 'crud_object'))?.text,
          node: handler,
          calls: ['add', 'remove'].map((step) => ({
            operation: stringOf(childOf(handler, step, 'operation')),
            attributes: childOf(handler, step, 'attributes'),
          })),
        });
      }
    }
  };
  for (const table of connector.tables) if (!table.parent) visit(table.name, childOf(table.node, 'resources'));
  return found;
}
