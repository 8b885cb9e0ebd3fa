import type { BoundFilter, BoundTable } from '../../../model/filter/bound.ts';
import type { Problem } from '../../../model/text/problem.ts';
import type { Counts } from './count-steps.ts';
import { findAppendHazards } from './hazards/append.ts';
import { findMultiplied } from './hazards/multiplied.ts';
import { findNearlyEqual } from './hazards/nearly-equal.ts';
import { findNothing } from './hazards/nothing.ts';
import { findNullDropped } from './hazards/null-dropped.ts';
import { findUnlikeValues } from './hazards/unlike-values.ts';
import type { Looker } from './looker.ts';

/** What hazards are looked for in. */
export interface HazardInput {
  readonly looker: Looker;
  readonly counts: Counts;
  /** The filter with its appends and all its conditions. */
  readonly whole: BoundFilter;
  /** Whether a table was collected. */
  readonly isThere: (table: Pick<BoundTable, 'system' | 'table'>) => boolean;
  /** Whether another filter can be counted, and in little time. */
  readonly isCountable: (bound: BoundFilter) => boolean;
}

/** A kind of hazard. */
export type FindHazard = (input: HazardInput) => Promise<readonly Problem[]>;

/** Those that most often mean that a filter does not do what it was written for come first: the time may end. */
const kinds: readonly FindHazard[] = [findNothing, findMultiplied, findNearlyEqual, findNullDropped, findUnlikeValues, findAppendHazards];

export async function findHazards(input: HazardInput): Promise<readonly Problem[]> {
  const found: Problem[] = [];
  for (const kind of kinds) found.push(...(await kind(input)));
  return found;
}
