import { childOf, elementsOf, propertiesOf, type JsonNode } from '../text/json.ts';
import type { Connector, Operation, Table } from './connector.ts';
import type { Place } from './scope.ts';
import { templateOf, type Template } from './template.ts';

/** A text of the connector that may hold variables, and what it becomes part of. */
export interface PlacedTemplate {
  readonly template: Template;
  readonly place: Place;
  readonly use: 'address' | 'query' | 'header' | 'body' | 'base' | 'token' | 'page';
}

/** Every template of the connector, place by place. */
export function templatesOf(connector: Connector): readonly PlacedTemplate[] {
  return [
    ...generalTemplates(connector),
    ...connector.tables.flatMap((table) => table.operations.flatMap((operation) => placedTemplates(table, operation))),
  ];
}

const memory = new WeakMap<Operation, readonly PlacedTemplate[]>();

/** The templates of one operation, read once for as long as its table is not edited. */
export function placedTemplates(table: Table, operation: Operation): readonly PlacedTemplate[] {
  const known = memory.get(operation);
  if (known) return known;
  const place: Place = { kind: 'operation', table, operation };
  const placed = operationTemplates(operation).map(({ template, use }): PlacedTemplate => ({ template, use, place }));
  memory.set(operation, placed);
  return placed;
}

function generalTemplates({ rest }: Connector): readonly PlacedTemplate[] {
  const config = childOf(rest.node, 'config');
  const get = childOf(config, 'get');
  const auth = childOf(rest.node, 'authOptions');
  const connector: Place = { kind: 'connector' };
  const header: Place = { kind: 'header' };
  const authentication: Place = { kind: 'authentication' };
  const collect = (node: JsonNode | undefined, place: Place, use: PlacedTemplate['use']): readonly PlacedTemplate[] =>
    textsIn(node).map((template) => ({ template, place, use }));
  return [
    ...collect(childOf(config, 'baseUrl'), connector, 'address'),
    ...collect(childOf(config, 'test_connection', 'url'), connector, 'address'),
    ...collect(childOf(config, 'headers'), header, 'header'),
    ...collect(childOf(config, 'accept'), connector, 'header'),
    ...collect(childOf(get, 'query_parameters'), connector, 'query'),
    ...collect(childOf(get, 'queryParameters'), connector, 'query'),
    ...collect(childOf(get, 'pagination', 'params'), connector, 'page'),
    ...collect(childOf(get, 'pagination', 'page_size'), connector, 'page'),
    ...collect(childOf(get, 'pagination', 'url_part'), connector, 'page'),
    ...['authUrl', 'loginUrl'].flatMap((name) => collect(childOf(auth, name), authentication, 'address')),
    ...['postData', 'JWT', 'scopes', 'allowedHosts'].flatMap((name) => collect(childOf(auth, name), authentication, 'token')),
  ];
}

/** The templates of one operation, in the order path, query, base, body, token. */
export function operationTemplates({ node }: Operation): readonly Omit<PlacedTemplate, 'place'>[] {
  const collect = (use: PlacedTemplate['use'], ...path: string[]): readonly Omit<PlacedTemplate, 'place'>[] =>
    textsIn(childOf(node, ...path)).map((template) => ({ template, use }));
  return [
    ...collect('address', 'call', 'path'),
    ...collect('query', 'query_parameters'),
    ...collect('query', 'call', 'query_parameters'),
    ...collect('query', 'call', 'queryParameters'),
    ...collect('base', 'call', 'base'),
    ...['params', 'page_size', 'url_part'].flatMap((name) => collect('page', 'pagination', name)),
    ...collect('body', 'body'),
    ...collect('token', 'authOptions'),
  ];
}

/** Every text value at or below `node`. */
export function textsIn(node: JsonNode | undefined): readonly Template[] {
  if (!node) return [];
  if (node.type === 'string') return [templateOf(node)].filter((template) => template !== undefined);
  if (node.type === 'array') return elementsOf(node).flatMap(textsIn);
  return propertiesOf(node).flatMap(({ value }) => textsIn(value));
}
