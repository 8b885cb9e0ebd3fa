import type { BoundFilter } from '../../../model/filter/bound.ts';
import { internalName } from '../../../model/internal/internal-system.ts';
import { usedLibraries } from '../../../model/script/used-libraries.ts';
import { filterLibraryOf } from '../../../model/workspace/filter-library.ts';
import type { FilterFile, Workspace } from '../../../model/workspace/workspace.ts';
import type { OpenWorkspace } from '../../workspace/open-workspace.ts';

/** Paths of the files that decide what a filter gives, its own among them: those of its parents, appended filters, libraries and systems. */
export function restsOnFiles({ workspace }: OpenWorkspace, name: string, bound: BoundFilter): ReadonlySet<string> {
  const filters = chainOf(workspace, name);
  const scripts = filters.flatMap(({ model }) =>
    (model.tree?.select?.items ?? []).flatMap((item) => (item.kind === 'script-item' ? item.code : [])),
  );
  const systems = [...new Set(systemsOf(bound))];
  return new Set([
    ...filters.map(({ path }) => path),
    ...usedLibraries(scripts, workspace).map(({ path }) => path),
    ...systems.flatMap((system) => filesOf(workspace, system)),
    ...(systems.length > 1 && workspace.relations ? [workspace.relations.path] : []),
  ]);
}

/** A filter with those it extends and appends, and those that they do. */
function chainOf(workspace: Workspace, name: string): readonly FilterFile[] {
  const library = filterLibraryOf(workspace);
  const found = new Set<FilterFile>();
  const names = [name];
  for (let next = names.pop(); next !== undefined; next = names.pop()) {
    const file = workspace.filters.get(library.find(next)?.name ?? '');
    if (!file || found.has(file)) continue;
    found.add(file);
    const { parent, appends = [] } = file.model.tree ?? {};
    names.push(...[...(parent ? [parent] : []), ...appends].map(({ text }) => text));
  }
  return [...found];
}

function systemsOf({ tables, lookups, appends }: BoundFilter): readonly string[] {
  return [
    ...[...tables, ...lookups.map(({ table }) => table)].map(({ system }) => system),
    ...appends.flatMap(({ bound }) => systemsOf(bound)),
  ];
}

/** The files that say what tables and columns a system has. */
function filesOf({ systems, connectors, overlays, lookups }: Workspace, name: string): readonly string[] {
  const system = systems.get(name);
  const connector = system && connectors.get(system.model.connector.text);
  const own = name === internalName ? [...lookups.values()] : [];
  return [system, connector, overlays.get(name), ...own].flatMap((file) => (file ? [file.path] : []));
}
