import type { BoundColumn } from '../../../model/filter/bound.ts';
import { conjunctsOf } from '../../../model/filter/tree.ts';
import type { Cut } from './cut.ts';
import type { Walk } from './walk.ts';

/** Rows looked at behind the joins: a row that is there more often than this is not counted further. */
export const mostRows = 1_000;

/** What is left of the row behind joins and `where`. */
export function rest(walk: Walk): Pick<Cut, 'joins' | 'where'> {
  return { joins: walk.bound.joins, where: [walk.subject.condition, ...conjunctsOf(walk.bound.select?.where)] };
}

/** What exclude leaves. */
export function kept(walk: Walk): Pick<Cut, 'joins' | 'where' | 'excludeWhen'> {
  const excludeWhen = walk.bound.aggregated ? undefined : walk.bound.select?.excludeWhen;
  return { ...rest(walk), ...(excludeWhen && { excludeWhen }) };
}

/** Columns that ask, beside those of scripts, which conditions may name. */
export function scriptsAnd(walk: Walk, probes: readonly BoundColumn[]): readonly BoundColumn[] {
  return [...probes, ...walk.bound.columns.filter(({ script }) => script)];
}
