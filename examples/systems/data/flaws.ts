import { createRandom } from './random.ts';

/** How many persons HR knows. */
export const personCount = 500;

/** The first persons lead one department each, in the order of the departments, and have no flaws. */
export const headCount = 26;

/** A person's id in HR. */
export function personId(number: number): string {
  return `P${String(number).padStart(4, '0')}`;
}

/** How many persons have each flaw of life. Nobody has two of them. */
const counts = {
  /** Left, and their account still works. */
  leaversWithActiveAccount: 12,
  /** Left, and their account is disabled, as it should be. */
  leaversWithDisabledAccount: 10,
  /** Left, and their account is gone. */
  leaversWithoutAccount: 8,
  /** Moved; a member of the old and the new department's group. */
  moversInBothGroups: 12,
  /** Moved; still a member of the old department's group only. */
  moversInOldGroup: 8,
  /** Belong to no department. */
  withoutDepartment: 8,
  /** Joined lately or join soon; no account and no mail address yet. */
  joinersWithoutAccount: 15,
  /** Have no contract. */
  withoutContract: 10,
  /** Have an account but no mail address. */
  withoutMail: 12,
  /** Two persons with one employee number; the second never got an account. */
  sameEmployeeNumber: 2,
  /** Another family name in the directory than in HR. */
  renamed: 6,
  /** Another title in the directory than in HR. */
  retitled: 6,
  /** Employed, and their account is disabled. */
  disabledThoughEmployed: 4,
  /** Employed, with a last day still to come. */
  leavingSoon: 9,
  /** Employed, with a working account, and not a member of All Staff. */
  missingFromAllStaff: 7,
  /** Employed, with a working account, and not a member of their department's group. */
  missingFromDepartmentGroup: 12,
  /** A member of another department's group too, put there by hand. */
  addedByHand: 10,
} as const;

/** A flaw of life, by name. */
export type Flaw = keyof typeof counts;

function choose(): Readonly<Record<Flaw, readonly string[]>> {
  const others = Array.from({ length: personCount - headCount }, (_, index) => personId(headCount + 1 + index));
  const drawn = createRandom(20261101).shuffle(others);
  const entries = Object.entries(counts).map(([flaw, count]) => [flaw, drawn.splice(0, count).sort()]);
  return Object.fromEntries(entries) as Record<Flaw, readonly string[]>;
}

/** The ids of the persons who have each flaw. */
export const flaws: Readonly<Record<Flaw, readonly string[]>> = choose();

/** Whether the person has one of the flaws. */
export function hasFlaw(id: string, ...names: readonly Flaw[]): boolean {
  return names.some((name) => flaws[name].includes(id));
}
