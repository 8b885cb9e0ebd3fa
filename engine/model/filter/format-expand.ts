import { conditionsOf, listOf, opening } from './format-clauses.ts';
import { flat, gapBefore, type KeywordCase } from './format-flat.ts';
import type { Piece } from './format-pieces.ts';

/** How wide a line may be, and how words are written. */
export interface Measure {
  readonly width: number;
  readonly keywords: KeywordCase;
}

/** One thing between brackets, or from `case` to `end`, or the pieces between such things. */
interface Part {
  readonly pieces: readonly Piece[];
  readonly start: number;
  readonly bracket: boolean;
}

/**
 * An expression that begins at `column`, in as many lines as it needs: brackets whose content does not fit are broken, the outer ones first. Only the
 * first line comes without its indentation.
 */
export function expand(pieces: readonly Piece[], column: number, measure: Measure): readonly string[] {
  const whole = flat(pieces, measure.keywords);
  if (column + whole.length <= measure.width || /[\r\n]/.test(whole) || pieces.some(({ kind }) => kind === 'comment')) return [whole];
  const parts = partsOf(pieces);
  if (!parts.some(({ bracket }) => bracket)) return [whole];
  const lines = [''];
  for (const [index, { pieces: part, bracket, start }] of parts.entries()) {
    const line = (lines.pop() ?? '') + gapBefore(pieces, start);
    const end = (lines.length === 0 ? column : 0) + line.length + flat(part, measure.keywords).length;
    // What follows a bracket stays in its line.
    const next = parts[index + 1];
    const follows = next?.bracket === false ? Math.min(flat(next.pieces, measure.keywords).length, 20) : 0;
    const [first = '', ...others] =
      bracket && end + follows > measure.width ? breakBracket(part, column, measure) : [flat(part, measure.keywords)];
    lines.push(line + first, ...others);
  }
  return lines;
}

/** Where everything inside the brackets of an expression goes that stands at `column`. */
function breakBracket(pieces: readonly Piece[], column: number, measure: Measure): readonly string[] {
  const pad = ' '.repeat(column);
  const inner = column + 2;
  const indent = ' '.repeat(inner);
  const inside = pieces.slice(1, -1);
  const open = flat(pieces.slice(0, 1), measure.keywords);
  const close = `${pad}${flat(pieces.slice(-1), measure.keywords)}`;
  const place = (part: readonly Piece[]): readonly string[] => {
    const [first = '', ...others] = expand(part, inner, measure);
    return [`${indent}${first}`, ...others];
  };
  if (pieces[0]?.keyword === 'case') {
    const [operand = [], ...branches] = atBranches(inside);
    const head = operand.length > 0 ? `${open} ${flat(operand, measure.keywords)}` : open;
    return [head, ...branches.flatMap(place), close];
  }
  const conditions = conditionsOf(inside);
  if (conditions.length > 1) return [open, ...conditions.flatMap(place), close];
  const list = listOf(inside);
  if (list.length > 1) return [open, ...fill(list, inner, measure), close];
  const lines = place(inside);
  // Brackets around one thing that cannot be broken stay where they are.
  return lines.length > 1 ? [open, ...lines, close] : [flat(pieces, measure.keywords)];
}

/** A list in lines as full as they get. */
function fill(list: readonly (readonly Piece[])[], column: number, measure: Measure): readonly string[] {
  const lines: string[] = [];
  const indent = ' '.repeat(column);
  for (const one of list) {
    const text = flat(one, measure.keywords);
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= measure.width) lines.splice(-1, 1, `${last} ${text}`);
    else lines.push(`${indent}${text}`);
  }
  return lines;
}

/** What stands between `case` and `end`: the operand, then each branch. */
function atBranches(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const parts: Piece[][] = [[]];
  let depth = 0;
  for (const piece of pieces) {
    if (depth === 0 && (piece.keyword === 'when' || piece.keyword === 'else')) parts.push([]);
    depth += opening(piece);
    parts.at(-1)?.push(piece);
  }
  return parts;
}

function partsOf(pieces: readonly Piece[]): readonly Part[] {
  const parts: { readonly pieces: Piece[]; readonly start: number; readonly bracket: boolean }[] = [];
  let depth = 0;
  pieces.forEach((piece, start) => {
    const step = opening(piece);
    if (depth === 0 && step > 0) parts.push({ pieces: [], start, bracket: true });
    else if (depth === 0 && (parts.at(-1)?.bracket ?? true)) parts.push({ pieces: [], start, bracket: false });
    parts.at(-1)?.pieces.push(piece);
    depth += step;
  });
  return parts;
}
