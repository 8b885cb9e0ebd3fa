import type { BoundJoin } from '../../../model/filter/bound.ts';
import { printExpression } from '../../../model/filter/print-expression.ts';
import { conjunctsOf, type Expression } from '../../../model/filter/tree.ts';
import type { WhyValue } from '../filter-report.ts';
import { all, operandsOf } from './expressions.ts';
import { expressionShown, sample, textOf, type Walk } from './walk.ts';

/** The first condition of an `on` after which no row is left. */
export interface LostAt {
  readonly condition: Expression;
  /** As its author wrote it. */
  readonly text: string;
  /** How many conditions stand before it, and how they read together. */
  readonly index: number;
  readonly before: string;
  /** The rows that those leave; 0 where it is the first itself. */
  readonly left: number;
  /** What the condition compares, of the rows that reach it. */
  readonly compared: () => readonly (readonly WhyValue[])[];
}

/** Goes over the conditions of an `on`, one more each time; undefined for joins along a tree or through a link table, and where rows are left. */
export function lostAt(walk: Walk, join: BoundJoin, earlier: readonly BoundJoin[], where: readonly Expression[]): LostAt | undefined {
  if (join.recursion || join.via) return undefined;
  const own = new Set(conjunctsOf(join.node.on));
  // What a relation or reference means stands nowhere.
  const written = (condition: Expression): string => (own.has(condition) ? textOf(walk, condition) : printExpression(condition));
  const conditions = conjunctsOf(join.on);
  let left = 0;
  for (const [index, condition] of conditions.entries()) {
    const rest = walk.cutter.count({ joins: [...earlier, upTo(join, index + 1)], where });
    if (rest > 0) {
      left = rest;
      continue;
    }
    return {
      condition,
      text: written(condition),
      index,
      before: conditions.slice(0, index).map(written).join(' and '),
      left,
      compared() {
        const values = operandsOf(condition).map((expression) => expressionShown(walk, expression));
        return sample(walk, { joins: [...earlier, upTo(join, index)], where }, values);
      },
    };
  }
  return undefined;
}

/** The join with the first conditions of its `on` alone. */
function upTo(join: BoundJoin, count: number): BoundJoin {
  const on = all(conjunctsOf(join.on).slice(0, count));
  const { on: _on, ...rest } = join;
  return { ...rest, node: { ...join.node, mode: 'any' }, ...(on && { on }) };
}
