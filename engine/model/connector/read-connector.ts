import { booleanOf, childOf, numberOf, propertiesOf, spanOf, stringOf, type JsonNode, type Property } from '../text/json.ts';
import type { Column, ConnectionItem, Connector, Membership, Table } from './connector.ts';
import { readResources, type ChildArray } from './columns.ts';
import { readOperation } from './read-operation.ts';
import { readRest } from './read-rest.ts';

/** Builds the model of a connector from its tolerant tree. Never fails: what cannot be understood is absent. */
export function readConnector(root: JsonNode | undefined): Connector {
  const tables = lastOfEachName(childOf(root, 'schema', 'crud_objects')).flatMap(({ name, value }) =>
    readTables(name.text, name.span, value),
  );
  return { root, tables, rest: readRest(childOf(root, 'rest')), items: readItems(childOf(root, 'connection', 'items')) };
}

/** Whether a JSON tree looks like a connector, wherever it lies: `schema.crud_objects` and `rest.config` are there. */
export function looksLikeConnector(root: JsonNode | undefined): boolean {
  return childOf(root, 'schema', 'crud_objects')?.type === 'object' && childOf(root, 'rest', 'config')?.type === 'object';
}

/** Of properties with one name the last, which is the one NIM sees; the others are a problem of their own. */
function lastOfEachName(node: JsonNode | undefined): readonly Property[] {
  const byName = new Map<string, Property>();
  for (const property of propertiesOf(node)) byName.set(property.name.text, property);
  return [...byName.values()];
}

const memory = new WeakMap<JsonNode, { readonly name: string; readonly tables: readonly Table[] }>();

/** A table and its child tables; what was read from a part of the document that has not changed since stays as it is. */
function readTables(name: string, span: Table['span'], node: JsonNode): readonly Table[] {
  const known = memory.get(node);
  if (known?.name === name) return known.tables;
  const tables = makeTables(name, span, node);
  memory.set(node, { name, tables });
  return tables;
}

function makeTables(name: string, span: Table['span'], node: JsonNode): readonly Table[] {
  const operations = lastOfEachName(childOf(node, 'operations')).map((property) => readOperation(name, property.name, property.value));
  const declared = readResources(childOf(node, 'resources'));
  const key = stringOf(childOf(node, 'key'));
  const membership = readMembership(childOf(node, 'groupmembership'));
  const table: Table = {
    name,
    span,
    columns: [...declared.columns, ...baseColumns(operations.find(({ role }) => role === 'get')?.call.base ?? [], declared.columns)],
    operations,
    node,
    ...(key && { key }),
    ...(membership && { membership }),
  };
  return [table, ...declared.children.flatMap((child) => readChild(table.name, key?.text, child))];
}

/** Each property of `base` is a column of the result table, also where `resources` does not list it. */
function baseColumns(base: Table['operations'][number]['call']['base'], declared: readonly Column[]): readonly Column[] {
  return base
    .filter(({ name }) => !declared.some((column) => column.name === name.text))
    .map(({ name }) => ({
      name: name.text,
      path: [name.text],
      type: 'text',
      specifier: '',
      selected: true,
      source: 'base',
      span: name.span,
    }));
}

/** `<parent>_<array>`, referencing its parent by `<parent>_<key>`; without a key, by the parent's row number. */
function readChild(parent: string, key: string | undefined, child: ChildArray): readonly Table[] {
  const name = `${parent}_${child.name}`;
  const declared = readResources(child.row);
  const reference = `${parent}_${key ?? 'row'}`;
  const table: Table = {
    name,
    span: child.span,
    columns: [
      { name: reference, path: [], type: 'text', specifier: '', selected: true, source: 'parent-key', span: child.span },
      ...declared.columns,
    ],
    operations: [],
    parent: { table: parent, path: child.path, column: reference },
    node: child.row,
  };
  return [table, ...declared.children.flatMap((grandchild) => readChild(name, reference, grandchild))];
}

function readMembership(node: JsonNode | undefined): Membership | undefined {
  if (node?.type !== 'object') return undefined;
  const pairs = (property: string): Membership['memberAttributes'] =>
    propertiesOf(childOf(node, property)).flatMap(({ name, value }) => {
      const resource = stringOf(value);
      return resource ? [{ column: name, resource }] : [];
    });
  const name = (property: string): ReturnType<typeof stringOf> => stringOf(childOf(node, property));
  const addOperation = name('add_operation');
  const removeOperation = name('remove_operation');
  const memberTable = name('member_table');
  const groupTable = name('group_table');
  return {
    ...(addOperation && { addOperation }),
    ...(removeOperation && { removeOperation }),
    ...(memberTable && { memberTable }),
    ...(groupTable && { groupTable }),
    memberAttributes: pairs('member_attributes'),
    groupAttributes: pairs('group_attributes'),
    span: spanOf(node),
  };
}

function readItems(node: JsonNode | undefined): readonly ConnectionItem[] {
  return (node?.children ?? []).flatMap((item): readonly ConnectionItem[] => {
    const name = stringOf(childOf(item, 'name'));
    if (!name) return [];
    const type = stringOf(childOf(item, 'type'))?.text;
    const label = stringOf(childOf(item, 'label'))?.text;
    const number = numberOf(childOf(item, 'value'));
    const value = stringOf(childOf(item, 'value'))?.text ?? number?.toString();
    return [
      {
        name,
        ...(type !== undefined && { type }),
        ...(label !== undefined && { label }),
        ...(value !== undefined && { value }),
        required: booleanOf(childOf(item, 'required')) ?? false,
        password: booleanOf(childOf(item, 'password')) ?? false,
        node: item,
      },
    ];
  });
}
