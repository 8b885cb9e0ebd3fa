import { childOf, propertiesOf, stringOf, type JsonNode } from '../text/json.ts';
import { authenticationInputs } from './authentication.ts';
import { findColumn, findTable, type Column, type ConnectionItem, type Connector, type Operation, type Table } from './connector.ts';
import type { Span } from '../text/problem.ts';

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
export type Scope = ReadonlyMap<string, VariableOrigin>;

/** A part of the connector in which the same variables have a value. */
export type Place =
  | { readonly kind: 'connector' }
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

/** Every variable that has a value at `place`. Where two things have one name, the nearer one wins: row, iteration, connection, engine. */
export function scopeAt(connector: Connector, place: Place): Scope {
  const scope = new Map<string, VariableOrigin>();
  const engine = (meanings: Readonly<Record<string, string>>): void => {
    for (const [name, meaning] of Object.entries(meanings)) scope.set(name, { kind: 'engine', meaning });
  };
  if (place.kind === 'authentication') engine(signIn);
  if (place.kind === 'connector' || (place.kind === 'operation' && place.operation.role === 'get')) engine(paging);
  addConnection(connector, place, scope);
  if (place.kind === 'operation') {
    if (place.operation.role === 'get') addIteration(connector, place.operation, scope);
    else addRow(connector, place.table, place.operation, scope);
  }
  return scope;
}

function addConnection(connector: Connector, place: Place, scope: Map<string, VariableOrigin>): void {
  const authentication = connector.rest.authentication?.text;
  const add = (name: string, origin: VariableOrigin): void => {
    scope.set(name, origin);
    // Addresses of the sign-in also use the engine's own names for the inputs: {tenantId}.
    if (place.kind === 'authentication') scope.set(camelCase(name), origin);
  };
  for (const input of authenticationInputs(authentication)) {
    add(input, { kind: 'authentication', input, ...(authentication !== undefined && { authentication }) });
  }
  for (const item of connector.items) if (item.type !== 'text') add(item.name.text, { kind: 'item', item });
}

function addIteration(connector: Connector, { call }: Operation, scope: Map<string, VariableOrigin>): void {
  for (const { name } of call.base) scope.set(name.text, { kind: 'base', span: name.span });
  if (call.mode !== 'iteration') return;
  const table = call.table ? findTable(connector, call.table.text) : undefined;
  const add = (name: string, columnName: string): void => {
    const column = table && findColumn(table, columnName);
    scope.set(name, { kind: 'iteration', table: call.table?.text ?? '', columnName, ...(column && { column }) });
  };
  for (const { text } of call.iteratorColumns) add(text, text);
  add('iterator', call.iterator?.text ?? '');
}

/** A write may use the columns of its row, of the row's child tables, and what roles or handlers hand to it. */
function addRow(connector: Connector, table: Table, operation: Operation, scope: Map<string, VariableOrigin>): void {
  const name = operation.name.text;
  const { membership } = table;
  if (membership && (membership.addOperation?.text === name || membership.removeOperation?.text === name)) {
    for (const [owner, pairs] of [
      [membership.memberTable, membership.memberAttributes],
      [membership.groupTable, membership.groupAttributes],
    ] as const) {
      for (const { column, resource } of pairs) {
        scope.set(resource.text, { kind: 'membership', table: owner?.text ?? '', columnName: column.text, span: column.span });
      }
    }
  }
  for (const handler of handlersOf(connector)) {
    if (handler.table !== table.name) continue;
    for (const call of handler.calls) {
      if (call.operation?.text !== name) continue;
      for (const { name: attribute } of propertiesOf(call.attributes)) {
        scope.set(attribute.text, { kind: 'handler', table: handler.owner, span: attribute.span });
      }
    }
  }
  for (const owner of [...descendantsOf(connector, table).reverse(), table]) {
    for (const column of owner.columns) scope.set(column.name, { kind: 'column', table: owner, column });
  }
}

function descendantsOf(connector: Connector, table: Table): Table[] {
  return connector.tables
    .filter(({ parent }) => parent?.table === table.name)
    .flatMap((child) => [child, ...descendantsOf(connector, child)]);
}

/** A multi-value column that is written one element at a time by operations of another table (`array_element_update`). */
export interface ElementHandler {
  /** The table that has the column. */
  readonly owner: string;
  /** The table that has the operations, as written. */
  readonly table: string | undefined;
  readonly node: JsonNode;
  readonly calls: readonly { readonly operation: ReturnType<typeof stringOf>; readonly attributes: JsonNode | undefined }[];
}

/** Every element handler of the connector. */
export function handlersOf(connector: Connector): readonly ElementHandler[] {
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

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
