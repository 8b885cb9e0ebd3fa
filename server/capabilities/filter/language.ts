import type { CompletionItem, DocumentSymbol, FoldingRange, Hover, Location, SignatureHelp } from 'vscode-languageserver/node';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import type { Target } from '../../../engine/model/references/target.ts';
import { bindInWorkspace, filterLibraryOf } from '../../../engine/model/workspace/filter-library.ts';
import { fileOf, type FileLink } from '../workspace/links.ts';
import { locate } from '../workspace/references.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import type { FolderView } from '../../workspaces.ts';
import type { SemanticToken } from '../semantic-tokens.ts';
import { complete } from './completion.ts';
import { definition } from './definition.ts';
import { code, notesOf } from './describe.ts';
import { emptyCatalog, openFilter, type OpenFilter } from './document.ts';
import { foldFilter } from './folding.ts';
import { hover } from './hover.ts';
import { mended } from './mended.ts';
import { namesIn } from './names.ts';
import { selectInFilter } from './selection.ts';
import { filterTokens } from './semantic-tokens.ts';
import { signatureHelp } from './signature-help.ts';
import { symbols } from './symbols.ts';

/** Where an open filter lies; alone it knows only its own text. */
export interface FilterPlace {
  readonly view: FolderView;
  readonly path: string;
}

/** What the server can say about a filter. Offsets count UTF-16 units of the document's text. */
export interface FilterLanguage {
  complete(offset: number): CompletionItem[];
  hover(offset: number): Hover | undefined;
  signature(offset: number): SignatureHelp | undefined;
  symbols(): DocumentSymbol[];
  definition(offset: number, uriOf: (path: string) => string): Location[];
  folding(): FoldingRange[];
  selection(offset: number): readonly Span[];
  tokens(): readonly SemanticToken[];
  /** The names of other filters. */
  links(): readonly FileLink[];
}

export function filterLanguage(uri: string, text: string, place: FilterPlace | undefined): FilterLanguage {
  const filter = openFilterIn(uri, text, place);
  // Filters name each other without regard to case.
  const named = (name: string): string => filter.library.find(name)?.name ?? name;
  return {
    complete: (offset) => complete(filter, offset),
    hover: (offset) => hover(filter, offset, (name) => place && describeFilter(place.view, named(name))),
    signature: (offset) => signatureHelp(filter, offset),
    symbols: () => symbols(filter),
    folding: () => foldFilter(mended(filter)),
    selection: (offset) => selectInFilter(mended(filter), offset),
    tokens: () => filterTokens(mended(filter)),
    links: () =>
      namesIn(filter.bound).flatMap((name) => {
        const path = place && name.kind === 'filter' ? fileOf(place.view, { kind: 'filter', filter: named(name.filter) }) : undefined;
        return path === undefined ? [] : [{ span: name.span, path }];
      }),
    definition: (offset, uriOf) => definition(filter, offset, (target: Target) => (place ? locate(place.view, target, uriOf) : [])),
  };
}

/** An open filter with everything its capabilities look at. */
export function openFilterIn(uri: string, text: string, place: FilterPlace | undefined): OpenFilter {
  const files = place ? [...place.view.workspace.filters.values()] : [];
  const own = files.find(({ path }) => path === place?.path);
  const others = files.filter((file) => file !== own).map(({ name }) => name);
  const document = own?.model.text === text ? own.model : readFilter(text);
  return openFilter(uri, document, place?.view.workspace.catalog ?? emptyCatalog, others, place && filterLibraryOf(place.view.workspace));
}

/** A filter in a few lines: its notes, its columns, its parameters. */
export function describeFilter({ workspace }: FolderView, name: string): string | undefined {
  const file = workspace.filters.get(name);
  if (!file) return undefined;
  const columns = bindInWorkspace(file.model, workspace).columns.map((column) => `${code(column.name)} ${column.type}`);
  const parameters = bindInWorkspace(file.model, workspace).parameters.map(
    (parameter) => `${code(`@${parameter.name.text}`)} ${parameter.type}`,
  );
  return [
    `Filter ${code(name)}`,
    notesOf(file.model),
    columns.length > 0 ? `Columns: ${columns.join(', ')}` : '',
    parameters.length > 0 ? `Parameters: ${parameters.join(', ')}` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
