import { isVariableName } from '../../new-connector/names.ts';
import { childOf } from '../../text/json.ts';
import type { Edit, Span } from '../../text/problem.ts';
import { findColumn, findTable, type Connector, type Operation, type Table } from '../connector.ts';
import { isSecretName } from '../rules/rest/secrets.ts';
import { allowanceOf } from '../allowance.ts';
import { requireColumn } from '../rules/writes/require-column.ts';
import { addItem } from './connection-item.ts';
import { addProperties, addToList } from './insert.ts';
import { operationOfPlace, placeAt } from './place.ts';

/** A way to give a variable a value. */
export interface Declaration {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** What the engine alone gives a value; declaring it elsewhere would hide the mistake. */
const reserved: ReadonlySet<string> = new Set(['iterator', 'page_number', 'skip_count', 'take_count']);

/** Ways to declare the variable that stands at a place and has no value there, the most likely first. */
export function declareVariable(connector: Connector, text: string, span: Span): readonly Declaration[] {
  const name = /^\{([^{}:]+)(?::[^{}]*)?\}$/.exec(text.slice(span.offset, span.offset + span.length))?.[1];
  if (name === undefined || reserved.has(name) || !isVariableName(name)) return [];
  const place = placeAt(connector.root, span.offset);
  const owner = place && operationOfPlace(connector, place);
  const item = addItem(connector, text, { name, ...(isSecretName(name) && { secret: true }) });
  return [
    ...(owner?.operation.role === 'write' ? declareColumn(owner.table, owner.operation, text, name, owner.below[0] === 'call') : []),
    ...(owner?.operation.role === 'get' ? takeFromRow(connector, owner.operation, text, name) : []),
    ...(item ? [{ title: `Add connection item "${name}"`, edits: [item] }] : []),
  ];
}

/** What an address needs must be known of each row, so it is collected and mandatory; what only a body takes need not be. */
function declareColumn(table: Table, operation: Operation, text: string, name: string, inAddress: boolean): readonly Declaration[] {
  if (table.node.type !== 'object') return [];
  const resources = childOf(table.node, 'resources');
  if (resources && resources.type !== 'object') return [];
  const specifier = inAddress ? 'string*' : isSecretName(name) ? 'string^' : 'string';
  const edit = resources
    ? addProperties(text, resources, [[name, specifier]])
    : addProperties(text, table.node, [['resources', { [name]: specifier }]]);
  const required = inAddress && allowanceOf(operation, name) === 'optional' ? [requireColumn(operation, name, text)] : [];
  return [{ title: `Declare column "${name}"`, edits: [edit, ...required] }];
}

/** A column of the table that a get goes through, row by row. */
function takeFromRow(connector: Connector, { call }: Operation, text: string, name: string): readonly Declaration[] {
  const table = call.mode === 'iteration' && call.table ? findTable(connector, call.table.text) : undefined;
  if (!table || !call.node || !findColumn(table, name)) return [];
  const columns = childOf(call.node, 'iterator_columns');
  if (columns && columns.type !== 'array') return [];
  const edit = columns ? addToList(text, columns, name) : addProperties(text, call.node, [['iterator_columns', [name]]], ['iterator']);
  return [{ title: `Take "${name}" from the row of "${table.name}"`, edits: [edit] }];
}
