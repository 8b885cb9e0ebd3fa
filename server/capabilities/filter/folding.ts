import type { FoldingRange } from 'vscode-languageserver/node';
import type { Span } from '../../../engine/model/text/problem.ts';
import { pairsIn } from './brackets.ts';
import { clausesIn } from './clauses.ts';
import type { OpenFilter } from './document.ts';
import { pairsInScript } from './script-brackets.ts';

/** Clauses, brackets, `case … end`, scripts and comments over several lines. Works on a text that is not finished. */
export function foldFilter({ tokens: { tokens, comments, problems }, lines }: OpenFilter): FoldingRange[] {
  const byLine = new Map<number, FoldingRange>();
  const lineOf = (offset: number): number => lines.positionAt(offset).line;
  const endOf = ({ offset, length }: Span): number => lineOf(offset + length);
  const add = (startLine: number, endLine: number, kind?: 'comment'): void => {
    const known = byLine.get(startLine);
    // An editor takes one fold per line: the outermost.
    if (endLine > startLine && (!known || known.endLine < endLine)) byLine.set(startLine, { startLine, endLine, ...(kind && { kind }) });
  };
  for (const { span } of clausesIn(tokens)) add(lineOf(span.offset), endOf(span));
  // What closes stays visible below its fold.
  for (const { open, close } of pairsIn(tokens)) add(lineOf(open.offset), lineOf(close.offset) - 1);
  const unclosed = new Set(problems.map(({ span }) => span.offset));
  for (const { kind, span, value } of tokens) {
    if (kind !== 'script' || unclosed.has(span.offset)) continue;
    add(lineOf(span.offset), endOf(span) - 1);
    for (const { open, close } of pairsInScript(value, span.offset + 2)) add(lineOf(open.offset), lineOf(close.offset) - 1);
  }
  let end = -2;
  let start = 0;
  for (const { span, text } of comments) {
    const line = lineOf(span.offset);
    const alone = !tokens.some((token) => token.kind !== 'end' && endOf(token.span) === line && token.span.offset < span.offset);
    if (text.startsWith('/*')) add(line, unclosed.has(span.offset) ? line : endOf(span), 'comment');
    else if (alone) {
      if (line !== end + 1) start = line;
      end = line;
      add(start, line, 'comment');
    }
  }
  return [...byLine.values()].sort((a, b) => a.startLine - b.startLine);
}
