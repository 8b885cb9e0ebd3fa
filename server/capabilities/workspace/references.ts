import type { CompletionItem, CompletionItemKind as Kind, Location } from 'vscode-languageserver/node';
import { headText } from '../../../engine/model/files/head-text.ts';
import { collectReferences } from '../../../engine/model/references/collect-references.ts';
import { resolve } from '../../../engine/model/references/resolve.ts';
import type { Reference, Target } from '../../../engine/model/references/target.ts';
import { indexLines } from '../../../engine/model/text/lines.ts';
import { identifyFile } from '../../../engine/model/workspace/file-kind.ts';
import { rangeOf } from '../../convert.ts';
import type { Workspace } from '../../../engine/model/workspace/workspace.ts';
import type { FolderView } from '../../workspaces.ts';
import { CompletionItemKind, MarkupKind } from '../connector/json-service.ts';
import { describeTarget } from './describe-target.ts';

const collected = new WeakMap<Workspace, readonly Reference[]>();

/** All references of a workspace, collected once. */
function referencesOf(workspace: Workspace): readonly Reference[] {
  const known = collected.get(workspace) ?? collectReferences(workspace);
  collected.set(workspace, known);
  return known;
}

/** Every name in one of our own files that refers to something. */
export function referencesIn({ workspace }: FolderView, path: string): readonly Reference[] {
  return referencesOf(workspace).filter((reference) => reference.path === path);
}

/** The name at a place of one of our own files, if it refers to something. */
export function referenceAt(view: FolderView, path: string, offset: number): Reference | undefined {
  return referencesOf(view.workspace).find(
    (reference) => reference.path === path && offset >= reference.span.offset && offset <= reference.span.offset + reference.span.length,
  );
}

const kinds: Readonly<Record<Target['kind'], Kind>> = {
  connector: CompletionItemKind.File,
  'connection-item': CompletionItemKind.Variable,
  system: CompletionItemKind.Module,
  'connector-table': CompletionItemKind.Class,
  'connector-column': CompletionItemKind.Field,
  operation: CompletionItemKind.Method,
  membership: CompletionItemKind.Class,
  table: CompletionItemKind.Class,
  column: CompletionItemKind.Field,
  filter: CompletionItemKind.File,
  'filter-column': CompletionItemKind.Field,
  'filter-parameter': CompletionItemKind.Variable,
};

/** Every name that could stand at this place, replacing the whole name that stands there. */
export function completeReference(view: FolderView, path: string, offset: number): CompletionItem[] {
  const reference = referenceAt(view, path, offset);
  if (!reference) return [];
  // Asking for a name that cannot exist gives all names there are.
  const resolution = resolve(view.workspace, renamed(reference.target, nobody));
  if (resolution.kind !== 'missing') return [];
  const range = rangeOf(indexLines(view.files.get(path) ?? ''), reference.span);
  return namesOf(reference, resolution.candidates, view.workspace).map((name, index) => {
    const text = JSON.stringify(name);
    const documentation = describeTarget(view, renamed(reference.target, name));
    return {
      label: name,
      kind: kinds[reference.target.kind],
      ...(documentation !== undefined && { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
      filterText: text,
      // In the order in which they are declared.
      sortText: `0${String(index).padStart(4, '0')}`,
      textEdit: { range, newText: text },
    };
  });
}

function namesOf({ path, target }: Reference, candidates: readonly string[], workspace: Workspace): readonly string[] {
  if (target.kind === 'filter') return withLookups(candidates, workspace);
  const kind = identifyFile(path)?.kind;
  // Mappings and roles write, and nothing is written to files or to what is described alone.
  if (target.kind === 'system' && (kind === 'mapping' || kind === 'role'))
    return candidates.filter((name) => workspace.systems.get(name)?.model.connector.text !== '');
  return candidates;
}

/** Each filter followed by its lookups, by the names that mappings and roles use. */
function withLookups(filters: readonly string[], { filters: files }: Workspace): readonly string[] {
  return filters.flatMap((name) => [name, ...(files.get(name)?.model.tree?.lookups ?? []).map((lookup) => `${name}[${lookup.name.text}]`)]);
}

const nobody = '\u0000';

/** The same kind of thing, in the same place, by another name. */
function renamed(target: Target, name: string): Target {
  switch (target.kind) {
    case 'connector':
      return { ...target, connector: name };
    case 'connection-item':
      return { ...target, item: name };
    case 'system':
      return { ...target, system: name };
    case 'connector-table':
    case 'membership':
    case 'table':
      return { ...target, table: name };
    case 'connector-column':
    case 'column':
    case 'filter-column':
      return { ...target, column: name };
    case 'operation':
      return { ...target, operation: name };
    case 'filter':
      return { ...target, filter: name };
    case 'filter-parameter':
      return { ...target, parameter: name };
  }
}

/** Where the thing at this place is declared, in whichever file. */
export function defineReference(view: FolderView, path: string, offset: number, uriOf: (path: string) => string): Location[] {
  const reference = referenceAt(view, path, offset);
  return reference ? locate(view, reference.target, uriOf) : [];
}

/** Where a thing is declared; nowhere when there is no such thing. */
export function locate(view: FolderView, target: Target, uriOf: (path: string) => string): Location[] {
  const resolution = resolve(view.workspace, target);
  if (resolution.kind !== 'found') return [];
  const { declaration } = resolution;
  // A column of a file is declared in its header.
  const text = view.files.get(declaration.path) ?? headText(view.workspace, declaration.path) ?? '';
  return [{ uri: uriOf(declaration.path), range: rangeOf(indexLines(text), declaration.span) }];
}
