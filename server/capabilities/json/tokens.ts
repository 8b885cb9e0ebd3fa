import { createScanner } from 'jsonc-parser';
import type { Span } from '../../../engine/model/text/problem.ts';

/** The pieces of a JSON text between its blanks. `value` is any literal, also one that is none yet. */
export type JsonTokenKind = 'open' | 'close' | 'comma' | 'colon' | 'value' | 'line-comment' | 'block-comment';

export interface JsonToken extends Span {
  readonly kind: JsonTokenKind;
  /** The line it begins in, counted from 0, and the one it ends in. */
  readonly line: number;
  readonly endLine: number;
}

/** By the scanner's own numbers, which its declaration offers only as a constant enum; `test/unit/server/json-text.test.ts` holds them. */
const kinds: Readonly<Record<number, JsonTokenKind>> = {
  1: 'open',
  2: 'close',
  3: 'open',
  4: 'close',
  5: 'comma',
  6: 'colon',
  12: 'line-comment',
  13: 'block-comment',
};
const trivia = new Set([14, 15]);
const endOfFile = 17;

/** Splits a JSON text, comments included. Never fails, whatever the text. */
export function jsonTokens(text: string): readonly JsonToken[] {
  // A byte order mark is no token; a blank in its place keeps every offset.
  const scanner = createScanner(text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text, false);
  const tokens: JsonToken[] = [];
  for (;;) {
    const token: number = scanner.scan();
    if (token === endOfFile) return tokens;
    if (trivia.has(token)) continue;
    const offset = scanner.getTokenOffset();
    const length = scanner.getTokenLength();
    const line = scanner.getTokenStartLine();
    const kind = kinds[token] ?? 'value';
    const endLine = kind === 'block-comment' ? line + lineBreaks(text.slice(offset, offset + length)) : line;
    tokens.push({ kind, offset, length, line, endLine });
  }
}

function lineBreaks(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
