import { addressOf } from '../../../engine/model/connector/address.ts';
import { inputMeaning } from '../../../engine/model/connector/authentication.ts';
import type { Column, ConnectionItem, Connector, Operation, Semantics, Table } from '../../../engine/model/connector/connector.ts';
import type { VariableOrigin } from '../../../engine/model/connector/scope.ts';

/** Where a variable's value comes from, as Markdown. */
export function describeOrigin(origin: VariableOrigin): string {
  switch (origin.kind) {
    case 'item':
      return `Connection item ${describeItem(origin.item)}.`;
    case 'authentication':
      return `Input of the authentication${origin.authentication === undefined ? '' : ` \`${origin.authentication}\``}: ${inputMeaning(origin.input)}.`;
    case 'column':
      return `${describeColumn(origin.table, origin.column)} Its value in the row that is written.`;
    case 'iteration':
      return `Column \`${origin.columnName}\` of the table \`${origin.table}\`: its value in the row the call is made for.`;
    case 'base':
      return 'Column that `base` adds to each row of this call.';
    case 'membership':
      return `Handed over by \`groupmembership\`: column \`${origin.columnName}\` of the table \`${origin.table}\`.`;
    case 'handler':
      return `Handed over by the element handler of a column of the table \`${origin.table}\`.`;
    case 'engine':
      return `Set by the engine: ${origin.meaning}.`;
  }
}

/** In a few words, for the line of a completion list. */
export function originLabel(origin: VariableOrigin): string {
  switch (origin.kind) {
    case 'item':
      return 'connection item';
    case 'authentication':
      return 'authentication';
    case 'column':
      return `column of ${origin.table.name}`;
    case 'iteration':
      return `${origin.table}.${origin.columnName}`;
    case 'base':
      return 'base';
    case 'membership':
      return `${origin.table}.${origin.columnName}`;
    case 'handler':
      return `handler of ${origin.table}`;
    case 'engine':
      return 'engine';
  }
}

export function describeColumn(table: Table, column: Column): string {
  const head = `Column \`${column.name}\` of the table \`${table.name}\``;
  switch (column.source) {
    case 'resource':
      return `${head}: ${column.type}${column.specifier === '' ? '' : ` (\`${column.specifier}\`)`}, at \`${column.path.join('.')}\` of a row${column.selected ? '' : '; collected only when asked for'}.`;
    case 'base':
      return `${head}, added by \`base\`.`;
    case 'parent-key':
      return `${head}: the row of \`${table.parent?.table ?? ''}\` it belongs to.`;
    case 'child-table':
      return `${head}: the rows of the child table \`${table.name}_${column.name}\`, for mappings.`;
  }
}

export function describeTable(table: Table): string {
  const key = table.key ? `, key \`${table.key.text}\`` : '';
  const parent = table.parent ? `Child table of \`${table.parent.table}\`` : 'Table';
  const operations =
    table.operations.length > 0 ? ` Operations: ${table.operations.map(({ name }) => `\`${name.text}\``).join(', ')}.` : '';
  return `${parent} \`${table.name}\`: ${table.columns.length} columns${key}.${operations}`;
}

export function describeOperation(connector: Connector, table: Table, operation: Operation): string {
  const what = operation.role === 'get' ? 'Collects' : operation.semantics ? verbs[operation.semantics] : 'Writes';
  const mandatory = operation.mandatory.length > 0 ? ` Mandatory: ${operation.mandatory.map(({ text }) => `\`${text}\``).join(', ')}.` : '';
  const how =
    operation.call.mode === 'constant'
      ? 'its rows stand in the connector, nothing is called'
      : `\`${operation.verb} ${addressOf(connector, table, operation)}\``;
  return `${what} \`${table.name}\`: ${how}.${mandatory}`;
}

const verbs: Readonly<Record<Semantics, string>> = {
  create: 'Creates a row of',
  update: 'Updates a row of',
  delete: 'Deletes a row of',
  set: 'Sets a row of',
  'memberships-update': 'Updates the memberships of',
};

export function describeItem(item: ConnectionItem): string {
  const label = item.label === undefined ? '' : ` “${item.label}”`;
  const value = item.value === undefined || item.value === '' || item.password ? '' : `, at first \`${item.value}\``;
  return `\`${item.name.text}\`${label}${value}${item.required ? ', required' : ''}`;
}
