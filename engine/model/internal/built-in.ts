import type { ColumnType } from '../connector/connector.ts';

/** A table that NIM's internal system always has. */
export interface BuiltInTable {
  readonly name: string;
  readonly key?: string;
  readonly display?: string;
  readonly columns: readonly (readonly [name: string, type: ColumnType])[];
  /** Columns whose values are secrets: they are there by name, and never filled. */
  readonly secret?: readonly string[];
  /** Column → the built-in table it refers to by its key. */
  readonly relations?: readonly (readonly [column: string, table: string])[];
}

/** NIM's own tables, with the columns its exports show. */
export const builtInTables: readonly BuiltInTable[] = [
  {
    name: 'users',
    key: 'ID',
    display: 'DisplayName',
    columns: [
      ['ID', 'number'],
      ['Name', 'text'],
      ['Email', 'text'],
      ['DisplayName', 'text'],
      ['ExternalID', 'text'],
      ['Enabled', 'boolean'],
      ['Description', 'text'],
      ['AuthMethod', 'text'],
      ['ChangePasswordAtLogon', 'text'],
    ],
  },
  {
    name: 'groups',
    key: 'ID',
    display: 'DisplayName',
    columns: [
      ['ID', 'number'],
      ['Name', 'text'],
      ['DisplayName', 'text'],
      ['Description', 'text'],
    ],
  },
  {
    name: 'memberships',
    columns: [
      ['AccountID', 'number'],
      ['GroupID', 'number'],
    ],
    // Groups hold groups, too.
    relations: [
      ['AccountID', 'users'],
      ['AccountID', 'groups'],
      ['GroupID', 'groups'],
    ],
  },
  {
    name: 'passwords',
    key: 'id',
    columns: [
      ['id', 'text'],
      ['password_1', 'text'],
      ['password_2', 'text'],
      ['password_3', 'text'],
      ['password_4', 'text'],
    ],
    secret: ['password_1', 'password_2', 'password_3', 'password_4'],
  },
  {
    name: 'onboarding',
    key: 'ID',
    columns: [
      ['ID', 'number'],
      ['SecureID', 'text'],
      ['ExternalID', 'text'],
      ['Profile', 'text'],
      ['DateTimeStart', 'datetime'],
      ['DateTimeEnd', 'datetime'],
      ['BlockedUntil', 'datetime'],
      ['SessionFailures', 'number'],
      ['MailSecret', 'text'],
      ['MailSecretValidUntil', 'datetime'],
      ['MailSent', 'datetime'],
      ['MailReminderSent', 'datetime'],
      ['StatusText', 'text'],
      ['Status', 'number'],
    ],
    secret: ['MailSecret'],
  },
  {
    name: 'password_reset',
    key: 'ID',
    columns: [
      ['ID', 'number'],
      ['ExternalID', 'text'],
      ['Profile', 'text'],
      ['BlockedUntil', 'datetime'],
      ...numbered('SmsPhoneNumber'),
      ...numbered('SmsPhoneNumberLabel'),
      ...numbered('MailAddress'),
      ...numbered('MailAddressLabel'),
      ['ConfirmationErrors', 'number'],
      ['SessionSuccesses', 'number'],
    ],
  },
];

/** Three of a kind. */
function numbered(name: string): readonly (readonly [name: string, type: ColumnType])[] {
  return [1, 2, 3].map((number) => [`${name}${number}`, 'text'] as const);
}

export function builtInTable(name: string): BuiltInTable | undefined {
  return builtInTables.find((table) => table.name === name);
}
