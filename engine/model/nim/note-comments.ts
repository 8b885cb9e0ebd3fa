import type { FilterDocument } from '../filter/filter.ts';
import type { Comment } from '../filter/tokens.ts';
import type { FilterTree } from '../filter/tree.ts';
import type { Span } from '../text/problem.ts';

/** The comments before everything else: NIM's notes. */
export function leadingComments(tree: FilterTree): readonly Comment[] {
  const starts = [tree.parameters[0], tree.parent, tree.select].flatMap((part) => (part ? [part.span.offset] : []));
  const first = Math.min(...starts, Number.MAX_SAFE_INTEGER);
  return tree.comments.filter(({ span }) => span.offset < first);
}

/** The comment behind a parameter, in its line: NIM's description. */
export function remarkBehind(span: Span, { tree, text }: FilterDocument): Comment | undefined {
  const end = span.offset + span.length;
  return tree?.comments.find((one) => one.span.offset >= end && !/[\r\n]/.test(text.slice(end, one.span.offset)));
}
