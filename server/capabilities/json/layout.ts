import type { JsonToken } from './tokens.ts';

/** Longer lines are broken where a bracket or comma allows it. */
export const longestLine = 140;

/** For each token: whether it begins a line. */
export type Breaks = boolean[];

/** A text that is being laid out. `may` tells which tokens may be moved to a line of their own; `match` the index of a bracket's partner. */
export interface Layout {
  readonly tokens: readonly JsonToken[];
  readonly match: readonly (number | undefined)[];
  readonly breaks: Breaks;
  readonly may: (index: number) => boolean;
}

/** The partner of every bracket. */
export function matchBrackets(tokens: readonly JsonToken[]): readonly (number | undefined)[] {
  const match: (number | undefined)[] = tokens.map(() => undefined);
  const stack: number[] = [];
  tokens.forEach(({ kind }, index) => {
    if (kind === 'open') stack.push(index);
    const open = kind === 'close' ? stack.pop() : undefined;
    if (open !== undefined) {
      match[open] = index;
      match[index] = open;
    }
  });
  return match;
}

/** What begins with a line break ends with one, and the other way round. */
export function evenOut(layout: Layout): void {
  const { tokens, match, breaks } = layout;
  tokens.forEach(({ kind }, open) => {
    const close = kind === 'open' ? match[open] : undefined;
    const first = nextOf(tokens, open + 1);
    // Where a comment follows the bracket, what comes after it counts: the comment may well be about the bracket.
    if (close === undefined || first >= close) return;
    if (breaks[first] === true) breakAt(layout, close);
    else if (breaks[close] === true) breakAt(layout, first);
  });
}

/**
 * Breaks the line of these tokens, the outermost level first: between the entries the line holds, else within the objects and arrays that
 * stand in it, else after a bracket that it leaves open. Says whether it found a place.
 */
export function breakLine(layout: Layout, start: number, end: number): boolean {
  const { tokens, match } = layout;
  let from = start;
  while (from < end && tokens[from]?.kind === 'close') from++;
  if (breakEntries(layout, from, end)) return true;
  let found = false;
  for (let index = from; index <= end; index++) {
    const close = match[index] ?? -1;
    if (tokens[index]?.kind !== 'open' || close <= index + 1) continue;
    if (close > end) continue;
    if (breakInside(layout, index, close)) found = true;
    index = close;
  }
  if (found) return true;
  for (let index = from; index < end; index++) {
    if (tokens[index]?.kind === 'open' && (match[index] ?? 0) > end) return breakInside(layout, index, end);
  }
  return false;
}

/** Breaks after the commas of the level the line begins in, and before the bracket that ends this level. */
function breakEntries(layout: Layout, start: number, end: number): boolean {
  const { tokens, match } = layout;
  let found = false;
  for (let index = start; index <= end; index++) {
    const kind = tokens[index]?.kind;
    if (kind === 'open') index = match[index] ?? end;
    else if (kind === 'comma') {
      const next = nextOf(tokens, index + 1);
      if (next <= end && breakAt(layout, next)) found = true;
    } else if (kind === 'close') return (index > start && breakAt(layout, index)) || found;
  }
  return found;
}

function breakInside(layout: Layout, open: number, close: number): boolean {
  const begun = breakAt(layout, nextOf(layout.tokens, open + 1));
  const parted = breakEntries(layout, open + 1, close);
  return begun || parted;
}

/** The first token from here on that is no comment. */
function nextOf(tokens: readonly JsonToken[], index: number): number {
  let next = index;
  while (tokens[next]?.kind.endsWith('comment') === true) next++;
  return next;
}

function breakAt({ breaks, may }: Layout, index: number): boolean {
  if (breaks[index] !== false || !may(index)) return false;
  breaks[index] = true;
  return true;
}
