import type { Problem, Span } from '../text/problem.ts';

/**
 * `word`: unquoted; `name`: in double quotes; `text`: in single quotes; `parameter`: after `@`; `script`: between `$$`. Symbols are
 * operators and punctuation. The last token is `end`.
 */
export type TokenKind = 'word' | 'name' | 'text' | 'number' | 'parameter' | 'script' | 'symbol' | 'unknown' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** What it means: without quotes, escapes resolved, `!=` as `<>` and `==` as `=`. */
  readonly value: string;
  readonly span: Span;
}

/** A comment as written, with its marks. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
  readonly problems: readonly Problem[];
}

const blank = /[\s\uFEFF]+/uy;
const word = /[\p{L}_][\p{L}\p{N}\p{M}_]*/uy;
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const parameter = /@([\p{L}_][\p{L}\p{N}\p{M}_]*)?/uy;
const symbol = /<>|<=|>=|!=|==|\|\||[(),.*=<>+\-/;[\]]/y;
const lineComment = /--[^\r\n]*/y;
const lineRest = /[^\r\n]*/y;

/** The text that was split last: an editor parses the text, and then asks about its tokens. */
let latest: { readonly text: string; readonly tokens: Tokens } | undefined;

/** Splits a text into tokens. Never fails: what cannot be read becomes an `unknown` token and a problem. */
export function tokenize(text: string): Tokens {
  if (latest?.text !== text) latest = { text, tokens: split(text) };
  return latest.tokens;
}

function split(text: string): Tokens {
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  const problems: Problem[] = [];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const push = (kind: TokenKind, value: string, length: number): void => {
    tokens.push({ kind, value, span: { offset: at, length } });
    at += length;
  };
  const problem = (message: string, length: number): void => {
    problems.push({ code: 'syntax', severity: 'error', message, span: { offset: at, length } });
  };
  /** From an opening mark to its closing one; a doubled closing mark stands for itself. Without an end, the line is taken. */
  const quoted = (kind: TokenKind, mark: string, what: string): void => {
    let end = at + mark.length;
    for (;;) {
      const close = text.indexOf(mark, end);
      if (close < 0) {
        const length = Math.max(match(lineRest)?.[0].length ?? 0, 1);
        problem(`${what} is never closed: ${mark === '$$' ? '$$' : `a ${mark}`} is missing.`, length);
        push(kind, text.slice(at + mark.length, at + length).replaceAll(mark + mark, mark), length);
        return;
      }
      if (mark === '$$' || text[close + 1] !== mark) {
        push(kind, text.slice(at + mark.length, close).replaceAll(mark + mark, mark), close + mark.length - at);
        return;
      }
      end = close + 2;
    }
  };

  while (at < text.length) {
    // Nearly all of a filter is ASCII, and the expressions for everything else take several times as long.
    const code = text.charCodeAt(at);
    if (isAsciiBlank(code)) {
      at++;
      continue;
    }
    const space = code < 128 ? null : match(blank);
    if (space) {
      at += space[0].length;
      continue;
    }
    const asciiWord = isAsciiLetter(code) ? asciiWordEnd(text, at) : undefined;
    if (asciiWord !== undefined) {
      push('word', text.slice(at, asciiWord), asciiWord - at);
      continue;
    }
    if (isLoneSymbol(text, at)) {
      push('symbol', text.charAt(at), 1);
      continue;
    }
    const comment = code === minus ? match(lineComment)?.[0] : code === slash ? blockComment(text, at) : undefined;
    if (comment !== undefined) {
      if (comment.startsWith('/*') && (comment.length < 4 || !comment.endsWith('*/'))) {
        problem('This comment is never closed: */ is missing.', comment.length);
      }
      comments.push({ text: comment, span: { offset: at, length: comment.length } });
      at += comment.length;
      continue;
    }
    const found = match(word) ?? match(number);
    if (found) push(/^[.\d]/.test(found[0]) ? 'number' : 'word', found[0], found[0].length);
    else if (text[at] === "'") quoted('text', "'", 'This text');
    else if (text[at] === '"') quoted('name', '"', 'This name');
    else if (text.startsWith('$$', at)) quoted('script', '$$', 'This script');
    else if (text[at] === '@') named(match(parameter));
    else {
      const mark = match(symbol)?.[0];
      if (mark !== undefined) push('symbol', mark === '!=' ? '<>' : mark === '==' ? '=' : mark, mark.length);
      else unreadable();
    }
  }
  // What is missing at the end is missing after the last word, not after the blanks and comments behind it.
  const last = tokens.at(-1)?.span;
  tokens.push({ kind: 'end', value: '', span: { offset: last ? last.offset + last.length : 0, length: 0 } });
  return { tokens: withoutFillers(tokens), comments, problems };

  function named(found: RegExpExecArray | null): void {
    if (text[at + 1] === '"') {
      // A parameter whose name is no plain word: @"my name".
      at += 1;
      quoted('parameter', '"', 'This name');
      const last = tokens.pop();
      if (last) tokens.push({ ...last, span: { offset: last.span.offset - 1, length: last.span.length + 1 } });
      return;
    }
    const name = found?.[1] ?? '';
    if (name === '') problem('A parameter is written @name.', 1);
    push('parameter', name, name.length + 1);
  }

  function unreadable(): void {
    // Not codePointAt: optimised, it reads past the end of a text that was cut between the halves of a character.
    const pair = text.slice(at, at + 2);
    const character = /^[\ud800-\udbff][\udc00-\udfff]$/.test(pair) ? pair : pair.slice(0, 1);
    const shown = /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character) ? ` "${character}"` : '';
    const hint = character === '`' ? ' Names that are no plain words stand in double quotes.' : '';
    // A run of unreadable characters is one problem, not hundreds.
    const last = tokens.at(-1);
    if (last?.kind === 'unknown' && last.span.offset + last.span.length === at) {
      tokens.pop();
      tokens.push({ ...last, span: { offset: last.span.offset, length: last.span.length + character.length } });
      at += character.length;
      return;
    }
    problem(`The character${shown} means nothing here.${hint}`, character.length);
    push('unknown', character, character.length);
  }
}

const fillers: ReadonlySet<string> = new Set(['inner', 'outer']);

/**
 * The `inner` of `inner join` and the `outer` of `left outer join` say nothing that is not said without them: they are read over, and a formatted
 * text has none. After a dot or `as` they are names.
 */
function withoutFillers(tokens: readonly Token[]): readonly Token[] {
  const wordAt = (index: number): string =>
    tokens[index]?.kind === 'word' ? tokens[index].value.toLowerCase() : (tokens[index]?.value ?? '');
  return tokens.filter((token, i) => {
    if (token.kind !== 'word' || !fillers.has(token.value.toLowerCase()) || wordAt(i + 1) !== 'join') return true;
    const before = wordAt(i - 1);
    return token.value.toLowerCase() === 'inner' ? before === '.' || before === 'as' : before !== 'left';
  });
}

const minus = 0x2d;
const slash = 0x2f;

function isAsciiBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** Letters and `_`. */
function isAsciiLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}

/** A symbol that is not the beginning of a longer one, nor of a number. */
function isLoneSymbol(text: string, at: number): boolean {
  const mark = text.charAt(at);
  return mark === '.' ? !/\d/.test(text.charAt(at + 1)) : '(),*+;[]'.includes(mark);
}

/** Where the word that begins at `start` ends; undefined where anything but ASCII touches it, which may belong to it. */
function asciiWordEnd(text: string, start: number): number | undefined {
  for (let end = start + 1; ; end++) {
    // NaN behind the end of the text.
    const code = text.charCodeAt(end);
    if (isAsciiLetter(code) || (code >= 0x30 && code <= 0x39)) continue;
    return code >= 128 ? undefined : end;
  }
}

function blockComment(text: string, at: number): string | undefined {
  if (!text.startsWith('/*', at)) return undefined;
  const end = text.indexOf('*/', at + 2);
  return text.slice(at, end < 0 ? text.length : end + 2);
}
