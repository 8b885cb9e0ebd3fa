import type { FoldingRange } from 'vscode-languageserver/node';
import { jsonTokens, type JsonToken } from './tokens.ts';

interface Opened {
  readonly mark: string;
  readonly line: number;
  /** Column of the first thing in its line. */
  readonly indent: number;
}

/**
 * Objects and arrays over several lines, block comments, and runs of line comments; what closes stays visible below its fold. While a
 * bracket is missing (the text is not `whole`), the indentation says which ones belong together, so that one open brace does not shift every
 * fold after it.
 */
export function foldJson(text: string, whole: boolean): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const add = (startLine: number, endLine: number, kind?: 'comment'): void => {
    if (endLine > startLine) ranges.push({ startLine, endLine, ...(kind && { kind }) });
  };
  const tokens = jsonTokens(text);
  const stack: Opened[] = [];
  let indent = 0;
  tokens.forEach((token, index) => {
    const first = tokens[index - 1]?.endLine !== token.line;
    if (first) indent = columnOf(text, token.offset);
    const mark = text[token.offset] ?? '';
    if (token.kind === 'open') stack.push({ mark, line: token.line, indent });
    else if (token.kind === 'close') {
      const opened = takeOpened(stack, mark === '}' ? '{' : '[', whole, first ? indent : undefined);
      if (opened) add(opened.line, token.line - 1);
    } else if (token.kind === 'block-comment') add(token.line, token.endLine, 'comment');
    else if (token.kind === 'line-comment' && first) {
      const end = runOfComments(tokens, index);
      if (end !== undefined) add(token.line, end, 'comment');
    }
  });
  return withoutRepeats(ranges);
}

/** Takes the bracket that this one closes from the stack, and those left open above it; `indent` where it is the first of its line. */
function takeOpened(stack: Opened[], mark: string, whole: boolean, indent: number | undefined): Opened | undefined {
  const aligned = !whole && indent !== undefined;
  const index = stack.findLastIndex((one) => one.mark === mark && (!aligned || one.indent === indent));
  // Within a line, only the bracket opened last can be meant.
  if (index < 0 || (!aligned && index < stack.length - 1)) return undefined;
  const opened = stack[index];
  stack.length = index;
  return opened;
}

/** The last line of the line comments that begin here, each alone in its line; undefined inside such a run. */
function runOfComments(tokens: readonly JsonToken[], index: number): number | undefined {
  const alone = (at: number): boolean => {
    const token = tokens[at];
    return token?.kind === 'line-comment' && tokens[at - 1]?.endLine !== token.line;
  };
  const follows = (at: number): boolean => alone(at) && alone(at - 1) && tokens[at]?.line === (tokens[at - 1]?.line ?? -2) + 1;
  if (follows(index)) return undefined;
  let end = index;
  while (follows(end + 1)) end++;
  return tokens[end]?.line;
}

function columnOf(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return offset - start;
}

/** An editor takes one fold per line: the outermost. */
function withoutRepeats(ranges: readonly FoldingRange[]): FoldingRange[] {
  const byLine = new Map<number, FoldingRange>();
  for (const range of ranges) {
    const known = byLine.get(range.startLine);
    if (!known || known.endLine < range.endLine) byLine.set(range.startLine, range);
  }
  return [...byLine.values()].sort((a, b) => a.startLine - b.startLine);
}
