import { isMark } from './format-flat.ts';
import type { Piece } from './format-pieces.ts';

/** What stands in one part of a filter, with the word or words that begin it. */
export interface Clause {
  /** The first word in small letters; `table` for what stands first in the brackets of nested joins. */
  readonly kind: string;
  readonly head: readonly Piece[];
  readonly body: readonly Piece[];
}

/** How many words begin a clause. */
const heads: Readonly<Record<string, number>> = {
  parameter: 1,
  extends: 1,
  select: 1,
  from: 1,
  join: 1,
  where: 1,
  group: 2,
  having: 1,
  exclude: 2,
  order: 2,
  limit: 1,
  append: 1,
  lookup: 1,
};
const modes: ReadonlySet<string> = new Set(['left', 'anti', 'multiple', 'all']);

/** Splits pieces at the words that begin a clause outside of brackets. */
export function clausesOf(pieces: readonly Piece[]): readonly Clause[] {
  const starts: { readonly at: number; readonly kind: string }[] = [];
  let depth = 0;
  pieces.forEach((piece, index) => {
    depth += opening(piece);
    const { keyword } = piece;
    if (depth > 0) return;
    const current = starts.at(-1)?.kind;
    if (modes.has(keyword) && beside(pieces, index, 1)?.keyword === 'join') starts.push({ at: index, kind: 'join' });
    else if (keyword === 'join' && modes.has(beside(pieces, index, -1)?.keyword ?? '')) return;
    else if (keyword === 'from' && current === 'parameter') return;
    else if (keyword === 'exclude' && current === 'lookup') return;
    else if (keyword in heads) starts.push({ at: index, kind: keyword });
  });
  const first = starts[0]?.at ?? pieces.length;
  const rest = starts.map(({ at, kind }, index): Clause => {
    const own = pieces.slice(at, starts[index + 1]?.at ?? pieces.length);
    const length = headLength(own, kind);
    return { kind, head: own.slice(0, length), body: own.slice(length) };
  });
  return first > 0 ? [{ kind: 'table', head: [], body: pieces.slice(0, first) }, ...rest] : rest;
}

/** The token before or after one. */
function beside(pieces: readonly Piece[], index: number, step: 1 | -1): Piece | undefined {
  let at = index + step;
  while (pieces[at]?.kind === 'comment') at += step;
  return pieces[at];
}

/** How many pieces the words are that begin a clause, the comments between them included. */
function headLength(own: readonly Piece[], kind: string): number {
  const words = own.flatMap((piece, index) => (piece.kind === 'comment' ? [] : [{ index, keyword: piece.keyword }]));
  const upTo = (word: number): number => (words[word]?.index ?? own.length - 1) + 1;
  if (kind === 'join') {
    const at = words.findIndex(({ keyword }) => keyword === 'join');
    return upTo(words[at + 1]?.keyword === 'recursive' ? at + 1 : at);
  }
  if (kind !== 'select') return upTo((heads[kind] ?? 1) - 1);
  if (words[1]?.keyword !== 'distinct') return upTo(0);
  if (words[2]?.keyword !== 'on') return upTo(1);
  let depth = 0;
  for (let index = upTo(2); index < own.length; index++) {
    depth += opening(own[index]);
    if (depth <= 0 && own[index]?.kind !== 'comment') return index + 1;
  }
  return own.length;
}

/** 1 for what opens a bracket or a `case`, -1 for what closes one. */
export function opening(piece: Piece | undefined): number {
  if (!piece) return 0;
  if (isMark(piece, '(') || piece.keyword === 'case') return 1;
  return isMark(piece, ')') || piece.keyword === 'end' ? -1 : 0;
}

/** Splits at commas outside of brackets; each comma stays with what it ends. */
export function listOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  return split(pieces, (piece) => (isMark(piece, ',') ? 'after' : undefined));
}

/** Splits a condition at `and` and `or` outside of brackets; each word stays with what it begins. */
export function conditionsOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  let between = 0;
  return split(pieces, ({ keyword }) => {
    if (keyword === 'between') between++;
    else if (keyword === 'and' && between > 0) between--;
    else if (keyword === 'and' || keyword === 'or') return 'before';
    return undefined;
  });
}

function split(pieces: readonly Piece[], where: (piece: Piece) => 'before' | 'after' | undefined): readonly (readonly Piece[])[] {
  const parts: Piece[][] = [];
  let part: Piece[] = [];
  let depth = 0;
  const end = (): void => {
    if (part.length > 0) parts.push(part);
    part = [];
  };
  for (const piece of pieces) {
    depth += opening(piece);
    const cut = depth === 0 ? where(piece) : undefined;
    if (cut === 'before') end();
    part.push(piece);
    if (cut === 'after') end();
  }
  end();
  return parts;
}
