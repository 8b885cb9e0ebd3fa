import { SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver/node';
import type { Span } from '../../../engine/model/text/problem.ts';
import type { Workspace } from '../../../engine/model/workspace/workspace.ts';
import { rangeOf } from '../../convert.ts';
import { linesOf } from './find.ts';
import type { NamesPlace } from './places.ts';

/** More than this nobody reads; the editor asks again as more letters are typed. */
const most = 200;

/** Columns are many: they are looked through for a query that says something. */
const lettersForColumns = 3;

interface Candidate {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly container: string;
  readonly path: string;
  readonly span: Span;
}

type Found = Candidate & { readonly place: Omit<NamesPlace, 'path'>; readonly score: number };

const start: Span = { offset: 0, length: 0 };

/** Tables, operations, connection items, columns, and the files themselves whose name has the letters of the query in their order; best first. */
export function searchNames(places: readonly Omit<NamesPlace, 'path'>[], query: string): WorkspaceSymbol[] {
  const wanted = query.toLowerCase().replaceAll(/\s/g, '');
  const found: Found[] = [];
  for (const place of places) {
    everyName(place.graph.workspace, wanted.length >= lettersForColumns, (candidate) => {
      const score = scoreOf(candidate.name.toLowerCase(), wanted);
      if (score !== undefined) found.push({ ...candidate, place, score });
    });
  }
  found.sort((a, b) => a.score - b.score || a.name.length - b.name.length || compare(a.name, b.name) || compare(a.path, b.path));
  const lines = new Map(places.map((place) => [place, linesOf(place.graph)]));
  return found.slice(0, most).map(({ name, kind, container, path, span, place }) => ({
    name,
    kind,
    ...(container !== '' && { containerName: container }),
    location: { uri: place.uriOf(path), range: rangeOf((lines.get(place) ?? linesOf(place.graph))(path), span) },
  }));
}

/** 0 for the name itself, then its beginning, a part of it, its letters in order; undefined for none of these. */
function scoreOf(name: string, wanted: string): number | undefined {
  if (wanted === '' || name === wanted) return 0;
  const at = name.indexOf(wanted);
  if (at === 0) return 1;
  if (at > 0) return /[\p{L}\p{N}]/u.test(name[at - 1] ?? '') ? 3 : 2;
  let from = 0;
  for (const letter of wanted) {
    const next = name.indexOf(letter, from);
    if (next < 0) return undefined;
    from = next + 1;
  }
  return 4;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Hands over every name, one by one: a large workspace has more than are worth keeping. */
function everyName(workspace: Workspace, withColumns: boolean, offer: (candidate: Candidate) => void): void {
  const file = (kind: SymbolKind, container: string, { path, name }: { readonly path: string; readonly name: string }): void =>
    offer({ name, kind, container, path, span: start });
  for (const connector of workspace.connectors.values()) {
    const { path, name: home, model } = connector;
    file(SymbolKind.Package, 'connectors', connector);
    for (const table of model.tables) {
      if (table.name !== '') offer({ name: table.name, kind: SymbolKind.Class, container: home, path, span: table.span });
      const container = `${home} › ${table.name}`;
      for (const { name } of table.operations)
        if (name.text !== '') offer({ name: name.text, kind: SymbolKind.Method, container, path, span: name.span });
      if (!withColumns) continue;
      for (const { name, span, source } of table.columns)
        if (source !== 'parent-key' && name !== '') offer({ name, kind: SymbolKind.Field, container, path, span });
    }
    for (const { name } of model.items)
      if (name.text !== '') offer({ name: name.text, kind: SymbolKind.Variable, container: home, path, span: name.span });
  }
  for (const system of workspace.systems.values()) file(SymbolKind.Module, 'systems', system);
  for (const filter of workspace.filters.values()) file(SymbolKind.Interface, 'filters', filter);
  for (const mapping of workspace.mappings.values()) file(SymbolKind.Object, 'mappings', mapping);
  for (const lookup of workspace.lookups.values()) file(SymbolKind.Object, 'lookups', lookup);
  for (const expectations of workspace.expectations.values()) file(SymbolKind.Object, 'expectations', expectations);
  for (const { name, file: model, roles } of workspace.roleModels.values()) {
    if (model) file(SymbolKind.Namespace, 'roles', { path: model.path, name });
    for (const role of roles) file(SymbolKind.Object, `roles › ${name}`, role);
  }
}
