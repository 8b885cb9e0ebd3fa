import { bindFilter } from '../../../../engine/model/filter/bind.ts';
import type { BoundFilter } from '../../../../engine/model/filter/bound.ts';
import { readFilter } from '../../../../engine/model/filter/filter.ts';
import { applyEdits } from '../../../../engine/model/text/edits.ts';
import type { Edit, Span } from '../../../../engine/model/text/problem.ts';
import type { OpenFilter } from '../../filter/document.ts';

/** A change of a filter that an author may choose. */
export interface Rewrite {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** The filter as a change would leave it; undefined where it would bring a mistake that is not there now. */
export function tryEdits({ text, document, bound, catalog, library }: OpenFilter, edits: readonly Edit[]): BoundFilter | undefined {
  const changed = readFilter(applyEdits(text, edits));
  const after = bindFilter(changed, catalog, library);
  return errorsOf(after) <= errorsOf({ ...bound, document }) ? after : undefined;
}

function errorsOf({ document, problems }: BoundFilter): number {
  return [...document.problems, ...problems].filter(({ severity }) => severity === 'error').length;
}

export function touches({ offset, length }: Span, caret: Span): boolean {
  return offset <= caret.offset + caret.length && caret.offset <= offset + length;
}

export function endOf({ offset, length }: Span): number {
  return offset + length;
}

export function between(start: number, end: number): Span {
  return { offset: start, length: end - start };
}

export function slice(text: string, { offset, length }: Span): string {
  return text.slice(offset, offset + length);
}
