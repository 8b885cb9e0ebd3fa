import { findColumn, findOperation, findTable, type Connector, type Table } from '../../../engine/model/connector/connector.ts';
import { bindInWorkspace } from '../../../engine/model/workspace/filter-library.ts';
import { parseFilterReference } from '../../../engine/model/mapping/mapping.ts';
import { connectorOf } from '../../../engine/model/references/resolve.ts';
import type { Target } from '../../../engine/model/references/target.ts';
import { findCatalogTable } from '../../../engine/model/system/catalog.ts';
import { describeColumn, describeItem, describeOperation, describeTable } from '../connector/describe.ts';
import { inputMeaning } from '../../../engine/model/connector/authentication.ts';
import {
  code,
  describeColumn as describeCollected,
  describeOutput,
  describeParameter,
  describeTable as describeCatalogTable,
} from '../filter/describe.ts';
import { describeFilter } from '../filter/language.ts';
import type { FolderView } from '../../workspaces.ts';

/** What a name of one of our own files refers to, as Markdown; undefined where that is not known. */
export function describeTarget(view: FolderView, target: Target): string | undefined {
  const { workspace } = view;
  switch (target.kind) {
    case 'connector': {
      const connector = workspace.connectors.get(target.connector)?.model;
      return connector && `Connector ${code(target.connector)}: ${listOf(connector.tables.map(({ name }) => name))}`;
    }
    case 'connection-item': {
      const connector = workspace.connectors.get(target.connector)?.model;
      return connector && describeConnectionItem(connector, target.item);
    }
    case 'system': {
      const system = workspace.systems.get(target.system)?.model;
      return (
        system &&
        `System ${code(target.system)}, ${system.files ? `folder ${code(system.files.folder.text)}` : `connector ${code(system.connector.text)}`}: ${listOf(system.tables.map(({ name }) => name.text))}`
      );
    }
    case 'table': {
      const table = findCatalogTable(workspace.catalog, target.system, target.table);
      return table && describeCatalogTable(table, workspace.catalog);
    }
    case 'column': {
      const table = findCatalogTable(workspace.catalog, target.system, target.table);
      const column = table?.columns.find(({ name }) => name === target.column);
      return table && column && describeCollected({ system: table.system, table: table.table, catalog: table }, column, workspace.catalog);
    }
    case 'filter':
      return describeFilterReference(view, target.filter);
    case 'filter-column': {
      const file = workspace.filters.get(target.filter);
      const column = file && bindInWorkspace(file.model, workspace).columns.find(({ name }) => name === target.column);
      return column && describeOutput(column).replace('this filter', `the filter ${code(target.filter)}`);
    }
    case 'filter-parameter': {
      const parameter = workspace.filters.get(target.filter)?.model.parameters.find(({ name }) => name.text === target.parameter);
      return parameter && describeParameter(parameter);
    }
    default: {
      const connector = connectorOf(workspace, target.system)?.model;
      const table = connector && findTable(connector, target.table);
      return connector && table && describeInConnector(connector, table, target);
    }
  }
}

function describeInConnector(
  connector: Connector,
  table: Table,
  target: Extract<Target, { readonly kind: 'connector-table' | 'connector-column' | 'operation' | 'membership' }>,
): string | undefined {
  switch (target.kind) {
    case 'connector-table':
    case 'membership':
      return describeTable(table);
    case 'connector-column': {
      const column = findColumn(table, target.column);
      return column && describeColumn(table, column);
    }
    case 'operation': {
      const operation = findOperation(table, target.operation);
      return operation && describeOperation(connector, table, operation);
    }
  }
}

function describeConnectionItem(connector: Connector, name: string): string {
  const item = connector.items.find((one) => one.name.text === name);
  return item ? `Connection item ${describeItem(item)}` : `Input of the authentication: ${inputMeaning(name)}`;
}

function describeFilterReference(view: FolderView, text: string): string | undefined {
  const { filter, lookup } = parseFilterReference(text);
  const described = describeFilter(view, filter);
  if (described === undefined || lookup === undefined) return described;
  const node = view.workspace.filters.get(filter)?.model.tree?.lookups.find(({ name }) => name.text === lookup);
  return node
    ? `Lookup ${code(lookup)}: only the rows whose value is ${node.include ? '' : 'not '}in ${code(`${node.target.system?.text ?? ''}.${node.target.table.text}.${node.targetColumn.text}`)}\n\n${described}`
    : described;
}

function listOf(tables: readonly string[]): string {
  return tables.length === 0 ? 'no tables yet.' : `tables ${tables.map(code).join(', ')}.`;
}
