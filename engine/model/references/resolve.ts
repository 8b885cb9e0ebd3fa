import { authenticationInputs } from '../connector/authentication.ts';
import { bindInWorkspace, parametersInWorkspace } from '../workspace/filter-library.ts';
import { findTable, type Connector, type Table } from '../connector/connector.ts';
import { parseFilterReference } from '../mapping/mapping.ts';
import { filesHome } from '../files/files-connector.ts';
import { isImplied } from '../internal/internal-system.ts';
import { findCatalogTable } from '../system/catalog.ts';
import { isDescribed } from '../system/described-connector.ts';
import { systemConnector } from '../system/system-connector.ts';
import { sameName } from '../filter/words.ts';
import type { Span } from '../text/problem.ts';
import type { FileOf, FilterFile, Workspace } from '../workspace/workspace.ts';
import type { Resolution, Target } from './target.ts';

const unknowable: Resolution = { kind: 'unknowable' };
const start: Span = { offset: 0, length: 0 };

/** Looks up what a reference means. */
export function resolve(workspace: Workspace, target: Target): Resolution {
  switch (target.kind) {
    case 'connector':
      return resolveFile(workspace.connectors, target.connector);
    case 'system':
      return resolveFile(workspace.systems, target.system);
    case 'filter':
      return resolveFilter(workspace, target.filter);
    case 'connection-item':
      return resolveItem(workspace.connectors.get(target.connector), target.item);
    case 'filter-column': {
      const filter = workspace.filters.get(target.filter);
      return filter
        ? unlessBroken(filter, among(filter.path, bindInWorkspace(filter.model, workspace).columns, target.column))
        : unknowable;
    }
    case 'filter-parameter': {
      const filter = workspace.filters.get(target.filter);
      const parameters =
        filter &&
        parametersInWorkspace(filter, workspace).map(({ file, parameter: { name } }) => ({
          name: name.text,
          span: name.span,
          ...(file !== filter && { file: file.path }),
        }));
      // Parameters are told apart as the filter language tells names apart.
      const same = parameters?.find(({ name }) => sameName(name, target.parameter));
      return filter && parameters ? unlessBroken(filter, among(filter.path, parameters, same?.name ?? target.parameter)) : unknowable;
    }
    case 'table':
    case 'column':
      return unlessHalfRead(workspace, target.system, resolveCollected(workspace, target));
    default:
      return unlessHalfRead(workspace, target.system, resolveInConnector(workspace, target));
  }
}

function resolveFile(files: ReadonlyMap<string, { readonly path: string }>, name: string): Resolution {
  const file = files.get(name);
  return file ? { kind: 'found', declaration: { path: file.path, span: start } } : { kind: 'missing', candidates: [...files.keys()] };
}

interface Entry {
  readonly name: string;
  readonly span: Span;
  /** Where it is declared, if not in the file its neighbours are. */
  readonly file?: string;
}

function among(path: string, entries: readonly Entry[], name: string): Resolution {
  const entry = entries.find((candidate) => candidate.name === name);
  return entry
    ? { kind: 'found', declaration: { path: entry.file ?? path, span: entry.span } }
    : { kind: 'missing', candidates: entries.map((candidate) => candidate.name) };
}

function resolveFilter(workspace: Workspace, text: string): Resolution {
  const { filter, lookup } = parseFilterReference(text);
  const file = workspace.filters.get(filter);
  if (!file || lookup === undefined) return resolveFile(workspace.filters, filter);
  const lookups = file.model.tree?.lookups ?? [];
  const found = lookups.find(({ name }) => sameName(name.text, lookup));
  return found
    ? { kind: 'found', declaration: { path: file.path, span: found.name.span } }
    : unlessBroken(file, { kind: 'missing', candidates: lookups.map(({ name }) => `${filter}[${name.text}]`) });
}

/** What a filter that cannot be read whole lacks, it may yet have. */
function unlessBroken({ model }: FilterFile, resolution: Resolution): Resolution {
  return resolution.kind === 'missing' && model.problems.some(({ severity }) => severity === 'error') ? unknowable : resolution;
}

function resolveItem(connector: FileOf<Connector> | undefined, item: string): Resolution {
  if (!connector?.document.whole) return unknowable;
  const inputs = authenticationInputs(connector.model.rest.authentication?.text).map((name) => ({
    name,
    span: connector.model.rest.authentication?.span ?? start,
  }));
  const items = connector.model.items.map(({ name }) => ({ name: name.text, span: name.span }));
  return among(connector.path, [...items, ...inputs], item);
}

/** What a system lacks whose own file or connector cannot be read whole, it may yet have: only that file is in error. */
function unlessHalfRead(workspace: Workspace, system: string, resolution: Resolution): Resolution {
  return resolution.kind === 'missing' && isHalfRead(workspace, system) ? unknowable : resolution;
}

/** Whether what is known of a system may be a part only, because one of its files is being typed. */
export function isHalfRead(workspace: Workspace, system: string): boolean {
  const file = workspace.systems.get(system);
  const connector = connectorOf(workspace, system);
  return [file, connector, workspace.overlays.get(system)].some((one) => one?.document.whole === false);
}

/** Tables and columns as the vault will have them: those the system collects. */
function resolveCollected(workspace: Workspace, target: Extract<Target, { readonly kind: 'table' | 'column' }>): Resolution {
  const system = workspace.systems.get(target.system);
  if (!system) return unknowable;
  const connector = connectorOf(workspace, target.system);
  const own = system.model.tables.map(({ name }): Entry => {
    // What no file of the author's lists stands where its rows do.
    const file = connector && isImplied(name) ? findTable(connector.model, name.text)?.file : undefined;
    return { name: name.text, span: name.span, ...(file !== undefined && { file }) };
  });
  if (target.kind === 'table') return among(system.path, own, target.table);
  const table = findCatalogTable(workspace.catalog, target.system, target.table);
  if (!table || table.columns.length === 0) return unknowable;
  if (!table.columns.some(({ name }) => name === target.column))
    return { kind: 'missing', candidates: table.columns.map(({ name }) => name) };
  const declared = connector && findTable(connector.model, target.table);
  const scripts = system.model.tables.find(({ name }) => name.text === target.table)?.scripts ?? [];
  const script = scripts.find(({ name }) => name.text === target.column);
  if (script && !declared?.columns.some(({ name }) => name === target.column))
    return { kind: 'found', declaration: { path: system.path, span: script.name.span } };
  return connector && declared ? among(connector.path, declared.columns, target.column) : unknowable;
}

/** Tables, columns and operations as the connector declares them. */
function resolveInConnector(
  workspace: Workspace,
  target: Extract<Target, { readonly kind: 'connector-table' | 'connector-column' | 'operation' | 'membership' }>,
): Resolution {
  const connector = connectorOf(workspace, target.system);
  if (!connector) return unknowable;
  if (target.kind === 'connector-table') return among(connector.path, connector.model.tables, target.table);
  if (target.kind === 'membership')
    return among(
      connector.path,
      connector.model.tables.filter((table: Table) => table.membership),
      target.table,
    );
  const table = findTable(connector.model, target.table);
  if (!table) return unknowable;
  // A file that cannot be seen may have any column.
  const unseen = table.columns.length === 0 && workspace.systems.get(target.system)?.model.files !== undefined;
  if (target.kind === 'connector-column') return unseen ? unknowable : among(connector.path, table.columns, target.column);
  const operations = table.operations.filter(({ role }) => role === 'write').map(({ name }) => ({ name: name.text, span: name.span }));
  return among(connector.path, operations, target.operation);
}

/**
 * The connector's file, its model with the system's overlay, if there is one. A system of files has its own file in its place: what its tables are
 * called stands there or in the files, and its name is one that no connector can have.
 */
export function connectorOf(workspace: Workspace, system: string): FileOf<Connector> | undefined {
  const file = workspace.systems.get(system);
  const model = file && systemConnector(file.model, workspace);
  if (!file || !model) return undefined;
  if (file.model.files || isDescribed(file.model)) return { ...file, name: filesHome(system), model };
  const connector = workspace.connectors.get(file.model.connector.text);
  return connector && { ...connector, model };
}

/** A connector as its file has it, and as every system sees it that lays an overlay over it. */
export function connectorModels(workspace: Workspace, connector: string): readonly Connector[] {
  const file = workspace.connectors.get(connector);
  const overlaid = [...workspace.overlays.keys()].filter((system) => workspace.systems.get(system)?.model.connector.text === connector);
  return [...(file ? [file.model] : []), ...overlaid.flatMap((system) => connectorOf(workspace, system)?.model ?? [])];
}
