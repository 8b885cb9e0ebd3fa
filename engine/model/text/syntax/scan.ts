import { commentAt, type Comment } from './comments.ts';
import type { Fault } from './fault.ts';
import { checkInvisible, isInvisible } from './invisible.ts';
import { checkForeign, familyOf, foreignEnd, longestForeign } from './quotes.ts';
import { createSource } from './source.ts';
import { scanString, scanUnopened } from './strings.ts';
import type { Token, TokenKind } from './token.ts';

/** A text in pieces, and what is wrong with single ones. */
export interface Scan {
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
  readonly faults: readonly Fault[];
  /** Stretches that are told already: what seems wrong there follows from it. */
  readonly told: readonly Stretch[];
  /** Where a piece ends was guessed from what stands beyond it. */
  readonly guessed: boolean;
}

export interface Stretch {
  readonly offset: number;
  readonly end: number;
}

/** Takes a text apart, JSON or not. Every unit belongs to a piece, a comment or a space. */
export function scan(text: string): Scan {
  const source = createSource(text);
  const { lineEnd } = source;
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  const faults: Fault[] = [];
  const told: Stretch[] = [];
  let guessed = false;
  /** By family of quotes: up to where nothing closes one. */
  const noneUntil = new Map<string, number>();
  const push = (kind: TokenKind, offset: number, end: number): number => {
    tokens.push({ kind, offset, end });
    return end;
  };
  const readString = (quote: number): number => {
    // Most quotes stand behind a space or a bracket, and open a text.
    const unopened = text.charCodeAt(quote - 1) > 32 ? scanUnopened(text, quote, behindTexts(text, tokens, quote)) : undefined;
    const offset = unopened?.offset ?? quote;
    while ((tokens.at(-1)?.offset ?? -1) >= offset) tokens.pop();
    const read = unopened ?? scanString(source, quote, tokens.at(-1)?.kind === ':');
    if (read.fault) faults.push(read.fault);
    if (read.guessed) {
      guessed = true;
      told.push({ offset, end: lineEnd(read.end) });
    }
    return push('string', offset, read.end);
  };
  const readForeign = (offset: number, family: string): number | undefined => {
    const stop = Math.min(lineEnd(offset), offset + longestForeign);
    const end = offset < (noneUntil.get(family) ?? 0) ? undefined : foreignEnd(text, offset, family, stop);
    if (end === undefined) {
      guessed = true;
      noneUntil.set(family, stop);
      return undefined;
    }
    // A straight quote is the beginning of another text to who reads it otherwise.
    guessed ||= text[end - 1] === '"';
    faults.push(checkForeign(text, offset, end));
    return push('foreign', offset, end);
  };
  // A byte order mark is legal for editors and invisible to authors.
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const sign = text[at] ?? '';
    if (unit === 32 || unit === 10 || unit === 13 || unit === 9) at++;
    else if (unit === 34) at = readString(at);
    else if (isPunctuation(sign)) at = push(sign, at, at + 1);
    else if (isInvisible(unit)) {
      const { end, fault } = checkInvisible(text, at);
      faults.push(fault);
      told.push({ offset: at, end });
      at = end;
    } else {
      const comment = commentAt(source, at);
      const family = comment ? undefined : familyOf(sign);
      if (comment) {
        comments.push(comment);
        guessed ||= !comment.closed;
        at = comment.end;
      } else at = (family !== undefined ? readForeign(at, family) : undefined) ?? push('word', at, wordEnd(text, at));
    }
  }
  return { tokens, comments, faults, told, guessed };
}

/** Where the last text before a quote ends, or the line begins. */
function behindTexts(text: string, tokens: readonly Token[], quote: number): number {
  for (let index = tokens.length - 1; index >= 0; index--) {
    const token = tokens[index];
    const next = tokens[index + 1]?.offset ?? quote;
    if (!token || /[\r\n]/.test(text.slice(token.end, next))) return next;
    if (token.kind === 'string' || token.kind === 'foreign') return token.end;
  }
  return tokens[0]?.offset ?? quote;
}

type Punctuation = '{' | '}' | '[' | ']' | ',' | ':' | ';';

function isPunctuation(sign: string): sign is Punctuation {
  return '{}[],:;'.includes(sign);
}

/** A variable as templates have it, or the beginning of an address: both hold signs that otherwise end a word. */
const variable = /\{[\w.:]*\}/y;
const address = /[a-z][a-z+.-]*:\/\//iy;

function wordEnd(text: string, offset: number): number {
  address.lastIndex = offset;
  const scheme = address.exec(text);
  let at = scheme ? offset + scheme[0].length : offset;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const sign = text[at] ?? '';
    if (sign === '{' && at > offset) {
      variable.lastIndex = at;
      const found = variable.exec(text);
      if (!found) break;
      at += found[0].length;
      continue;
    }
    if (unit <= 34 && unit !== 33) break;
    if (isPunctuation(sign) || (unit >= 127 && isInvisible(unit))) break;
    if (sign === '/' && at > offset && (text[at + 1] === '/' || text[at + 1] === '*')) break;
    at++;
  }
  return Math.max(at, offset + 1);
}
