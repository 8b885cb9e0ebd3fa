import { addDays, sampleToday } from './calendar.ts';
import { titlesIn } from './departments.ts';
import { hasFlaw } from './flaws.ts';
import type { Person } from './persons.ts';
import type { Random } from './random.ts';

/** A contract as HR tells it; days are yyyy-mm-dd, hours are per week. */
export type Contract = {
  readonly id: string;
  readonly title: string;
  readonly hours: number;
  readonly startDate: string;
  readonly endDate: string | null;
  readonly primary: boolean;
};

/** A person's contracts, the oldest first: one for most, two for a mover, none for a few. */
export function contractsOf(random: Random, person: Person, previousDepartmentId: string | undefined): readonly Contract[] {
  const hours = random.pick([40, 40, 40, 38, 36, 32, 28.5, 24, 20]);
  const moved = addDays(sampleToday, -random.between(20, 300));
  const earlierTitle = random.pick(titlesIn(previousDepartmentId ?? null));
  if (hasFlaw(person.id, 'withoutContract')) return [];
  const current: Contract = {
    id: `C${person.id.slice(1)}-1`,
    title: person.jobTitle,
    hours,
    startDate: person.startDate,
    endDate: person.endDate,
    primary: true,
  };
  if (previousDepartmentId === undefined) return [current];
  return [
    { ...current, title: earlierTitle, endDate: addDays(moved, -1), primary: false },
    { ...current, id: `C${person.id.slice(1)}-2`, startDate: moved },
  ];
}
