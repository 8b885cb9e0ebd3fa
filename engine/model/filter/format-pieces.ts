import { reservedWords } from './words.ts';
import { tokenize, type Comment, type Token, type TokenKind } from './tokens.ts';

/** A comment that has a line, or the rest of one, to itself. */
export interface HardComment {
  /** As written, without blanks at its end. */
  readonly text: string;
  /** Whether an empty line stands before it. */
  readonly blankBefore: boolean;
  /** Where it begins in its line, in UTF-16 units. */
  readonly column: number;
  /** Blanks before it in its line. */
  readonly gap: number;
}

/** One token as written, or a comment between tokens of one line, with the comments that hang on it. */
export interface Piece {
  readonly kind: TokenKind | 'comment';
  /** As written. */
  readonly text: string;
  /** A word in small letters that means something to the language where it stands; empty for everything else. */
  readonly keyword: string;
  readonly start: number;
  readonly end: number;
  /** Where it begins in its line. */
  readonly column: number;
  /** Whether a new line begins before it. */
  readonly breakBefore: boolean;
  readonly blankBefore: boolean;
  /** Comments in lines of their own before it. */
  leading: HardComment[];
  /** Comments behind it at the end of its line. */
  trailing: HardComment[];
}

/** A filter's text as pieces, and the comments after the last of them. */
export interface Pieces {
  readonly pieces: readonly Piece[];
  readonly rest: readonly HardComment[];
}

/** Takes a text apart; which comment belongs to which token goes by lines. */
export function piecesOf(text: string): Pieces {
  const { tokens, comments } = tokenize(text);
  const pieces: Piece[] = [];
  let leading: HardComment[] = [];
  let end = text.startsWith('\uFEFF') ? 1 : 0;
  let comment = 0;
  let last: Piece | undefined;
  const nameAfter = createNameTracker();
  const piece = (kind: Piece['kind'], written: string, keyword: string, start: number, gap: string, before: HardComment[]): Piece => {
    const lines = breaks(gap);
    const place = { start, end: start + written.length, column: columnOf(text, start) };
    return { kind, text: written, keyword, ...place, breakBefore: lines > 0, blankBefore: lines > 1, leading: before, trailing: [] };
  };
  for (const token of tokens) {
    const limit = token.kind === 'end' ? text.length : token.span.offset;
    for (let next = comments[comment]; next && next.span.offset < limit; next = comments[++comment]) {
      const gap = text.slice(end, next.span.offset);
      const after = text.slice(endOf(next), comments[comment + 1] ? Math.min(comments[comment + 1]?.span.offset ?? 0, limit) : limit);
      const follows = token.kind !== 'end' || comments[comment + 1] !== undefined;
      const one = hard(next, gap, text);
      const starts = last === undefined || breaks(gap) > 0 || leading.length > 0;
      const ends = !follows || breaks(after) > 0 || next.text.startsWith('--');
      if (!starts && ends && !isLong(next.text) && last) last.trailing.push(one);
      else if (!starts && !isLong(next.text)) {
        last = piece('comment', next.text, '', next.span.offset, gap, []);
        pieces.push(last);
      } else leading.push(one);
      end = endOf(next);
    }
    if (token.kind === 'end') break;
    const { offset, length } = token.span;
    const written = text.slice(offset, offset + length);
    const gap = text.slice(end, offset);
    const next: Piece = piece(token.kind, written, nameAfter(token), offset, gap, leading);
    leading = [];
    if (written === ',' && last) {
      // A comment before a comma belongs to what the comma ends.
      next.trailing.push(...last.trailing.splice(0), ...next.leading.splice(0));
    }
    pieces.push((last = next));
    end = offset + length;
  }
  return { pieces, rest: leading };
}

function hard(comment: Comment, gap: string, text: string): HardComment {
  const blanks = /[^\r\n]*$/.exec(gap)?.[0].length ?? 0;
  return { text: comment.text.trimEnd(), blankBefore: breaks(gap) > 1, column: columnOf(text, comment.span.offset), gap: blanks };
}

function columnOf(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !/[\r\n\uFEFF]/.test(text[start - 1] ?? '')) start--;
  return offset - start;
}

/** How often a line ends in these blanks. */
function breaks(blanks: string): number {
  return blanks.match(/\r\n|\n|\r/g)?.length ?? 0;
}

function isLong(text: string): boolean {
  return /[\r\n]/.test(text);
}

function endOf({ span }: Comment): number {
  return span.offset + span.length;
}

/** Tells of each token in turn which word of the language it is: none after a dot or `as`, nor as a column of a link table. */
function createNameTracker(): (token: Token) => string {
  let before: Token | undefined;
  let link: 'no' | 'named' | 'inside' = 'no';
  return (token) => {
    const word = token.kind === 'word' ? token.value.toLowerCase() : '';
    const named = before && (before.value === '.' || (before.kind === 'word' && before.value.toLowerCase() === 'as' && word !== ''));
    const isName = named === true || link === 'inside' || !reservedWords.has(word);
    if (link === 'named' && token.kind === 'symbol' && token.value === '(') link = 'inside';
    else if (link === 'inside' && token.kind === 'symbol' && token.value === ')') link = 'no';
    else if (!isName && word === 'via') link = 'named';
    // A reference stands without brackets; those further on are others.
    else if (!isName && link === 'named') link = 'no';
    const keyword = isName ? '' : word;
    // A word that is a name makes none of the next one.
    before = keyword === '' && token.kind === 'word' ? { ...token, value: '' } : token;
    return keyword;
  };
}
