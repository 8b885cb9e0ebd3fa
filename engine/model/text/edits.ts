import type { Edit, Fix } from './problem.ts';

/**
 * A text with edits made. None may overlap another; of two at one place that only add, the first given comes first, and both come before
 * one that replaces what follows.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let end = 0;
  for (const { span, text: written } of inOrder(edits)) {
    result += text.slice(end, span.offset) + written;
    end = span.offset + span.length;
  }
  return result + text.slice(end);
}

/** Edits in the order of the text. */
export function inOrder(edits: readonly Edit[]): readonly Edit[] {
  return [...edits].sort((a, b) => a.span.offset - b.span.offset || Math.min(a.span.length, 1) - Math.min(b.span.length, 1));
}

/** Every replacement of a repair. */
export function editsOf({ span, text, more = [] }: Fix): readonly Edit[] {
  return [{ span, text }, ...more];
}

/** Whether both change the same stretch. Edits that only touch do not. */
export function overlap(a: Edit, b: Edit): boolean {
  const [first, second] = a.span.offset <= b.span.offset ? [a, b] : [b, a];
  const end = first.span.offset + first.span.length;
  if (first.span.offset === second.span.offset) return first.span.length > 0 && second.span.length > 0;
  return second.span.offset < end;
}
