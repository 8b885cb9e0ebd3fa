import { flaws, hasFlaw } from './flaws.ts';
import { cultures } from './names.ts';
import { colleagues, displayNameOf } from './persons.ts';
import type { Colleague } from './persons.ts';

/** A user of Directory as it is kept; what the server adds to every answer (schemas, meta.location) is not part of it. */
export type Account = {
  readonly id: string;
  /** The employee number in HR of the person it belongs to. */
  readonly externalId?: string;
  readonly userName: string;
  readonly name?: { readonly givenName?: string; readonly familyName?: string };
  readonly displayName?: string;
  readonly title?: string;
  readonly active: boolean;
  readonly emails?: readonly { readonly value: string; readonly type?: string; readonly primary?: boolean }[];
  /** Moments in UTC, ISO 8601. */
  readonly meta: { readonly created: string; readonly lastModified: string };
};

type NewAccount = Omit<Account, 'id'>;

/** Names of accounts that belong to no person HR knows. */
export const orphanNames = {
  backup: 'svc-backup',
  print: 'svc-print',
  monitoring: 'svc-monitoring',
  scanner: 'scanner.warehouse',
  contractor: 'marek.nowakhale',
  tester: 'gwendolyn.achterberg',
} as const;

function stamp(day: string): Account['meta'] {
  return { created: `${day}T08:00:00.000Z`, lastModified: '2026-10-01T08:00:00.000Z' };
}

const formerTitles = ['Trainee', 'Junior Consultant', 'Working Student', 'Temporary Assistant', 'Intern', 'Apprentice'] as const;

function accountOf({ person, userName, formerName }: Colleague): NewAccount {
  const renamed = hasFlaw(person.id, 'renamed');
  const lastName = renamed ? formerName.text : person.lastName;
  const familyFirst = cultures.some((culture) => culture.familyFirst && culture.last.some(({ text }) => text === lastName));
  const disabled = hasFlaw(person.id, 'leaversWithDisabledAccount', 'disabledThoughEmployed');
  const retitled = flaws.retitled.indexOf(person.id);
  return {
    externalId: person.employeeNumber,
    userName: renamed ? `${userName.split('.')[0]}.${formerName.latin}` : userName,
    name: { givenName: person.firstName, familyName: lastName },
    displayName: displayNameOf(person.firstName, lastName, familyFirst),
    title: formerTitles[retitled] ?? person.jobTitle,
    active: !disabled,
    ...(person.mail === null ? {} : { emails: [{ value: person.mail, type: 'work', primary: true }] }),
    meta: stamp(person.startDate),
  };
}

function service(userName: string, displayName: string): NewAccount {
  return { userName, displayName, active: true, meta: stamp('2019-03-04') };
}

function stranger(userName: string, givenName: string, familyName: string, externalId: string): NewAccount {
  const displayName = `${givenName} ${familyName}`;
  return { externalId, userName, name: { givenName, familyName }, displayName, active: true, meta: stamp('2023-05-15') };
}

const orphans: readonly NewAccount[] = [
  service(orphanNames.backup, 'Backup Service'),
  service(orphanNames.print, 'Print Service'),
  service(orphanNames.monitoring, 'Monitoring Service'),
  service(orphanNames.scanner, 'Warehouse Scanner'),
  stranger(orphanNames.contractor, 'Marek', 'Nowak-Hale', '900017'),
  stranger(orphanNames.tester, 'Gwendolyn', 'Achterberg', '900042'),
];

function hasAccount({ person: { id } }: Colleague): boolean {
  return !hasFlaw(id, 'joinersWithoutAccount', 'leaversWithoutAccount') && id !== flaws.sameEmployeeNumber[1];
}

/** The key of a group or user in Directory: a letter and a number of so many digits. */
export function directoryId(letter: string, number: number, digits: number): string {
  return `${letter}-${String(number).padStart(digits, '0')}`;
}

function open(): { readonly list: readonly Account[]; readonly byPerson: ReadonlyMap<string, Account> } {
  const owned = colleagues.filter(hasAccount).map((colleague) => ({ account: accountOf(colleague), owner: colleague.person.id }));
  const all = [...owned, ...orphans.map((account) => ({ account, owner: undefined }))];
  // Numbered by user name, so that nobody mistakes the number of an account for the number of a person.
  all.sort((a, b) => (a.account.userName < b.account.userName ? -1 : 1));
  const numbered = all.map(({ account, owner }, index) => ({ owner, account: { id: directoryId('u', index + 1, 4), ...account } }));
  const list = numbered.map(({ account }) => account);
  return { list, byPerson: new Map(numbered.flatMap(({ account, owner }) => (owner === undefined ? [] : [[owner, account]]))) };
}

const opened = open();

/** The users Directory starts with, in the order of their ids. */
export const accounts: readonly Account[] = opened.list;

/** The account of each person who has one, by the person's id. */
export const accountByPerson: ReadonlyMap<string, Account> = opened.byPerson;
