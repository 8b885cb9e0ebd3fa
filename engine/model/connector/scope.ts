import { propertiesOf } from '../text/json.ts';
import { authenticationInputs, camelCase, tokenVariable } from './authentication.ts';
import {
  childTables,
  findColumn,
  findTable,
  type Column,
  type ConnectionItem,
  type Connector,
  type Operation,
  type Table,
} from './connector.ts';
import { handlersOf } from './handlers.ts';
import { membershipEnds } from './membership-ends.ts';
import type { Span } from '../text/problem.ts';

export { handlersOf, type ElementHandler } from './handlers.ts';

/** Where the value of a variable comes from. */
export type VariableOrigin =
  | { readonly kind: 'item'; readonly item: ConnectionItem }
  | { readonly kind: 'authentication'; readonly input: string; readonly authentication?: string }
  | { readonly kind: 'column'; readonly table: Table; readonly column: Column }
  /** `{iterator}` and the iterator columns: a value of the row of another table that the call is made for. */
  | { readonly kind: 'iteration'; readonly table: string; readonly columnName: string; readonly column?: Column }
  | { readonly kind: 'base'; readonly span: Span }
  | { readonly kind: 'membership'; readonly table: string; readonly columnName: string; readonly span: Span }
  | { readonly kind: 'handler'; readonly table: string; readonly span: Span }
  | { readonly kind: 'engine'; readonly meaning: string };

/** The variables of one place, by name. */
export interface Scope extends Iterable<readonly [string, VariableOrigin]> {
  get(name: string): VariableOrigin | undefined;
  has(name: string): boolean;
  keys(): Iterable<string>;
}

/** A part of the connector in which the same variables have a value. */
export type Place =
  | { readonly kind: 'connector' }
  /** `rest.config.headers`: there the token may stand, too. */
  | { readonly kind: 'header' }
  | { readonly kind: 'authentication' }
  | { readonly kind: 'operation'; readonly table: Table; readonly operation: Operation };

const paging: Readonly<Record<string, string>> = {
  page_number: 'the number of the page asked for',
  skip_count: 'the number of rows received so far',
  take_count: 'the number of rows per page',
  page_size: 'the number of rows per page',
};

const signIn: Readonly<Record<string, string>> = {
  redirect_uri: 'the address the sign-in page returns to',
  scopes: 'the scopes of authOptions',
  scope: 'the scopes of authOptions',
};

type Layer = ReadonlyMap<string, VariableOrigin>;

/** Every variable that has a value at `place`. Where two things have one name, the nearer one wins: row, iteration, connection, engine. */
export function scopeAt(connector: Connector, place: Place): Scope {
  switch (place.kind) {
    case 'connector':
      return createScope([connectionLayer(connector, false), pagingLayer]);
    case 'header':
      return createScope([
        connectionLayer(connector, false),
        pagingLayer,
        ...(connector.rest.authentication?.text === 'custom_post_token' ? [tokenLayer] : []),
      ]);
    case 'authentication':
      return createScope([connectionLayer(connector, true), signInLayer]);
    case 'operation':
      return place.operation.role === 'get'
        ? createScope([iterationLayer(connector, place.operation), connectionLayer(connector, false), pagingLayer])
        : createScope([
            ...[place.table, ...descendantsOf(connector, place.table)].map(columnLayer),
            handedLayer(connector, place.table, place.operation),
            connectionLayer(connector, false),
          ]);
  }
}

/** Looks through layers, the nearest first. Most layers are shared by many places, so a scope costs next to nothing. */
function createScope(layers: readonly Layer[]): Scope {
  const get = (name: string): VariableOrigin | undefined => {
    for (const layer of layers) {
      const origin = layer.get(name);
      if (origin) return origin;
    }
    return undefined;
  };
  const all = (): Map<string, VariableOrigin> => {
    const merged = new Map<string, VariableOrigin>();
    for (const layer of layers.toReversed()) for (const [name, origin] of layer) merged.set(name, origin);
    return merged;
  };
  return { get, has: (name) => get(name) !== undefined, keys: () => all().keys(), [Symbol.iterator]: () => all()[Symbol.iterator]() };
}

function engineLayer(meanings: Readonly<Record<string, string>>): Layer {
  return new Map(Object.entries(meanings).map(([name, meaning]) => [name, { kind: 'engine', meaning }]));
}

const pagingLayer = engineLayer(paging);
const signInLayer = engineLayer(signIn);
const tokenLayer = engineLayer({ [tokenVariable]: 'the token that the request of authOptions gets' });

const connections = new WeakMap<Connector, Map<boolean, Layer>>();

/** What the connection gives. Addresses of the sign-in also use the engine's own names for the inputs: `{tenantId}`. */
function connectionLayer(connector: Connector, forSignIn: boolean): Layer {
  const own = connections.get(connector) ?? new Map<boolean, Layer>();
  connections.set(connector, own);
  const known = own.get(forSignIn);
  if (known) return known;
  const layer = new Map<string, VariableOrigin>();
  const authentication = connector.rest.authentication?.text;
  const add = (name: string, origin: VariableOrigin): void => {
    layer.set(name, origin);
    if (forSignIn) layer.set(camelCase(name), origin);
  };
  for (const input of authenticationInputs(authentication)) {
    add(input, { kind: 'authentication', input, ...(authentication !== undefined && { authentication }) });
  }
  for (const item of connector.items) if (item.type !== 'text') add(item.name.text, { kind: 'item', item });
  own.set(forSignIn, layer);
  return layer;
}

function iterationLayer(connector: Connector, { call }: Operation): Layer {
  const layer = new Map<string, VariableOrigin>();
  for (const { name } of call.base) layer.set(name.text, { kind: 'base', span: name.span });
  if (call.mode !== 'iteration') return layer;
  const table = call.table ? findTable(connector, call.table.text) : undefined;
  const add = (name: string, columnName: string): void => {
    const column = table && findColumn(table, columnName);
    layer.set(name, { kind: 'iteration', table: call.table?.text ?? '', columnName, ...(column && { column }) });
  };
  for (const { text } of call.iteratorColumns) add(text, text);
  add('iterator', call.iterator?.text ?? '');
  return layer;
}

const columnLayers = new WeakMap<Table, Layer>();

/** A write may use the columns of its row, and of the row's child tables. */
function columnLayer(table: Table): Layer {
  const known = columnLayers.get(table);
  if (known) return known;
  const layer: Layer = new Map(table.columns.map((column): [string, VariableOrigin] => [column.name, { kind: 'column', table, column }]));
  columnLayers.set(table, layer);
  return layer;
}

const nothing: Layer = new Map();

/** What roles and element handlers hand to a write. */
function handedLayer(connector: Connector, table: Table, operation: Operation): Layer {
  const name = operation.name.text;
  const { membership } = table;
  const handlers = handlersOf(connector);
  const isMembership = membership && (membership.addOperation?.text === name || membership.removeOperation?.text === name);
  if (!isMembership && handlers.length === 0) return nothing;
  const layer = new Map<string, VariableOrigin>();
  if (isMembership) {
    for (const [owner, pairs] of membershipEnds(membership)) {
      for (const { column, resource } of pairs) {
        layer.set(resource.text, { kind: 'membership', table: owner?.text ?? '', columnName: column.text, span: column.span });
      }
    }
  }
  for (const handler of handlers) {
    if (handler.table !== table.name) continue;
    for (const call of handler.calls) {
      if (call.operation?.text !== name) continue;
      for (const { name: attribute } of propertiesOf(call.attributes)) {
        layer.set(attribute.text, { kind: 'handler', table: handler.owner, span: attribute.span });
      }
    }
  }
  return layer;
}

function descendantsOf(connector: Connector, table: Table): readonly Table[] {
  return childTables(connector, table.name).flatMap((child) => [child, ...descendantsOf(connector, child)]);
}
