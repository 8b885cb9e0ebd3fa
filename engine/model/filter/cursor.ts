import type { Fix, Name, Problem, Span } from '../text/problem.ts';
import type { Token } from './tokens.ts';
import { partWords, reservedWords } from './words.ts';

/** Walks over the tokens of one text and collects what is wrong with them. */
export interface Cursor {
  readonly problems: readonly Problem[];
  /** The token ahead, or one further on. */
  peek(ahead?: number): Token;
  next(): Token;
  /** Whether the token ahead is one of these words, unquoted, in any case. */
  isWord(...words: readonly string[]): boolean;
  isSymbol(...symbols: readonly string[]): boolean;
  acceptWord(word: string): Token | undefined;
  acceptSymbol(symbol: string): Token | undefined;
  /** Takes the word or symbol, or says that it is missing. */
  expectWord(word: string, where: string): boolean;
  expectSymbol(symbol: string, where: string): boolean;
  /** A name; after a dot or `as`, where `anyWord` holds, reserved words are names too. */
  acceptName(anyWord?: boolean): Name | undefined;
  /** A name, or an empty one and a problem that says what was expected. */
  expectName(what: string, anyWord?: boolean): Name;
  /** Where the last token ended. */
  end(): number;
  /** From an offset to the last token's end. */
  spanFrom(offset: number): Span;
  report(code: string, message: string, span: Span, fixes?: readonly Fix[]): void;
  /** Whether the token ahead begins a part of the filter or ends the text. */
  atPart(): boolean;
  /** Passes over what cannot be read, to the next part; says so once. */
  skipToPart(message: string): void;
}

export function createCursor(tokens: readonly Token[], earlier: readonly Problem[]): Cursor {
  const problems: Problem[] = [...earlier];
  // A tokenizer always ends its list with an end token.
  const last: Token = tokens.at(-1) ?? { kind: 'end', value: '', span: { offset: 0, length: 0 } };
  let index = 0;
  let lastEnd = 0;
  let lastReport = -1;

  const cursor: Cursor = {
    problems,
    peek: (ahead = 0) => tokens[index + ahead] ?? last,
    next() {
      const token = cursor.peek();
      if (token.kind !== 'end') {
        index++;
        lastEnd = token.span.offset + token.span.length;
      }
      return token;
    },
    isWord(...words) {
      const token = cursor.peek();
      return token.kind === 'word' && words.includes(token.value.toLowerCase());
    },
    isSymbol(...symbols) {
      const token = cursor.peek();
      return token.kind === 'symbol' && symbols.includes(token.value);
    },
    acceptWord: (word) => (cursor.isWord(word) ? cursor.next() : undefined),
    acceptSymbol: (symbol) => (cursor.isSymbol(symbol) ? cursor.next() : undefined),
    expectWord(word, where) {
      if (cursor.acceptWord(word)) return true;
      cursor.report('syntax', `"${word}" is expected ${where}.`, cursor.peek().span);
      return false;
    },
    expectSymbol(symbol, where) {
      if (cursor.acceptSymbol(symbol)) return true;
      cursor.report('syntax', `"${symbol}" is expected ${where}.`, cursor.peek().span);
      return false;
    },
    acceptName(anyWord = false) {
      const { kind, value, span } = cursor.peek();
      const isName = kind === 'name' || (kind === 'word' && (anyWord || !reservedWords.has(value.toLowerCase())));
      if (!isName) return undefined;
      cursor.next();
      if (value === '') cursor.report('syntax', 'A name cannot be empty.', span);
      return { text: value, span };
    },
    expectName(what, anyWord = false) {
      const name = cursor.acceptName(anyWord);
      if (name) return name;
      const { kind, value, span } = cursor.peek();
      const reserved = kind === 'word' && !cursor.atPart();
      cursor.report(
        'syntax',
        `${what} is expected here.${reserved ? ` "${value}" is a word of the language; as a name it needs double quotes.` : ''}`,
        span,
      );
      return { text: '', span: { offset: span.offset, length: 0 } };
    },
    end: () => lastEnd,
    spanFrom: (offset) => ({ offset, length: Math.max(lastEnd - offset, 0) }),
    report(code, message, span, fixes) {
      // One mistake often trips several rules at one place; the first says it best.
      if (code === 'syntax' && span.offset === lastReport) return;
      if (code === 'syntax') lastReport = span.offset;
      problems.push({ code, severity: 'error', message, span, ...(fixes && { fixes }) });
    },
    atPart() {
      const { kind, value } = cursor.peek();
      return kind === 'end' || (kind === 'word' && partWords.has(value.toLowerCase()));
    },
    skipToPart(message) {
      if (cursor.atPart()) return;
      cursor.report('syntax', message, cursor.peek().span);
      while (!cursor.atPart()) cursor.next();
    },
  };
  return cursor;
}
