import { bindInWorkspace } from '../../workspace/filter-library.ts';
import type { Edit, Span } from '../../text/problem.ts';
import { createTrialReader } from '../../workspace/read-workspace.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { findTable } from '../../connector/connector.ts';
import { keyOf, type Entity } from '../entity.ts';
import { graphOf, type Graph } from '../graph.ts';
import { connectorModels } from '../resolve.ts';
import type { Occurrence } from '../occurrence.ts';
import { connectorChanges, isRefusal, refuse, type Change, type Changes, type Refusal } from './changes.ts';
import { keepPaths } from './keep-path.ts';
import { withLinked } from './linked.ts';
import { movesOf, type Move } from './moves.ts';
import { checkFree, checkShape, whyFixed } from './new-name.ts';
import { whatClashes } from './verify.ts';
import { applyEdits } from '../../text/edits.ts';
import { writeName } from './write.ts';

/** What a rename does: edits by file, none overlapping another, and files that get another name after them. */
export interface RenamePlan {
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  readonly moves: readonly Move[];
}

/** What can be renamed at a place, with the text an author starts from; a refusal where a name cannot be; undefined where none stands. */
export function prepareRename(
  workspace: Workspace,
  path: string,
  offset: number,
): { readonly span: Span; readonly placeholder: string } | Refusal | undefined {
  const graph = graphOf(workspace);
  const [occurrence] = graph.at(path, offset);
  if (!occurrence) return undefined;
  const fixed = whyNot(graph, path, occurrence);
  if (fixed) return fixed;
  const { span, spelling, entity } = occurrence;
  const written = graph.textOf(path).slice(span.offset, span.offset + span.length);
  return { span, placeholder: spelling === 'leaf' ? (JSON.parse(`"${written}"`) as string) : entity.name };
}

/**
 * Plans to give the thing at a place another name in every file that names it, and in every name that is made of it. The files are read again
 * as they would be; what would then mean something else is refused. Undefined where no name stands.
 */
export function planRename(
  workspace: Workspace,
  at: { readonly path: string; readonly offset: number },
  newName: string,
): RenamePlan | Refusal | undefined {
  const graph = graphOf(workspace);
  const [occurrence] = graph.at(at.path, at.offset);
  if (!occurrence) return undefined;
  const { entity, spelling } = occurrence;
  // A parameter may be given as it is used.
  const name = entity.kind === 'parameter' ? newName.replace(/^@/, '') : newName;
  const fixed = whyNot(graph, at.path, occurrence) ?? checkShape(entity, name, standsInBraces(graph, entity));
  if (fixed) return fixed;
  const own = changesOf(workspace, entity, name, spelling === 'leaf');
  if (isRefusal(own)) return own;
  const direct = withLinked(workspace, own);
  if ([...direct.values()].every((change) => change.to === change.entity.name)) return { edits: new Map(), moves: [] };
  const taken = checkFree(workspace, direct);
  if (taken) return taken;

  const read = createTrialReader(workspace);
  const moves = movesOf(graph, direct);
  const first = new Map([...direct, ...impliedAliases(graph, direct)]);
  const draft = editsOf(graph, first);
  const drafted = read(apply(graph, draft, moves));
  const outputs = outputChanges(graph, drafted, first);
  if (isRefusal(outputs)) return outputs;
  const changes = new Map([...first, ...outputs]);
  const edits = outputs.size === 0 ? draft : editsOf(graph, changes);
  const broken = [...edits.keys()].find((path) => !graph.isWhole(path));
  if (broken !== undefined)
    return refuse(`"${entity.name}" also stands in ${broken}, which cannot be read to its end. Mend that file first.`);
  const after = outputs.size === 0 ? drafted : read(apply(graph, edits, moves));
  const clash = whatClashes(graph, graphOf(after), changes, moves);
  return clash ? refuse(`With this name ${clash}. Choose another one.`) : { edits, moves };
}

function whyNot(graph: Graph, path: string, { entity, spelling }: Occurrence): Refusal | undefined {
  const { workspace } = graph;
  const fixed = whyFixed(workspace, entity);
  if (fixed) return fixed;
  if (spelling === 'alias')
    return refuse(
      `{iterator} is a variable of the engine. It stands for the column "${entity.name}" of "${entity.table ?? ''}": rename it there.`,
    );
  if (!graph.isWhole(path)) return refuse('This file cannot be read to its end, so names may be missed. Mend it first.');
  if (entity.kind === 'output' && graph.find([entity]).some((one) => one.spelling === 'derived'))
    return refuse(`The column "${entity.name}" comes from a *, so it has no place to be named in. Write it out after "select" first.`);
  if (entity.kind !== 'table' && entity.kind !== 'column') return undefined;
  // A name that is made of others is refused before anybody types another.
  const own = changesOf(workspace, entity, entity.name, false);
  return isRefusal(own) ? own : undefined;
}

function standsInBraces(graph: Graph, entity: Entity): boolean {
  return (
    ['column', 'item', 'attribute'].includes(entity.kind) &&
    graph.find([entity]).some(({ path, span }) => !path.endsWith('.filter') && graph.textOf(path)[span.offset - 1] === '{')
  );
}

function changesOf(workspace: Workspace, entity: Entity, name: string, leaf: boolean): Changes | Refusal {
  return entity.kind === 'table' || entity.kind === 'column'
    ? connectorChanges(connectorModels(workspace, entity.home), entity, name, leaf)
    : new Map([[keyOf(entity), { entity, to: name }]]);
}

/** A table without `as` is called by its name in a filter. */
function impliedAliases(graph: Graph, changes: Changes): Changes {
  const tables = [...changes.values()].filter(({ entity }) => entity.kind === 'table');
  const found = new Map<string, Change>();
  for (const { entity, to } of tables) {
    for (const { path, span } of graph.find([entity])) {
      if (!path.endsWith('.filter')) continue;
      for (const other of graph.occurrencesIn(path)) {
        const implied = other.spelling === 'implied' && other.entity.kind === 'alias' && other.span.offset === span.offset;
        if (implied) found.set(keyOf(other.entity), { entity: other.entity, to, follows: true });
      }
    }
  }
  return found;
}

/** Columns of filters that are called otherwise once the files are changed: those that bear the name of what they show. */
function outputChanges(graph: Graph, after: Workspace, changes: Changes): Changes | Refusal {
  const found = new Map<string, Change>();
  const moved = (name: string): string => changes.get(keyOf({ kind: 'filter', home: '', name }))?.to ?? name;
  for (const { name, path, model } of graph.workspace.filters.values()) {
    const file = after.filters.get(moved(name));
    if (!file) continue;
    const before = bindInWorkspace(model, graph.workspace).columns;
    const now = bindInWorkspace(file.model, after).columns;
    if (before.length !== now.length)
      return refuse(`With this name two columns of ${path} would be called the same. Give one of them another name with "as" first.`);
    for (const [index, column] of before.entries()) {
      const to = now[index]?.name ?? column.name;
      const entity: Entity = { kind: 'output', home: name, name: column.name };
      if (to !== column.name && !changes.has(keyOf(entity))) found.set(keyOf(entity), { entity, to, follows: true });
    }
  }
  return found;
}

function editsOf(graph: Graph, changes: Changes): ReadonlyMap<string, readonly Edit[]> {
  const edits = new Map<string, Edit[]>();
  const add = (path: string, edit: Edit): void => {
    const own = edits.get(path) ?? [];
    // An array in `resources` names a column and a child table at once.
    const same = ({ span }: Edit): boolean => span.offset === edit.span.offset && span.length === edit.span.length;
    if (!own.some(same)) own.push(edit);
    edits.set(path, own);
  };
  for (const occurrence of graph.find([...changes.values()].map(({ entity }) => entity))) {
    const change = changes.get(keyOf(occurrence.entity));
    const edit = change && writeName(occurrence, change, occurrence.path, graph.textOf(occurrence.path));
    if (edit) add(occurrence.path, edit);
  }
  for (const { entity } of changes.values()) {
    const connector = entity.kind === 'table' ? graph.workspace.connectors.get(entity.home) : undefined;
    const table = connector && findTable(connector.model, entity.name);
    if (connector && table) for (const edit of keepPaths(table, connector.document.text)) add(connector.path, edit);
  }
  for (const own of edits.values()) own.sort((a, b) => a.span.offset - b.span.offset);
  return edits;
}

/** All texts as they would be. */
function apply(graph: Graph, edits: ReadonlyMap<string, readonly Edit[]>, moves: readonly Move[]): ReadonlyMap<string, string> {
  const moved = new Map(moves.map(({ from, to }) => [from, to]));
  return new Map(graph.paths.map((path) => [moved.get(path) ?? path, applyEdits(graph.textOf(path), edits.get(path) ?? [])]));
}
