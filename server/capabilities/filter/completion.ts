import type { CompletionItem, Range, TextEdit } from 'vscode-languageserver/node';
import { readFilter } from '../../../engine/model/filter/filter.ts';
import { scriptTypes } from '../../../engine/model/filter/bind-script.ts';
import { quoteName, sameName } from '../../../engine/model/filter/words.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import { rangeOf } from '../../convert.ts';
import { CompletionItemKind, InsertTextFormat, MarkupKind } from '../connector/json-service.ts';
import { openFilter, type OpenFilter } from './document.ts';
import { caretAt, type Caret } from './place.ts';
import { scriptItems } from './script-items.ts';
import { referenceItems } from './reference-items.ts';
import { linkItems, suggestAlias, tableItems } from './table-items.ts';
import { aliasItem, columnsOf, functionItems, parameterItem, valueItems } from './value-items.ts';
import { meaningOfWord } from './word-meanings.ts';

/** Writes one item of a list: `text` replaces what stands at the caret, or `span`. */
export type Write = (item: Omit<CompletionItem, 'textEdit'>, text: string, span?: Span) => CompletionItem;

/** What could stand at `offset`. Works on a text that is not finished. */
export function complete(filter: OpenFilter, offset: number): CompletionItem[] {
  const caret = caretAt(filter.tokens, offset);
  const { place } = caret;
  // Hundreds of items replace the same.
  let replaced: { readonly span: Span; readonly range: Range } | undefined;
  const write: Write = (item, text, span = caret.span) => {
    if (replaced?.span !== span) replaced = { span, range: rangeOf(filter.lines, span) };
    return {
      ...item,
      // Names in quotes are found by their letters; what stands between start and caret is compared with this.
      filterText: item.filterText ?? (filter.text[span.offset] === '"' ? `"${item.label}"` : item.label),
      textEdit: { range: replaced.range, newText: text } satisfies TextEdit,
    };
  };
  const words = (list: readonly string[]): CompletionItem[] =>
    list.map((word, index) => {
      const meaning = meaningOfWord(word);
      const documentation = meaning === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: meaning } };
      return write(
        { label: word, kind: CompletionItemKind.Keyword, ...documentation, sortText: `5${String(index).padStart(2, '0')}` },
        word,
      );
    });
  switch (place.kind) {
    case 'free':
      return [];
    case 'words':
    case 'after':
      return words(place.words);
    case 'script':
      return scriptItems(filter, offset, place.start, write);
    case 'script-start':
      return [write(scriptSnippet, '\\$\\$ return $1 \\$\\$ as ${2:name}'), ...words(scriptTypes)];
    case 'session':
      return sessionNames(filter).map((name) => write({ label: name, kind: CompletionItemKind.Variable }, quoteName(name)));
    case 'table': {
      const known = settled(filter, caret);
      const through =
        caret.section === 'via' ? [...referenceItems(known, caret, place, write), ...linkItems(known, caret, place, write)] : [];
      return [...through, ...tableItems(known, caret, place, write)];
    }
    case 'alias':
      return [suggestAlias(place.table, filter)].map((alias) => write({ label: alias, kind: CompletionItemKind.Variable }, alias));
    case 'column':
      return columnItems(settled(filter, caret), place.table, write);
    case 'table-column': {
      const table = filter.catalog.tables.find((one) => sameName(one.system, place.system) && sameName(one.table, place.table));
      return table ? columnsOf({ ...table, alias: table.table, catalog: table }, filter.catalog, write) : [];
    }
    case 'matched':
      return filter.bound.tables.filter(({ presence }) => presence === 'maybe').map((table) => aliasItem(table, write));
    case 'parameter':
      return filter.bound.parameters.map((parameter) => parameterItem(parameter, write));
    case 'filter':
      return filter.filters.map((name) => write({ label: name, kind: CompletionItemKind.File }, quoteName(name)));
    case 'value':
      return [...valueItems(settled(filter, caret), caret, write), ...functionItems(place.section, write), ...words(place.words)];
  }
}

const scriptSnippet = {
  label: '$$ … $$',
  kind: CompletionItemKind.Snippet,
  detail: 'JavaScript that returns the value',
  insertTextFormat: InsertTextFormat.Snippet,
  sortText: '0',
} as const;

/** The session variables that other filters take values from, and those that every session has. */
function sessionNames({ library, document }: OpenFilter): readonly string[] {
  const documents = [document, ...library.names.flatMap((name) => library.find(name)?.document ?? [])];
  const used = documents.flatMap(({ parameters }) => parameters.flatMap(({ session }) => session ?? []));
  return [...new Set([...used, 'sessionUserName', 'sessionExternalID'])].filter((name) => name !== '').sort();
}

/**
 * The filter with a name in the caret's place where none stands yet: after a dot the next word would be read as the column, and every
 * table after it be lost.
 */
function settled(filter: OpenFilter, { span }: Caret): OpenFilter {
  if (span.length > 0 || filter.text[span.offset - 1] !== '.') return filter;
  const text = `${filter.text.slice(0, span.offset)}x ${filter.text.slice(span.offset)}`;
  return openFilter(filter.uri, readFilter(text), filter.catalog, filter.filters, filter.library);
}

/** After `alias.`: the table's columns. An anti-joined table has some too, in its own `on`. */
function columnItems(filter: OpenFilter, alias: string, write: Write): CompletionItem[] {
  const table = filter.bound.tables.find((one) => sameName(one.alias, alias));
  return table ? columnsOf(table, filter.catalog, write) : [];
}
