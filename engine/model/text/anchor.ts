import type { Span } from './problem.ts';

/**
 * The start of a section of a document: a stretch that is read and replaced as one. When text before a section grows, its anchor moves, and
 * with it every place that hangs on it: what was read from the section stays true without being read again.
 */
export interface Anchor {
  start: number;
}

/** A place that moves with its section. What leaves the model as data is made plain by {@link plain}. */
export class AnchoredSpan implements Span {
  readonly anchor: Anchor;
  readonly relative: number;
  length: number;

  constructor(anchor: Anchor, relative: number, length: number) {
    this.anchor = anchor;
    this.relative = relative;
    this.length = length;
  }

  get offset(): number {
    return this.anchor.start + this.relative;
  }

  toJSON(): Span {
    return plain(this);
  }
}

/** A stretch within a place, `from` units behind its start; it moves with that place. */
export function within(span: Span, from: number, length: number): Span {
  return span instanceof AnchoredSpan
    ? new AnchoredSpan(span.anchor, span.relative + from, length)
    : { offset: span.offset + from, length };
}

/** The place as it is now. */
export function plain({ offset, length }: Span): Span {
  return { offset, length };
}
