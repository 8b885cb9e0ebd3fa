import type { Problem } from '../../../engine/model/text/problem.ts';
import type { FilterInsight } from '../../../engine/run/filter/insight/insight.ts';

/** The problems of a filter with what its data make of it. What the data tell in figures, the text need not suppose. */
export function withHazards(problems: readonly Problem[], insight: FilterInsight | undefined): readonly Problem[] {
  if (!insight || insight.hazards.length === 0) return problems;
  const { hazards } = insight;
  const told = (problem: Problem): boolean =>
    problem.code === 'join-multiplies' &&
    hazards.some(({ code, span }) => code === 'hazard-multiplied' && span.offset === problem.span.offset);
  return [...problems.filter((problem) => !told(problem)), ...hazards];
}
