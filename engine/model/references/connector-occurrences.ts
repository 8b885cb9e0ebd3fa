import { childTables, findColumn, findOperation, findTable, type Connector, type Operation, type Table } from '../connector/connector.ts';
import { factsOf } from '../connector/facts.ts';
import { membershipEnds } from '../connector/membership-ends.ts';
import { childOf, elementsOf, propertiesOf, stringOf } from '../text/json.ts';
import type { Name } from '../text/problem.ts';
import { scenarioNames } from './connector-scenarios.ts';
import { variableNames } from './connector-variables.ts';
import type { Entity } from './entity.ts';
import { inside, type Occurrence, type Spelling } from './occurrence.ts';
import type { ConnectorNames, Note } from './connector-names.ts';

interface Known {
  readonly home: string;
  readonly occurrences: readonly Occurrence[];
}

const memory = new WeakMap<Connector, Known>();

/** Every name inside a connector that stands for something known, in the order of the text; `home` is the connector's name. */
export function connectorOccurrences(home: string, connector: Connector): readonly Occurrence[] {
  const known = memory.get(connector);
  if (known?.home === home) return known.occurrences;
  const occurrences = collect(home, connector);
  memory.set(connector, { home, occurrences });
  return occurrences;
}

function collect(home: string, connector: Connector): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const note: Note = (name, entity, more = {}) => {
    if (name && entity && name.text !== '')
      found.push({ span: inside(name.span), entity, role: more.role ?? 'reference', spelling: more.spelling ?? 'name' });
  };
  const names = namesOf(home, connector);
  const crud = childOf(connector.root, 'schema', 'crud_objects');
  // Every property of a name, also those that a later one hides: they stay what they are, duplicates.
  for (const { name } of propertiesOf(crud)) note(name, names.table(name.text), { role: 'declaration' });
  for (const table of connector.tables) noteTable(names, table, note);
  for (const handler of factsOf(connector).handlers) {
    note(stringOf(childOf(handler.node, 'crud_object')), names.table(handler.table));
    for (const { operation, attributes } of handler.calls) {
      note(operation, names.operation(handler.table, operation?.text ?? ''));
      for (const { name, value } of propertiesOf(attributes)) {
        note(name, names.attribute(handler.table, name.text));
        const column = stringOf(value);
        note(column, names.column(handler.owner, column?.text ?? ''));
      }
    }
  }
  variableNames(home, names, found, note);
  scenarioNames(home, names, note);
  return found.sort((a, b) => a.span.offset - b.span.offset);
}

function namesOf(home: string, connector: Connector): ConnectorNames {
  const tableOf = (name: string | undefined): Table | undefined => (name === undefined ? undefined : findTable(connector, name));
  const columnOf = (table: Table | undefined, name: string): Entity | undefined =>
    table && findColumn(table, name) ? { kind: 'column', home, table: table.name, name } : undefined;
  const below = (table: Table, name: string): Entity | undefined => {
    for (const child of childTables(connector, table.name)) {
      const found = columnOf(child, name) ?? below(child, name);
      if (found) return found;
    }
    return undefined;
  };
  return {
    connector,
    table: (name) => (name !== undefined && tableOf(name) ? { kind: 'table', home, name } : undefined),
    column: (table, name) => columnOf(tableOf(table), name),
    operation(table, name) {
      const owner = tableOf(table);
      return owner && findOperation(owner, name) ? { kind: 'operation', home, table: owner.name, name } : undefined;
    },
    attribute(table, name) {
      const owner = tableOf(table);
      return owner && (columnOf(owner, name) ?? below(owner, name) ?? { kind: 'attribute', home, table: owner.name, name });
    },
  };
}

function noteTable(names: ConnectorNames, table: Table, note: Note): void {
  const { name, node, membership } = table;
  const columns = (list: readonly Name[]): void => list.forEach((column) => note(column, names.column(name, column.text)));
  if (table.parent) note({ text: name, span: table.span }, names.table(name), { role: 'declaration', spelling: 'leaf' });
  for (const column of table.columns) {
    const spelling: Spelling = column.source === 'parent-key' ? 'derived' : column.name === column.path.at(-1) ? 'name' : 'leaf';
    note({ text: column.name, span: column.span }, names.column(name, column.name), { role: 'declaration', spelling });
  }
  if (table.parent) return;
  columns([...(table.key ? [table.key] : []), ...elementsOf(childOf(node, 'keyRefs')).flatMap((element) => stringOf(element) ?? [])]);
  for (const { name: operation } of propertiesOf(childOf(node, 'operations')))
    note(operation, names.operation(name, operation.text), { role: 'declaration' });
  for (const operation of table.operations) noteOperation(names, table, operation, note);
  if (!membership) return;
  note(membership.addOperation, names.operation(name, membership.addOperation?.text ?? ''));
  note(membership.removeOperation, names.operation(name, membership.removeOperation?.text ?? ''));
  for (const [owner, pairs] of membershipEnds(membership)) {
    note(owner, names.table(owner?.text));
    for (const { column, resource } of pairs) {
      note(column, names.column(owner?.text, column.text));
      note(resource, names.attribute(name, resource.text));
    }
  }
}

function noteOperation(names: ConnectorNames, table: Table, operation: Operation, note: Note): void {
  const { call, stringArrayColumn } = operation;
  const own = (list: readonly Name[]): void => list.forEach((name) => note(name, names.column(table.name, name.text)));
  if (call.table && call.mode === 'iteration') {
    note(call.table, names.table(call.table.text));
    for (const name of [...(call.iterator ? [call.iterator] : []), ...call.iteratorColumns])
      note(name, names.column(call.table.text, name.text));
  }
  // The place of a column that `base` alone declares is noted with the columns.
  const declared = findBaseColumns(table);
  own(call.base.flatMap(({ name }) => (declared.has(name.span.offset) ? [] : [name])));
  for (const row of elementsOf(call.values)) own(propertiesOf(row).map(({ name }) => name));
  if (stringArrayColumn) own([stringArrayColumn]);
  const scope = factsOf(names.connector).scopeAt({ kind: 'operation', table, operation });
  for (const name of [...operation.mandatory, ...operation.prohibited]) {
    const handed = ['membership', 'handler'].includes(scope.get(name.text)?.kind ?? '');
    note(name, handed ? names.attribute(table.name, name.text) : names.column(table.name, name.text));
  }
}

function findBaseColumns(table: Table): ReadonlySet<number> {
  return new Set(table.columns.flatMap(({ source, span }) => (source === 'base' ? [span.offset] : [])));
}
