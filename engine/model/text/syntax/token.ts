/** `string` stands in double quotes, `foreign` in quotes JSON does not know, `word` in none. */
export type TokenKind = Opening | Closing | ',' | ':' | ';' | 'string' | 'foreign' | 'word';

export type Opening = '{' | '[';
export type Closing = '}' | ']';

/** A piece of a text that may not be JSON. */
export interface Token {
  readonly kind: TokenKind;
  readonly offset: number;
  /** The offset behind its last unit. */
  readonly end: number;
  /** It is not written, but was meant. */
  readonly implied?: boolean;
}

export const closingOf: Readonly<Record<Opening, Closing>> = { '{': '}', '[': ']' };

export function isOpening(kind: TokenKind): kind is Opening {
  return kind === '{' || kind === '[';
}

export function isClosing(kind: TokenKind): kind is Closing {
  return kind === '}' || kind === ']';
}

/** Something with a value's place: a text, a word, or the beginning of an object or array. */
export function beginsValue(kind: TokenKind): boolean {
  return isText(kind) || isOpening(kind);
}

/** What may be meant as a name. */
export function isText(kind: TokenKind): boolean {
  return kind === 'string' || kind === 'foreign' || kind === 'word';
}
