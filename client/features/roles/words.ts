import type { GroupReport, MemberChange } from '../../../engine/run/roles/role-report.ts';

/** What a change means, said after a number or a name. */
export const changeWords: Readonly<Record<MemberChange, string>> = {
  add: 'would be added',
  remove: 'would be removed',
  stay: 'stays',
  kept: 'kept: not in the soll, but not ours to remove',
  withheld: 'withheld: in the soll, but not ours to add',
  unknown: 'unknown: in the soll, but the target has no such member',
};

export type Counts = Readonly<Record<MemberChange, number>>;

const none: Counts = { add: 0, remove: 0, stay: 0, kept: 0, withheld: 0, unknown: 0 };

export function sumCounts(groups: readonly GroupReport[]): Counts {
  return groups.reduce<Counts>(
    (sum, { counts }) => ({
      add: sum.add + counts.add,
      remove: sum.remove + counts.remove,
      stay: sum.stay + counts.stay,
      kept: sum.kept + counts.kept,
      withheld: sum.withheld + counts.withheld,
      unknown: sum.unknown + counts.unknown,
    }),
    none,
  );
}

/** `+3 −1 =40`, and what is special behind it: `2 kept`. */
export function countsText(counts: Counts): string {
  const special = (['kept', 'withheld', 'unknown'] as const)
    .filter((change) => counts[change] > 0)
    .map((change) => `${String(counts[change])} ${change}`);
  return [`+${String(counts.add)} −${String(counts.remove)} =${String(counts.stay)}`, ...special].join(' · ');
}
