import type { Fix, RelatedPlace } from '../problem.ts';

/** Something that keeps a text from being JSON. */
export interface Fault {
  readonly offset: number;
  readonly length: number;
  readonly message: string;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly RelatedPlace[];
  /** It hides nothing of what the text says: a comment, or a comma after the last entry. */
  readonly harmless?: boolean;
}

/** The repair that writes `text` in place of a stretch; of no length where it only inserts. */
export function replace(title: string, offset: number, end: number, text: string): Fix {
  return { title, span: { offset, length: end - offset }, text };
}

/** A place right behind something, one unit wide so that it can be seen. */
export function behind(text: string, offset: number): { readonly offset: number; readonly length: number } {
  return { offset: Math.max(0, Math.min(offset, text.length - 1)), length: 1 };
}

/**
 * What to take out of a text together with this stretch: its whole line where nothing else stands there, else the blanks beside it.
 */
export function withItsBlanks(text: string, offset: number, end: number): { readonly offset: number; readonly end: number } {
  let from = offset;
  while (isBlank(text[from - 1])) from--;
  let to = end;
  while (isBlank(text[to])) to++;
  const atLineEnd = to === text.length || text[to] === '\n' || text[to] === '\r';
  if (!atLineEnd) return { offset, end: to };
  if (from > 0 && text[from - 1] !== '\n') return { offset: from, end };
  if (text[to] === '\r') to++;
  return { offset: from, end: text[to] === '\n' ? to + 1 : to };
}

function isBlank(unit: string | undefined): boolean {
  return unit === ' ' || unit === '\t';
}
