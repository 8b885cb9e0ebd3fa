import { accountByPerson, accounts, directoryId, orphanNames } from './accounts.ts';
import { departments, mainDepartment } from './departments.ts';
import { flaws, hasFlaw, headCount } from './flaws.ts';
import { colleagues } from './persons.ts';
import type { Colleague } from './persons.ts';
import { createRandom } from './random.ts';

/** A group of Directory as it is kept: members by id only, since their names are looked up when it is read. */
export type Group = {
  readonly id: string;
  readonly externalId?: string;
  readonly displayName: string;
  /** Ids of users and groups, in the order in which they were added. */
  readonly memberIds: readonly string[];
  /** Moments in UTC, ISO 8601. */
  readonly meta: { readonly created: string; readonly lastModified: string };
};

const random = createRandom(4781);
const mains = departments.filter(({ parentId }) => parentId === 'D01');
const withAccount = colleagues.filter(({ person }) => accountByPerson.has(person.id));
const notLeft = withAccount.filter(({ person }) => person.status === 'active');

const some = (from: readonly Colleague[], count: number): Colleague[] => random.shuffle(from).slice(0, count);
const whoHas = (...ids: readonly (string | undefined)[]): Colleague[] => withAccount.filter(({ person }) => ids.includes(person.id));
const idsOf = (members: readonly Colleague[]): string[] => members.flatMap(({ person }) => accountByPerson.get(person.id)?.id ?? []);
const named = (...names: readonly string[]): string[] => accounts.filter((one) => names.includes(one.userName)).map(({ id }) => id);

function allStaff(): string[] {
  const staff = withAccount.filter(({ person: { id, status } }) => {
    if (status === 'leaver') return hasFlaw(id, 'leaversWithActiveAccount');
    return !hasFlaw(id, 'missingFromAllStaff');
  });
  return [...idsOf(staff), ...named(orphanNames.scanner)];
}

/** In which other main department's group each person added by hand is. */
const handAdded = new Map(
  flaws.addedByHand.map((id) => {
    const own = mainDepartment(colleagues.find(({ person }) => person.id === id)?.person.departmentId ?? null);
    return [id, random.pick(mains.filter((main) => main.id !== own)).id];
  }),
);

function staffOf(main: string): string[] {
  const members = withAccount.filter(({ person: { id, departmentId, status }, previousDepartmentId }) => {
    if (status === 'leaver' && !hasFlaw(id, 'leaversWithActiveAccount')) return false;
    if (handAdded.get(id) === main || mainDepartment(previousDepartmentId ?? null) === main) return true;
    return mainDepartment(departmentId) === main && !hasFlaw(id, 'moversInOldGroup', 'missingFromDepartmentGroup');
  });
  return [...idsOf(members), ...(main === 'D02' ? named(orphanNames.contractor) : [])];
}

function inDepartment(...ids: readonly string[]): Colleague[] {
  return notLeft.filter(({ person }) => person.departmentId !== null && ids.includes(person.departmentId));
}

type NewGroup = readonly [displayName: string, externalId: string | undefined, memberIds: readonly string[]];

const heads = withAccount.slice(0, headCount);
const list: readonly NewGroup[] = [
  ['All Staff', 'ALL-STAFF', allStaff()],
  ...mains.map(({ id, name }): NewGroup => [name, `DEPARTMENT-${id}`, staffOf(id)]),
  [
    'VPN',
    'VPN',
    [
      ...idsOf(some(notLeft, 160)),
      ...idsOf(whoHas(...flaws.leaversWithActiveAccount.slice(0, 5))),
      ...named(orphanNames.monitoring, orphanNames.contractor),
    ],
  ],
  [
    'Domain Admins',
    undefined,
    [
      ...idsOf(some(inDepartment('D09', 'D10'), 5)),
      ...idsOf(some(inDepartment('D16'), 1)),
      ...idsOf(whoHas(flaws.leaversWithActiveAccount[0])),
      ...named(orphanNames.backup),
    ],
  ],
  ['Managers', 'MANAGERS', [...idsOf(heads.filter((_, index) => index !== 11 && index !== 21)), ...idsOf(some(inDepartment('D14'), 1))]],
  ['Project Møller', undefined, [...idsOf(some(notLeft, 14)), ...idsOf(whoHas(flaws.leaversWithActiveAccount[1]))]],
  ['Service Desk Agents', 'SERVICE-DESK', [...idsOf(inDepartment('D15').slice(2)), ...idsOf(some(inDepartment('D11'), 2))]],
  ['Old Intranet Editors', undefined, []],
];

const meta: Group['meta'] = { created: '2018-01-08T08:00:00.000Z', lastModified: '2026-10-01T08:00:00.000Z' };

/** The groups Directory starts with, in the order of their ids. */
export const groups: readonly Group[] = list.map(([displayName, externalId, memberIds], index) => ({
  id: directoryId('g', index + 1, 2),
  ...(externalId === undefined ? {} : { externalId }),
  displayName,
  memberIds: [...new Set(memberIds)],
  meta,
}));
