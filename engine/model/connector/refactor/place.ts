import { type JsonNode } from '../../text/json.ts';
import { findTable, type Connector, type Operation, type Table } from '../connector.ts';

/** Where an offset lies in a JSON tree. */
export interface TreePlace {
  /** Property names and indexes from the root down. */
  readonly path: readonly (string | number)[];
  /** It is on the name of the last property, not in its value. */
  readonly atName: boolean;
  /** The innermost node it lies in. */
  readonly node: JsonNode;
}

/** Walks down the tree to an offset; a place at either end of a literal is in it. */
export function placeAt(root: JsonNode | undefined, offset: number): TreePlace | undefined {
  if (!root || !holds(root, offset)) return undefined;
  const path: (string | number)[] = [];
  let node = root;
  for (;;) {
    const children: readonly JsonNode[] = node.children ?? [];
    const index = children.findIndex((child) => holds(child, offset));
    const child = children[index];
    if (!child) return { path, atName: false, node };
    if (node.type === 'array') path.push(index);
    if (child.type !== 'property') {
      node = child;
      continue;
    }
    const [key, value] = child.children ?? [];
    path.push(String(key?.value));
    if (key && holds(key, offset)) return { path, atName: true, node: key };
    if (!value || !holds(value, offset)) return { path, atName: true, node: child };
    node = value;
  }
}

function holds({ offset: start, length }: JsonNode, offset: number): boolean {
  return start <= offset && offset <= start + length;
}

/** The table that a place lies in, with the steps below it; none for child tables, which are a part of theirs. */
export function tableOfPlace(
  connector: Connector,
  { path }: TreePlace,
): { readonly table: Table; readonly below: readonly (string | number)[] } | undefined {
  const [first, second, name, ...below] = path;
  if (first !== 'schema' || second !== 'crud_objects' || typeof name !== 'string') return undefined;
  const table = findTable(connector, name);
  return table && !table.parent ? { table, below } : undefined;
}

/** The operation that a place lies in. */
export function operationOfPlace(
  connector: Connector,
  place: TreePlace,
): { readonly table: Table; readonly operation: Operation; readonly below: readonly (string | number)[] } | undefined {
  const found = tableOfPlace(connector, place);
  const [section, name, ...below] = found?.below ?? [];
  if (!found || section !== 'operations') return undefined;
  const operation = found.table.operations.find((one) => one.name.text === name);
  return operation && { table: found.table, operation, below };
}
