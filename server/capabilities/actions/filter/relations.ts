import type { BoundJoin, BoundTable } from '../../../../engine/model/filter/bound.ts';
import { isGroup } from '../../../../engine/model/filter/bound.ts';
import { printExpression } from '../../../../engine/model/filter/print-expression.ts';
import type { Expression } from '../../../../engine/model/filter/tree.ts';
import type { Span } from '../../../../engine/model/text/problem.ts';
import type { OpenFilter } from '../../filter/document.ts';
import { isWord } from '../../filter/token-tests.ts';
import { between, endOf, touches, tryEdits, type Rewrite } from './trial.ts';

/** A relation written out where the data model means it, or left out where it says the same. */
export function relationRewrites(filter: OpenFilter, caret: Span): readonly Rewrite[] {
  const join = joinAt(filter.bound.joins, caret);
  if (!join) return [];
  const { node, on } = join;
  const end = endOf(node.source.span);
  if (!node.on) {
    // What makes a tree of it is not said by a condition.
    if (!on || node.via || (node.reference && node.recursive)) return [];
    const condition = printExpression(on);
    const after = node.reference ? endOf(node.reference.span) : end;
    return [{ title: `Write out the relation: on ${condition}`, edits: [{ span: between(end, after), text: ` on ${condition}` }] }];
  }
  const said = on && sidesOf(filter.bound.meanings, on);
  const word = filter.tokens.tokens.find((token) => token.span.offset >= end && isWord(token, 'on'));
  if (node.via || node.reference || !word || said === undefined) return [];
  const whole = between(word.span.offset, endOf(node.span));
  if (filter.tokens.comments.some(({ span }) => touches(span, whole))) return [];
  const edits = [{ span: between(blanksBefore(filter.text, whole.offset), endOf(whole)), text: '' }];
  const after = tryEdits(filter, edits);
  const same = after && joinAt(after.joins, { offset: node.source.span.offset, length: 0 })?.on;
  return same && sidesOf(after.meanings, same) === said ? [{ title: 'Leave out the condition that the data model says', edits }] : [];
}

/** The innermost join of the author's that a caret is in, up to its condition. */
export function joinAt(joins: readonly BoundJoin[], caret: Span): BoundJoin | undefined {
  for (const join of joins) {
    // What comes from the filter that is extended has no length.
    if (join.node.span.length === 0 || !touches(join.node.span, caret)) continue;
    return (isGroup(join.source) ? joinAt(join.source.joins, caret) : undefined) ?? join;
  }
  return undefined;
}

/** Equal for comparisons of the same two columns. */
function sidesOf(meanings: OpenFilter['bound']['meanings'], on: Expression): string | undefined {
  if (on.kind !== 'compare' || on.operator !== '=') return undefined;
  const sides = [on.left, on.right].map((side) => {
    const meaning = side.kind === 'column' ? meanings.get(side) : undefined;
    return meaning?.kind === 'column' ? `${nameOf(meaning.table)}.${meaning.column.name}` : undefined;
  });
  return sides.includes(undefined) ? undefined : sides.sort().join(' = ');
}

function nameOf({ alias }: BoundTable): string {
  return alias.toLowerCase();
}

export function blanksBefore(text: string, offset: number): number {
  return offset - (/\s*$/.exec(text.slice(0, offset))?.[0].length ?? 0);
}
