import { inOrder } from '../text/edits.ts';
import type { Edit, Span } from '../text/problem.ts';
import { clausesOf } from './format-clauses.ts';
import type { KeywordCase } from './format-flat.ts';
import { indentAfter, layOut } from './format-layout.ts';
import { createLines } from './format-lines.ts';
import { piecesOf } from './format-pieces.ts';
import { parseFilter } from './parse.ts';
import { tokenize } from './tokens.ts';

export interface FilterFormat {
  /** Where lines are broken, in UTF-16 units; default 100. */
  readonly width?: number;
  /** How the words of the language are written; default: as their author did. */
  readonly keywords?: KeywordCase;
}

/**
 * A filter in the one layout all filters have: the words of clauses lined up, a join a line, one column and one condition a line where they do not fit
 * into one. Comments, groups of lines, names, values and scripts stay as they are. A text that cannot be read to its end is given back as it is.
 */
export function formatFilter(text: string, options: FilterFormat = {}): string {
  if (parseFilter(text).problems.length > 0) return text;
  const formatted = writeFilter(text, options);
  return isSame(text, formatted) ? formatted : text;
}

/** As `formatFilter`, of a text that is known to be whole, without a look at the result. */
export function writeFilter(text: string, { keywords = 'keep', width = 100 }: FilterFormat = {}): string {
  const { pieces, rest } = piecesOf(text);
  const out = createLines();
  const clauses = clausesOf(pieces);
  layOut(clauses, 0, { out, source: text, keywords, width });
  for (const comment of rest) out.comments([comment], comment.column > 0 ? indentAfter(clauses.at(-1), 0) : 0);
  const eol = lineEnd(text);
  return `${text.startsWith('\uFEFF') ? '\uFEFF' : ''}${out.lines.join(eol)}${eol}`;
}

/** How lines end: as the first one does outside of names, values and scripts, which may hold any. */
function lineEnd(text: string): string {
  const first = /\r\n|\n|\r/;
  let end = 0;
  for (const { offset, length } of [...stretches(text), { offset: text.length, length: 0 }]) {
    const found = first.exec(text.slice(end, offset));
    if (found) return found[0];
    end = offset + length;
  }
  return first.exec(text)?.[0] ?? '\n';
}

/** The edits that format a text, each of the blanks between two tokens; with `within` only those that touch it. */
export function formatEdits(text: string, options: FilterFormat = {}, within?: Span): readonly Edit[] {
  const formatted = formatFilter(text, options);
  if (formatted === text) return [];
  const [before, after] = [stretches(text), stretches(formatted)];
  const edits: Edit[] = [];
  let [start, other] = [0, 0];
  const replace = (end: number, by: string): void => {
    if (text.slice(start, end) !== by) edits.push({ span: { offset: start, length: end - start }, text: by });
  };
  for (const [index, span] of before.entries()) {
    const twin = after[index];
    if (twin?.kind !== span.kind) return within ? [] : [{ span: { offset: 0, length: text.length }, text: formatted }];
    replace(span.offset, formatted.slice(other, twin.offset));
    start = span.offset;
    replace(span.offset + span.length, formatted.slice(twin.offset, twin.offset + twin.length));
    [start, other] = [span.offset + span.length, twin.offset + twin.length];
  }
  replace(text.length, formatted.slice(other));
  const touches = ({ span }: Edit): boolean =>
    !within || (span.offset <= within.offset + within.length && within.offset <= span.offset + span.length);
  return inOrder(edits.filter(touches));
}

/** Tokens and comments in the order of the text. */
function stretches(text: string): readonly (Span & { readonly kind: string })[] {
  const { tokens, comments } = tokenize(text);
  return [
    ...tokens.flatMap(({ kind, span }) => (kind === 'end' ? [] : [{ ...span, kind }])),
    ...comments.map(({ span, text: comment }) => ({ ...span, kind: comment.slice(0, 2) })),
  ].sort((a, b) => a.offset - b.offset);
}

/** Whether two texts hold the same tokens and comments: nothing but blanks and the case of the language's words may differ. */
export function isSame(text: string, formatted: string): boolean {
  const [before, after] = [tokenize(text), tokenize(formatted)];
  const fold = (kind: string, value: string): string => (kind === 'word' ? value.toLowerCase() : value);
  return (
    before.tokens.length === after.tokens.length &&
    before.comments.length === after.comments.length &&
    before.tokens.every(({ kind, value }, index) => {
      const other = after.tokens[index];
      return other?.kind === kind && fold(kind, other.value) === fold(kind, value);
    }) &&
    before.comments.every((comment, index) => comment.text.trimEnd() === after.comments[index]?.text)
  );
}
