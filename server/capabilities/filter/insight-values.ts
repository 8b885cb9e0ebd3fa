import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver/node';
import { quoteText, reservedWords, sameName } from '../../../engine/model/filter/words.ts';
import { everyPart, partsOf } from '../../../engine/model/filter/tree.ts';
import type { Token } from '../../../engine/model/filter/tokens.ts';
import type { ColumnType } from '../../../engine/model/connector/connector.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import type { ColumnFacts } from '../../../engine/run/filter/insight/column-facts.ts';
import { rangeOf } from '../../convert.ts';
import type { ColumnAsked } from '../../column-memory.ts';
import { counted } from '../connector/collected.ts';
import type { OpenFilter } from './document.ts';
import { isSymbol, isWord } from './token-tests.ts';

/** A place where a value of a column is expected. */
export interface ValuePlace {
  readonly column: ColumnAsked;
  readonly type: ColumnType;
  /** What a value replaces: what is typed of it so far. */
  readonly span: Span;
  /** Values of the list that are there already, as tokens have them. */
  readonly present: ReadonlySet<string>;
}

/** The column whose value belongs at `offset`: behind a comparison, `like`, `between`, within `in (…)`, and in functions that compare texts. */
export function valuePlaceAt(filter: OpenFilter, offset: number): ValuePlace | undefined {
  const { tokens: all, comments, problems } = filter.tokens;
  if (comments.some(({ span }) => span.offset < offset && offset <= span.offset + span.length)) return undefined;
  const tokens = all.filter(({ kind }) => kind !== 'end');
  const at = tokens.find(({ span }) => span.offset < offset && offset <= span.offset + span.length);
  const end = at ? at.span.offset + at.span.length : offset;
  // A text that is never closed was read to the end of its line.
  const open = at?.kind === 'text' && problems.some(({ span }) => span.offset === at.span.offset);
  if (at && (at.kind === 'script' || at.kind === 'parameter' || (at.kind === 'text' && offset === end && !open))) return undefined;
  const partial = at && at.kind !== 'symbol' ? at : undefined;
  const span = !partial
    ? { offset, length: 0 }
    : open
      ? { offset: partial.span.offset, length: offset - partial.span.offset }
      : partial.span;
  const before = tokens.filter((token) => token !== partial && token.span.offset < offset);
  const declared = parameterBefore(filter, before);
  if (declared) return { ...declared, span, present: new Set() };
  const found = operandBefore(before);
  const column = found && columnOf(filter, before, found.end);
  if (!found || !column) return undefined;
  const later = tokens.filter((token) => token !== partial && token.span.offset >= offset && !open);
  return { ...column, span, present: found.list ? new Set([...valuesBefore(before), ...valuesAfter(later)]) : new Set() };
}

/** `parameter status text default |`: a column that the filter compares it with. */
function parameterBefore({ bound }: OpenFilter, before: readonly Token[]): Pick<ValuePlace, 'column' | 'type'> | undefined {
  const last = before.at(-1);
  const name = before[before.findLastIndex((token) => isWord(token, 'parameter')) + 1]?.value;
  const { select } = bound;
  if (!last || name === undefined || !select || !isWord(last, 'default')) return undefined;
  const conditions = [select.where, ...select.joins.map(({ on }) => on)].flatMap((one) => (one ? [...everyPart(one)] : []));
  for (const part of conditions) {
    if (part.kind !== 'compare' && part.kind !== 'in' && part.kind !== 'like') continue;
    const sides = partsOf(part);
    if (!sides.some((side) => side.kind === 'parameter' && sameName(side.name, name))) continue;
    const meaning = sides.flatMap((side) => (side.kind === 'column' ? (bound.meanings.get(side) ?? []) : []))[0];
    if (meaning?.kind !== 'column') continue;
    const { system, table } = meaning.table;
    return { column: { system, table, column: meaning.column.name }, type: meaning.column.type };
  }
  return undefined;
}

const comparisons = ['=', '<>', '<', '<=', '>', '>='];

/** Where the compared value ends, as the count of tokens before it; `list`: within `in (…)`. */
function operandBefore(before: readonly Token[]): { readonly end: number; readonly list: boolean } | undefined {
  const last = before.at(-1);
  if (!last) return undefined;
  const beside = (count: number): number => {
    const token = before[before.length - count - 1];
    return before.length - count - (token && isWord(token, 'not') ? 1 : 0);
  };
  if (isSymbol(last, ...comparisons)) return { end: before.length - 1, list: false };
  if (isWord(last, 'like', 'between')) return { end: beside(1), list: false };
  const [third, second] = [before.at(-3), before.at(-2)];
  if (isWord(last, 'and') && third && second && isValue(second) && isWord(third, 'between')) return { end: beside(3), list: false };
  if (!isSymbol(last, '(', ',')) return undefined;
  let index = before.length - 1;
  while (index > 0 && (isSymbol(before[index] ?? last, ',') || isValue(before[index] ?? last))) index--;
  const [bracket, word] = [before[index], before[index - 1]];
  if (bracket && word && isSymbol(bracket, '(') && isWord(word, 'in')) return { end: beside(before.length - index + 1), list: true };
  return argumentBefore(before);
}

/** `contains(p.mail, |` */
function argumentBefore(before: readonly Token[]): { readonly end: number; readonly list: boolean } | undefined {
  const last = before.at(-1);
  if (!last || !isSymbol(last, ',')) return undefined;
  const dotted = isSymbol(before.at(-3) ?? last, '.');
  const [bracket, word] = [before.at(dotted ? -5 : -3), before.at(dotted ? -6 : -4)];
  if (!bracket || !word || !isSymbol(bracket, '(') || !isWord(word, 'contains', 'starts_with', 'ends_with')) return undefined;
  return { end: before.length - 1, list: false };
}

function isValue(token: Token): boolean {
  return token.kind === 'text' || token.kind === 'number' || token.kind === 'parameter' || isWord(token, 'true', 'false', 'null');
}

function valuesBefore(before: readonly Token[]): readonly string[] {
  const open = before.findLastIndex((token) => isSymbol(token, '('));
  return before.slice(open + 1).flatMap((token) => (isValue(token) ? [token.value] : []));
}

function valuesAfter(later: readonly Token[]): readonly string[] {
  const close = later.findIndex((token) => !isSymbol(token, ',') && !isValue(token));
  return later.slice(0, close < 0 ? undefined : close).flatMap((token) => (isValue(token) ? [token.value] : []));
}

/** The column that ends at token `end`. */
function columnOf({ bound }: OpenFilter, tokens: readonly Token[], end: number): Pick<ValuePlace, 'column' | 'type'> | undefined {
  const [name, dot, owner] = [tokens[end - 1], tokens[end - 2], tokens[end - 3]];
  if (!name || (name.kind !== 'word' && name.kind !== 'name')) return undefined;
  const dotted = dot !== undefined && isSymbol(dot, '.');
  if (!dotted && name.kind === 'word' && reservedWords.has(name.value.toLowerCase())) return undefined;
  const tables = dotted ? bound.tables.filter(({ alias }) => owner && sameName(alias, owner.value)) : bound.tables;
  const found = tables.flatMap((table) =>
    (table.catalog?.columns ?? []).filter((column) => sameName(column.name, name.value)).map((column) => ({ table, column })),
  );
  const [only, another] = found;
  if (!only || (another && !dotted)) return undefined;
  const { system, table } = only.table;
  return { column: { system, table, column: only.column.name }, type: only.column.type };
}

/** The values of the column, the most frequent first, each as the language writes it; without those that are in the list already. */
export function valueCompletions(filter: OpenFilter, { type, span, present }: ValuePlace, facts: ColumnFacts): CompletionItem[] {
  const typed = filter.text.slice(span.offset, span.offset + span.length);
  return facts.values.flatMap(({ value, rows }, index): readonly CompletionItem[] => {
    const text = literalOf(value, type);
    if (text === undefined || present.has(String(value)) || present.has(text)) return [];
    return [
      {
        label: text,
        kind: CompletionItemKind.Value,
        detail: counted(rows),
        sortText: `00${String(index).padStart(4, '0')}`,
        // What is typed is compared with this, with its quote or without.
        filterText: typed === '' || typed.startsWith("'") ? text : String(value),
        textEdit: { range: rangeOf(filter.lines, span), newText: text },
      },
    ];
  });
}

/** A value as the language writes it; undefined for one that is not of its column's type, which a comparison would take for null. */
function literalOf(value: string | number, type: ColumnType): string | undefined {
  switch (type) {
    case 'number':
      return typeof value === 'number' ? String(value) : undefined;
    case 'boolean':
      return value === 1 ? 'true' : value === 0 ? 'false' : undefined;
    case 'date':
    case 'datetime':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) ? quoteText(value) : undefined;
    case 'list':
      return undefined;
    default:
      return quoteText(String(value));
  }
}
