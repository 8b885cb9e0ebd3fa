import { addDays, sampleToday } from './calendar.ts';
import { contractsOf } from './contracts.ts';
import type { Contract } from './contracts.ts';
import { departments, mainDepartment, seats, titlesIn } from './departments.ts';
import { flaws, hasFlaw, headCount, personCount, personId } from './flaws.ts';
import { cultures } from './names.ts';
import type { Culture, NamePart } from './names.ts';
import { places } from './places.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';

/** A person as HR tells it; days are yyyy-mm-dd. */
export type Person = {
  readonly id: string;
  readonly employeeNumber: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly displayName: string;
  readonly mail: string | null;
  readonly status: 'active' | 'leaver';
  readonly departmentId: string | null;
  readonly startDate: string;
  readonly endDate: string | null;
  readonly jobTitle: string;
  readonly managerId: string | null;
  readonly address: { readonly street: string; readonly city: string; readonly country: string };
  readonly contact: { readonly phone: string | null; readonly mobile: string | null };
};

/** A person, and what the sample company knows about it beyond HR's record. */
export type Colleague = {
  readonly person: Person;
  readonly contracts: readonly Contract[];
  /** What the person's account is called, whether or not there is one. */
  readonly userName: string;
  /** Where a mover was before. */
  readonly previousDepartmentId: string | undefined;
  /** A family name the person might have had before. */
  readonly formerName: NamePart;
};

const crowd: readonly Culture[] = cultures.flatMap((culture) => Array.from({ length: culture.weight }, () => culture));

/** How a name is shown: the family name first and unspaced where that is the custom. */
export function displayNameOf(first: string, last: string, familyFirst: boolean): string {
  return familyFirst ? `${last}${first}` : `${first} ${last}`;
}

function namesOf(random: Random, taken: Set<string>): { culture: Culture; first: NamePart; last: NamePart; userName: string } {
  for (;;) {
    const culture = random.pick(crowd);
    const first = random.pick(culture.first);
    const last = random.pick(culture.last);
    const userName = `${first.latin}.${last.latin}`;
    if (taken.has(userName)) continue;
    taken.add(userName);
    return { culture, first, last, userName };
  }
}

function departmentOf(random: Random, number: number): string | null {
  const drawn = random.pick(seats);
  if (number <= headCount) return departments[number - 1]?.id ?? null;
  return hasFlaw(personId(number), 'withoutDepartment') ? null : drawn;
}

function managerOf(number: number, departmentId: string | null): string | null {
  const led = number <= headCount ? departments[number - 1]?.parentId : departmentId;
  const index = departments.findIndex(({ id }) => id === led);
  return index < 0 ? null : personId(index + 1);
}

function daysOf(random: Random, id: string): { startDate: string; endDate: string | null } {
  const years = random.between(400, 6600);
  const weeks = random.between(1, 360);
  if (hasFlaw(id, 'joinersWithoutAccount')) return { startDate: addDays(sampleToday, (weeks % 37) - 7), endDate: null };
  const startDate = addDays(sampleToday, -years);
  if (hasFlaw(id, 'leaversWithActiveAccount', 'leaversWithDisabledAccount', 'leaversWithoutAccount')) {
    return { startDate, endDate: addDays(sampleToday, -weeks) };
  }
  return { startDate, endDate: hasFlaw(id, 'leavingSoon') ? addDays(sampleToday, 10 + (weeks % 90)) : null };
}

function employeeNumberOf(id: string): string {
  const [first, second] = flaws.sameEmployeeNumber;
  const bearer = id === second && first !== undefined ? first : id;
  return String(1000 + Number(bearer.slice(1)) * 7).padStart(6, '0');
}

function colleague(random: Random, number: number, taken: Set<string>): Colleague {
  const id = personId(number);
  const { culture, first, last, userName } = namesOf(random, taken);
  const formerName = random.pick(culture.last.filter((part) => part !== last));
  const departmentId = departmentOf(random, number);
  const head = number <= headCount;
  const title = random.pick(titlesIn(departmentId));
  const place = random.pick(places);
  const elsewhere = seats.filter((seat) => mainDepartment(seat) !== mainDepartment(departmentId));
  const previous = random.pick(elsewhere);
  const days = daysOf(random, id);
  const extension = String(random.between(100, 999));
  const mobile = String(random.between(1000, 9999));
  const person: Person = {
    id,
    employeeNumber: employeeNumberOf(id),
    firstName: first.text,
    lastName: last.text,
    displayName: displayNameOf(first.text, last.text, culture.familyFirst),
    mail: hasFlaw(id, 'joinersWithoutAccount', 'withoutMail') ? null : `${userName}@halden-brook.example`,
    status: days.endDate !== null && days.endDate < sampleToday ? 'leaver' : 'active',
    departmentId,
    ...days,
    jobTitle: !head || departmentId === 'D01' ? title : `Head of ${departments[number - 1]?.name}`,
    managerId: managerOf(number, departmentId),
    address: { street: `${random.pick(place.streets)} ${random.between(1, 148)}`, city: place.city, country: place.country },
    contact: {
      phone: random.next() < 0.2 ? null : `${place.dialling} 5550${extension}`,
      mobile: random.next() < 0.3 ? null : `+00 555 ${mobile}`,
    },
  };
  const previousDepartmentId = hasFlaw(id, 'moversInBothGroups', 'moversInOldGroup') ? previous : undefined;
  const contracts = contractsOf(random, person, previousDepartmentId);
  return { person, contracts, userName, previousDepartmentId, formerName };
}

function hire(): readonly Colleague[] {
  const random = createRandom(4780);
  const taken = new Set<string>();
  return Array.from({ length: personCount }, (_, index) => colleague(random, index + 1, taken));
}

/** Everybody, in the order of their ids. */
export const colleagues: readonly Colleague[] = hire();
