import type { Span } from '../../../engine/model/text/problem.ts';
import { breakLine, evenOut, longestLine, matchBrackets, type Layout } from './layout.ts';
import { jsonTokens, type JsonToken } from './tokens.ts';

/** How a formatted text is written. */
export interface FormatOptions {
  /** What one level is indented by. */
  readonly unit: string;
  /** Columns a tab takes. */
  readonly tabSize: number;
  /** Empty lines at the end go, too. */
  readonly trimEnd?: boolean;
}

/** Lines counted from 0, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Replaces a stretch of blanks. */
export interface Edit extends Span {
  readonly text: string;
}

/**
 * Formats a JSON text that is whole, touching only blanks, and only where they are wrong: indentation, blanks around colons and commas and
 * at the end of lines, the line break at the end of the file. Lines stay as their author broke them, short objects and arrays in one line;
 * a line that is too long is broken. With `range` only those lines change, and they follow the lines around them.
 */
export function formatJson(text: string, options: FormatOptions, range?: LineRange): readonly Edit[] {
  const tokens = jsonTokens(text);
  const last = tokens.at(-1);
  if (!last) return [];
  const inRange = (line: number): boolean => !range || (range.first <= line && line <= range.last);
  const gaps = tokens.map((token, index) => text.slice(endOf(tokens[index - 1], text), token.offset));
  const layout: Layout = {
    tokens,
    match: matchBrackets(tokens),
    breaks: tokens.map(({ line }, index) => index === 0 || line !== tokens[index - 1]?.endLine),
    may: (index) => inRange(tokens[index]?.line ?? 0),
  };
  const indents = layOut(layout, gaps, options, inRange);
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const edits: Edit[] = [];
  const replace = (offset: number, old: string, wanted: string): void => {
    if (old !== wanted) edits.push({ offset, length: old.length, text: wanted });
  };
  /** Blanks between two tokens over several lines: nothing but the indentation of the last one stays. */
  const clean = (offset: number, gap: string, line: number, indent: string): void => {
    let at = offset;
    const pieces = gap.split(/(\r\n|\n|\r)/);
    pieces.forEach((piece, index) => {
      if (index % 2 === 0 && inRange(line + index / 2)) replace(at, piece, index === pieces.length - 1 ? indent : '');
      at += piece.length;
    });
  };
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    const gap = gaps[index] ?? '';
    const start = token.offset - gap.length;
    const indent = indents[index];
    if (indent === undefined) {
      if (inRange(token.line)) replace(start, gap, inline(layout, gaps, index));
    } else if (!before || before.endLine !== token.line) clean(start, gap, before?.endLine ?? 0, indent);
    else replace(start, gap, eol + indent);
  });
  const end = endOf(last, text);
  const tail = text.slice(end);
  if (!/[\r\n]/.test(tail)) {
    if (inRange(last.endLine)) replace(end, tail, eol);
  } else if (options.trimEnd === true && inRange(last.endLine)) replace(end, tail, /\r\n|\n|\r/.exec(tail)?.[0] ?? eol);
  else clean(end, tail, last.endLine, '');
  return edits;
}

/** Breaks lines until they fit. The result has the indentation of each token that begins a line, undefined for the others. */
function layOut(
  layout: Layout,
  gaps: readonly string[],
  options: FormatOptions,
  inRange: (line: number) => boolean,
): readonly (string | undefined)[] {
  const { tokens } = layout;
  for (;;) {
    evenOut(layout);
    const indents = indentsOf(layout, gaps, options.unit, inRange);
    let changed = false;
    let start = 0;
    let width = 0;
    for (let index = 0; index <= tokens.length; index++) {
      const indent = indents[index];
      if (index === tokens.length || indent !== undefined) {
        if (width > longestLine && breakLine(layout, start, index - 1)) changed = true;
        start = index;
        width = (indent ?? '').replaceAll('\t', ' '.repeat(options.tabSize)).length;
      } else width += inline(layout, gaps, index).length;
      const token = tokens[index];
      // The lines of a comment are its own.
      width += token && token.line === token.endLine ? token.length : 0;
    }
    if (!changed) return indents;
  }
}

/** One level more than the line that holds the bracket around it; lines out of the range keep what they have. */
function indentsOf(
  { tokens, breaks }: Layout,
  gaps: readonly string[],
  unit: string,
  inRange: (line: number) => boolean,
): readonly (string | undefined)[] {
  const around: string[] = [];
  let current = '';
  return tokens.map(({ kind, line }, index) => {
    const begins = breaks[index] === true;
    if (begins) {
      const outer = around.at(-1);
      const wanted = outer === undefined ? '' : kind === 'close' ? outer : outer + unit;
      current = inRange(line) ? wanted : (/[^\r\n]*$/.exec(gaps[index] ?? '')?.[0] ?? '');
    }
    if (kind === 'open') around.push(current);
    else if (kind === 'close') around.pop();
    return begins ? current : undefined;
  });
}

/** What belongs between a token and the one before it in the same line. */
function inline(layout: Layout, gaps: readonly string[], index: number): string {
  const { tokens, match, breaks } = layout;
  const before = tokens[index - 1]?.kind;
  const kind = tokens[index]?.kind;
  const gap = gaps[index] ?? '';
  // Comments are lined up by hand.
  if (kind?.endsWith('comment') === true) return gap === '' ? ' ' : gap;
  if (before?.endsWith('comment') === true) return gap;
  if (kind === 'comma' || kind === 'colon' || (before === 'open' && kind === 'close')) return '';
  if (before === 'comma' || before === 'colon') return ' ';
  const first = (match[index] ?? index) + 1;
  // A bracket is as far from what it holds as its partner.
  const padding = kind === 'close' && breaks[first] === false && first < index ? inline(layout, gaps, first) : gap;
  return padding === '' ? '' : ' ';
}

function endOf(token: JsonToken | undefined, text: string): number {
  return token ? token.offset + token.length : text.startsWith('\uFEFF') ? 1 : 0;
}
