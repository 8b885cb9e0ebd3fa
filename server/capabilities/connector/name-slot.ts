import { handlersOf } from '../../../engine/model/connector/scope.ts';
import { findOperation, findTable, type Connector, type Table } from '../../../engine/model/connector/connector.ts';
import type { Place } from '../../../engine/model/connector/scope.ts';

/** What kind of name belongs in a place of a connector. */
export type NameSlot =
  | { readonly kind: 'table' }
  | { readonly kind: 'column'; readonly table: Table; readonly taken: readonly string[] }
  | { readonly kind: 'operation'; readonly table: Table }
  | { readonly kind: 'type' }
  | { readonly kind: 'status' }
  | { readonly kind: 'input' };

type Path = readonly (string | number)[];

/** The kind of name that belongs at a JSON path, as a property's name or as a value; undefined where any text may stand. */
export function slotAt(connector: Connector, path: Path, atKey: boolean): NameSlot | undefined {
  const [first, second, third, ...rest] = path;
  if (first === 'schema' && second === 'crud_objects' && typeof third === 'string') {
    const table = findTable(connector, third);
    return table && tableSlot(connector, table, rest, atKey);
  }
  if (atKey) return undefined;
  if (matches(path, 'rest', 'config', 'retry', '#', 'statusCode')) return { kind: 'status' };
  if (matches(path, 'connection', 'items', '#', 'name')) return { kind: 'input' };
  if (matches(path, 'config_scenarios', '#', 'collections', '#', 'col_name')) return { kind: 'table' };
  return undefined;
}

function tableSlot(connector: Connector, table: Table, path: Path, atKey: boolean): NameSlot | undefined {
  const [first, second, ...rest] = path;
  if (first === 'operations' && typeof second === 'string') return operationSlot(connector, table, second, rest, atKey);
  if (first === 'resources' && path.length > 1) return resourceSlot(connector, path.slice(1), atKey);
  if (first === 'groupmembership') return membershipSlot(connector, table, path.slice(1), atKey);
  if (!atKey && (matches(path, 'key') || matches(path, 'keyRefs', '#'))) return columnsOf(table);
  return undefined;
}

function membershipSlot(connector: Connector, table: Table, path: Path, atKey: boolean): NameSlot | undefined {
  const [property] = path;
  if (path.length === 1 && !atKey) {
    if (property === 'member_table' || property === 'group_table') return { kind: 'table' };
    if (property === 'add_operation' || property === 'remove_operation') return { kind: 'operation', table };
  }
  if (path.length !== 2 || (property !== 'member_attributes' && property !== 'group_attributes')) return undefined;
  if (!atKey) return columnsOf(table);
  const { membership } = table;
  const owner = property === 'member_attributes' ? membership?.memberTable : membership?.groupTable;
  const pairs = property === 'member_attributes' ? membership?.memberAttributes : membership?.groupAttributes;
  return named(
    connector,
    owner?.text,
    pairs?.map(({ column }) => column.text),
  );
}

function operationSlot(connector: Connector, table: Table, name: string, path: Path, atKey: boolean): NameSlot | undefined {
  const operation = findOperation(table, name);
  if (!operation) return undefined;
  const { call, mandatory, prohibited } = operation;
  if (atKey) return matches(path, 'call', 'values', '#', '*') ? columnsOf(table) : undefined;
  if (matches(path, 'call', 'table')) return { kind: 'table' };
  if (matches(path, 'call', 'iterator')) return named(connector, call.table?.text);
  if (matches(path, 'call', 'iterator_columns', '#')) return named(connector, call.table?.text, names(call.iteratorColumns));
  if (matches(path, 'processing_options', 'stringArrayColumnName')) return columnsOf(table);
  if (matches(path, 'resource_mandatory', '#') || matches(path, 'resource_prohibited', '#'))
    return columnsOf(table, [...names(mandatory), ...names(prohibited)]);
  if (matches(path, 'warning_only', '#')) return { kind: 'status' };
  return undefined;
}

function resourceSlot(connector: Connector, path: Path, atKey: boolean): NameSlot | undefined {
  const at = path.indexOf('handler');
  const below = at >= 0 ? path.slice(at + 1) : [];
  if (at >= 0 && below.length > 0) {
    const handler = handlersOf(connector).find(({ node }) => endsAt(node, path.slice(0, at + 1)));
    if (handler) {
      const table = handler.table === undefined ? undefined : findTable(connector, handler.table);
      if (atKey) return matches(below, '*', 'attributes', '*') ? table && columnsOf(table) : undefined;
      if (matches(below, 'crud_object')) return { kind: 'table' };
      if (matches(below, '*', 'operation')) return table && { kind: 'operation', table };
      return undefined;
    }
  }
  return atKey || path.at(-1) === '_nim_mode_' ? undefined : { kind: 'type' };
}

/** Whether the node stands at the end of these property names, seen from its own ancestors. */
function endsAt(node: { readonly parent?: unknown }, path: Path): boolean {
  let current = node as { parent?: unknown; type?: string; children?: readonly { value?: unknown }[] } | undefined;
  for (const step of [...path].reverse()) {
    const property = current?.parent as typeof current;
    if (property?.type !== 'property' || property.children?.[0]?.value !== step) return false;
    current = property.parent as typeof current;
  }
  return true;
}

/** The part of the connector a JSON path lies in, if texts there may hold variables. */
export function placeAt(connector: Connector, path: Path): Place | undefined {
  if (path[0] === 'rest') {
    if (path[1] === 'authOptions') return { kind: 'authentication' };
    return path[1] === 'config' && general.some((start) => matches(path.slice(2, 2 + start.length), ...start))
      ? { kind: path[2] === 'headers' ? 'header' : 'connector' }
      : undefined;
  }
  const [first, second, tableName, section, operationName, ...rest] = path;
  if (first !== 'schema' || second !== 'crud_objects' || section !== 'operations') return undefined;
  const table = typeof tableName === 'string' ? findTable(connector, tableName) : undefined;
  const operation = table && typeof operationName === 'string' ? findOperation(table, operationName) : undefined;
  if (!table || !operation || !inOperation.some((start) => matches(rest.slice(0, start.length), ...start))) return undefined;
  return { kind: 'operation', table, operation };
}

const general: readonly (readonly string[])[] = [
  ['baseUrl'],
  ['accept'],
  ['headers'],
  ['test_connection', 'url'],
  ['get', 'query_parameters'],
  ['get', 'queryParameters'],
  ['get', 'pagination', 'params'],
  ['get', 'pagination', 'page_size'],
  ['get', 'pagination', 'url_part'],
];

const inOperation: readonly (readonly string[])[] = [
  ['call', 'path'],
  ['call', 'base'],
  ['call', 'queryParameters'],
  ['call', 'query_parameters'],
  ['query_parameters'],
  ['body'],
  ['authOptions'],
];

/** `#` stands for an array index, `*` for any property. */
function matches(path: Path, ...pattern: readonly string[]): boolean {
  return (
    path.length === pattern.length &&
    pattern.every((step, index) => (step === '#' ? typeof path[index] === 'number' : step === '*' || path[index] === step))
  );
}

function columnsOf(table: Table, taken: readonly string[] = []): NameSlot {
  return { kind: 'column', table, taken };
}

function named(connector: Connector, tableName: string | undefined, taken: readonly string[] = []): NameSlot | undefined {
  const table = tableName === undefined ? undefined : findTable(connector, tableName);
  return table && columnsOf(table, taken);
}

function names(list: readonly { readonly text: string }[]): readonly string[] {
  return list.map(({ text }) => text);
}
