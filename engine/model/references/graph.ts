import type { Connector } from '../connector/connector.ts';
import type { Overlay } from '../connector/overlay.ts';
import { bindInWorkspace } from '../workspace/filter-library.ts';
import type { FilterDocument } from '../filter/filter.ts';
import { analyseScript } from '../script/analyse-script.ts';
import type { JsonDocument } from '../text/json.ts';
import type { Span } from '../text/problem.ts';
import { identifyFile } from '../workspace/file-kind.ts';
import type { FileOf, FilterFile, Workspace } from '../workspace/workspace.ts';
import { connectorOccurrences } from './connector-occurrences.ts';
import { keyOf, type Entity } from './entity.ts';
import { filterOccurrences } from './filter-occurrences.ts';
import type { Occurrence, PlacedOccurrence } from './occurrence.ts';
import { overlayOccurrences } from './overlay-occurrences.ts';
import { namesOfWorkspace } from './own-entities.ts';
import { ownOccurrences } from './own-occurrences.ts';

/** Who names whom in a workspace: every name of every file, by place and by what it stands for. Read file by file, when first asked. */
export interface Graph {
  readonly workspace: Workspace;
  /** The files that can hold names. */
  readonly paths: readonly string[];
  textOf(path: string): string;
  /** Whether a file could be read to its end: in one that is being typed, names may be missed. */
  isWhole(path: string): boolean;
  /** The names in one file, in the order of the text. */
  occurrencesIn(path: string): readonly Occurrence[];
  /** The names that touch a place, the one that is meant first: `emails: [{…}]` names a column and a child table. */
  at(path: string, offset: number): readonly Occurrence[];
  /** Every place in every file that names one of these things; a thing that is a file is declared at its start. */
  find(entities: readonly Entity[]): readonly PlacedOccurrence[];
}

const memory = new WeakMap<Workspace, Graph>();

/** The graph of a workspace; the same one for the same workspace. */
export function graphOf(workspace: Workspace): Graph {
  const known = memory.get(workspace) ?? createGraph(workspace);
  memory.set(workspace, known);
  return known;
}

function createGraph(workspace: Workspace): Graph {
  const own = ownFiles(workspace);
  const read = new Map<string, readonly Occurrence[]>();
  const { connectors, overlays, filters } = workspace;
  const paths = [...[...connectors.values(), ...overlays.values(), ...filters.values()].map(({ path }) => path), ...own.keys()];
  const connectorAt = (path: string): FileOf<Connector> | undefined => {
    const identity = identifyFile(path);
    return identity?.kind === 'connector' ? workspace.connectors.get(identity.name) : undefined;
  };
  const filterAt = (path: string): FilterFile | undefined => {
    const identity = identifyFile(path);
    return identity?.kind === 'filter' ? workspace.filters.get(identity.name) : undefined;
  };
  const overlayAt = (path: string): FileOf<Overlay> | undefined => {
    const identity = identifyFile(path);
    return identity?.kind === 'overlay' ? workspace.overlays.get(identity.name) : undefined;
  };
  const documentOf = (path: string): JsonDocument | undefined => (own.get(path) ?? connectorAt(path) ?? overlayAt(path))?.document;
  const readFile = (path: string): readonly Occurrence[] => {
    const file = own.get(path);
    if (file) return ownOccurrences(workspace, file);
    const connector = connectorAt(path);
    if (connector) return connectorOccurrences(connector.name, connector.model);
    const overlay = overlayAt(path);
    if (overlay) return overlayOccurrences(overlay, namesOfWorkspace(workspace));
    const filter = filterAt(path);
    return filter ? filterOccurrences(filter.name, bindInWorkspace(filter.model, workspace), namesOfWorkspace(workspace)) : [];
  };
  const occurrencesIn = (path: string): readonly Occurrence[] => {
    const known = read.get(path) ?? readFile(path);
    read.set(path, known);
    return known;
  };
  return {
    workspace,
    paths,
    textOf: (path) => documentOf(path)?.text ?? filterAt(path)?.model.text ?? '',
    isWhole(path) {
      const filter = filterAt(path)?.model;
      return documentOf(path)?.whole ?? (filter !== undefined && isWholeFilter(filter));
    },
    occurrencesIn,
    at: (path, offset) => touching(occurrencesIn(path), offset, path.endsWith('.filter') ? 0 : 1),
    find(entities) {
      const keys = new Set(entities.map(keyOf));
      const names = new Set(entities.map(({ name }) => name));
      return paths.flatMap((path) => {
        const identity = identifyFile(path);
        // A connector names nothing but what is its own.
        if (identity?.kind === 'connector' && !entities.some((entity) => concerns(entity, identity.name))) return [];
        const here = occurrencesIn(path).filter(({ entity }) => names.has(entity.name) && keys.has(keyOf(entity)));
        const file = entities.find((entity) => isFile(entity, identity));
        const declared: readonly Occurrence[] = file
          ? [{ span: { offset: 0, length: 0 }, entity: file, role: 'declaration', spelling: 'file' }]
          : [];
        return [...declared, ...here].map((occurrence) => ({ ...occurrence, path }));
      });
    },
  };
}

/** A script that cannot be read may name anything. */
function isWholeFilter({ tree, problems }: FilterDocument): boolean {
  const scripts = tree?.select?.items.flatMap((item) => (item.kind === 'script-item' ? [item.code] : [])) ?? [];
  return problems.every(({ severity }) => severity !== 'error') && scripts.every((code) => analyseScript(code).problems.length === 0);
}

function concerns({ kind, home, name }: Entity, connector: string): boolean {
  return home === connector || (kind === 'connector' && name === connector);
}

function isFile({ kind, name }: Entity, identity: ReturnType<typeof identifyFile>): boolean {
  return (kind === 'connector' || kind === 'system' || kind === 'filter') && identity?.kind === kind && identity.name === name;
}

/** Names at a place; `around` counts the quotes of a JSON text as part of the name. */
function touching(occurrences: readonly Occurrence[], offset: number, around: number): readonly Occurrence[] {
  const touched = occurrences.filter(
    ({ span, spelling }) => spelling !== 'derived' && span.offset - around <= offset && offset <= span.offset + span.length + around,
  );
  const written = touched.filter(({ spelling }) => spelling !== 'implied');
  // Of neighbours the one the caret stands before.
  const first = written.find(({ span }) => span.offset <= offset && offset < span.offset + span.length) ?? written[0];
  return first ? [first, ...touched.filter((other) => other !== first && isSameSpan(other.span, first.span))] : [];
}

function isSameSpan(a: Span, b: Span): boolean {
  return a.offset === b.offset && a.length === b.length;
}

/** Our own JSON files by path. */
function ownFiles({
  settingsFile,
  relations,
  systems,
  mappings,
  roleModels,
  expectations,
  lookups,
}: Workspace): ReadonlyMap<string, FileOf<unknown>> {
  const files: readonly (FileOf<unknown> | undefined)[] = [
    settingsFile,
    relations,
    ...systems.values(),
    ...mappings.values(),
    ...expectations.values(),
    ...lookups.values(),
    ...[...roleModels.values()].flatMap(({ file, roles }) => [file, ...roles]),
  ];
  return new Map(files.flatMap((file) => (file ? [[file.path, file] as const] : [])));
}
