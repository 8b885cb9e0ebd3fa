import type { Piece } from './format-pieces.ts';

/** How words of the language are written. */
export type KeywordCase = 'keep' | 'lower' | 'upper';

/** Words a bracket stands off from; after any other it opens the arguments of a call. */
const apart: ReadonlySet<string> = new Set(
  'in on and or not join recursive when then else case between like by where distinct select having from is via exclude limit as'.split(
    ' ',
  ),
);

/** Words that a value follows: a minus behind them is a sign. */
const beforeValue: ReadonlySet<string> = new Set(
  'in on and or not when then else case between like by where distinct select having default limit'.split(' '),
);

/** Pieces in one line, as the language is written. Hard comments are not in it. */
export function flat(pieces: readonly Piece[], keywords: KeywordCase): string {
  let line = '';
  pieces.forEach((piece, index) => {
    line += gapBefore(pieces, index) + written(piece, keywords);
  });
  return line;
}

/** What stands between a piece and the one before it. */
export function gapBefore(pieces: readonly Piece[], index: number): '' | ' ' {
  const [piece, before] = [pieces[index], pieces[index - 1]];
  return piece && before && isApart(before, piece, pieces[index - 2]) ? ' ' : '';
}

function written({ keyword, text }: Piece, keywords: KeywordCase): string {
  return keyword === '' || keywords === 'keep' ? text : keywords === 'lower' ? text.toLowerCase() : text.toUpperCase();
}

/** Whether a blank stands between two pieces. */
function isApart(before: Piece, piece: Piece, earlier: Piece | undefined): boolean {
  if (before.kind === 'comment' || piece.kind === 'comment') return true;
  if (isMark(piece, ',', ')', ';', '.', ']') || isMark(before, '(', '.', '[')) return false;
  if (isMark(piece, '(')) return !(isNameLike(before) && !apart.has(before.keyword));
  if (isMark(piece, '[')) return false;
  // Two minus signs would begin a comment.
  if (isMark(before, '-', '+') && isSign(earlier)) return isMark(piece, '-', '+');
  return true;
}

function isNameLike({ kind }: Piece): boolean {
  return kind === 'word' || kind === 'name';
}

/** Whether what follows this piece is a value, so that a minus is its sign. */
function isSign(earlier: Piece | undefined): boolean {
  if (!earlier || earlier.kind === 'comment') return true;
  if (earlier.kind === 'symbol') return !isMark(earlier, ')', ']');
  return beforeValue.has(earlier.keyword);
}

export function isMark({ kind, text }: Piece, ...marks: readonly string[]): boolean {
  return kind === 'symbol' && marks.includes(text);
}
