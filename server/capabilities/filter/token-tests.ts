import type { Token } from '../../../engine/model/filter/tokens.ts';

/** Whether a token is one of these words, unquoted, in any case. */
export function isWord(token: Token, ...words: readonly string[]): boolean {
  return token.kind === 'word' && words.includes(token.value.toLowerCase());
}

export function isSymbol(token: Token, ...symbols: readonly string[]): boolean {
  return token.kind === 'symbol' && symbols.includes(token.value);
}
