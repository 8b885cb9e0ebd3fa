import { sourcesOf } from '../filter/node-places.ts';
import { bindInWorkspace, filterLibraryOf, parametersInWorkspace } from '../workspace/filter-library.ts';
import { findColumn, findTable } from '../connector/connector.ts';
import { sameName } from '../filter/words.ts';
import type { FilterFile, Workspace } from '../workspace/workspace.ts';
import { itemEntity } from './connector-variables.ts';
import type { Entity } from './entity.ts';
import type { CatalogNames } from './filter-occurrences.ts';
import { connectorOf } from './resolve.ts';

/** Things by the names that files of a workspace give them; undefined where there is none. */
export interface WorkspaceNames extends CatalogNames {
  connector(name: string): Entity | undefined;
  item(connector: string, name: string): Entity | undefined;
  operation(system: string, table: string, name: string): Entity | undefined;
  output(filter: string, name: string): Entity | undefined;
  lookup(filter: string, name: string): Entity | undefined;
}

const memory = new WeakMap<Workspace, WorkspaceNames>();

/** The names of a workspace; the same record for the same workspace. */
export function namesOfWorkspace(workspace: Workspace): WorkspaceNames {
  const known = memory.get(workspace) ?? createNames(workspace);
  memory.set(workspace, known);
  return known;
}

function createNames(workspace: Workspace): WorkspaceNames {
  const { connectors, systems, filters } = workspace;
  const file = (kind: 'connector' | 'system' | 'filter', files: ReadonlyMap<string, unknown>, name: string): Entity | undefined =>
    files.has(name) ? { kind, home: '', name } : undefined;
  return {
    connector: (name) => file('connector', connectors, name),
    system: (name) => file('system', systems, name),
    // Filters name each other without regard to case.
    filter: (name) => file('filter', filters, filterLibraryOf(workspace).find(name)?.name ?? name),
    alias(filter, name) {
      const own = filters.get(filter);
      const found = own && aliasesInWorkspace(own, workspace).find((one) => sameName(one.name, name));
      return found && { kind: 'alias', home: found.file.name, name: found.name };
    },
    item(connector, name) {
      const own = connectors.get(connector);
      return own && itemEntity(own.name, { connector: own.model }, name);
    },
    table(system, name) {
      const own = connectorOf(workspace, system);
      return own && findTable(own.model, name) ? { kind: 'table', home: own.name, name } : undefined;
    },
    column(system, table, name) {
      const own = connectorOf(workspace, system);
      const owner = own && findTable(own.model, table);
      return own && owner && findColumn(owner, name) ? { kind: 'column', home: own.name, table, name } : undefined;
    },
    operation(system, table, name) {
      const own = connectorOf(workspace, system);
      const owner = own && findTable(own.model, table);
      return own && owner?.operations.some((operation) => operation.name.text === name)
        ? { kind: 'operation', home: own.name, table, name }
        : undefined;
    },
    output(filter, name) {
      const own = filters.get(filter);
      return own && bindInWorkspace(own.model, workspace).columns.some((column) => column.name === name)
        ? { kind: 'output', home: own.name, name }
        : undefined;
    },
    parameter(filter, name) {
      const own = filters.get(filter);
      const declared = own && parametersInWorkspace(own, workspace).find(({ parameter }) => sameName(parameter.name.text, name));
      return declared && { kind: 'parameter', home: declared.file.name, name: declared.parameter.name.text };
    },
    lookup(filter, name) {
      const own = filters.get(filter);
      const lookup = own?.model.tree?.lookups.find((one) => sameName(one.name.text, name));
      return own && lookup && { kind: 'lookup', home: own.name, name: lookup.name.text };
    },
  };
}

/** The names of tables in a filter and in those it extends, each with the file that gives it. */
function aliasesInWorkspace(file: FilterFile, workspace: Workspace): readonly { readonly file: FilterFile; readonly name: string }[] {
  const chain: FilterFile[] = [];
  for (let at: FilterFile | undefined = file; at && !chain.includes(at);) {
    const declaring: FilterFile = at;
    chain.push(declaring);
    const parent = declaring.model.tree?.parent;
    const name = parent && filterLibraryOf(workspace).find(parent.text)?.name;
    at = name === undefined ? undefined : workspace.filters.get(name);
  }
  return chain.flatMap((one) => sourcesOf(one.model.tree?.select).map(({ alias, table }) => ({ file: one, name: (alias ?? table).text })));
}
