import { describe, expect, test } from 'vitest';
import { changedBy, referencesAt, renameAt, type Files } from '../../support/names.ts';
import { workspace } from '../references/workspace.ts';

const base = 'filters/Base.filter';
const child = 'filters/Child.filter';
const scripted = 'filters/Scripted.filter';
const more = 'filters/More.filter';

const files: Files = {
  ...workspace,
  [base]: "parameter town text default 'X'\nselect u.userName as login, u.mail\nfrom dir.users as u\nwhere u.mail <> @town",
  [child]: 'extends base\nselect u.userName as login, u.mail as address\nwhere u.userName <> @town',
  [scripted]: [
    'select u.userName,',
    "  script $$ return u.mail + u['mail'] + data['u'].mail $$ as first,",
    '  script $$ const { mail, userName: name } = u; return (u && u?.mail) ?? name ?? mail $$ as second',
    'from dir.users as u',
  ].join('\n'),
  [more]: "parameter town text default 'Z'\nselect u.userName as login, u.mail\nfrom dir.users as u\nwhere u.mail = @town\nappend BASE",
  'mappings/B.json':
    '{ "filter": "Base", "parameters": { "town": "Y" },\n"target": { "system": "dir", "table": "users", "operation": "user_create" },\n"attributes": { "userName": { "column": "login" } } }',
};

/** The lines of the filters alone. */
function filterLines(changed: readonly string[] | string): readonly string[] | string {
  return typeof changed === 'string' ? changed : changed.filter((line) => line.startsWith('filters/'));
}

describe('names in scripts', () => {
  test('a column of a connector is found and renamed wherever scripts read it', () => {
    const found = referencesAt(files, scripted, 'return u.ma<|>il').filter((line) => line.startsWith(scripted));
    expect(found).toEqual([
      `${scripted}: script $$ return u.»mail« + u['mail'] + data['u'].mail $$ as first,`,
      `${scripted}: script $$ return u.mail + u['»mail«'] + data['u'].mail $$ as first,`,
      `${scripted}: script $$ return u.mail + u['mail'] + data['u'].»mail« $$ as first,`,
      `${scripted}: script $$ const { »mail«, userName: name } = u; return (u && u?.mail) ?? name ?? mail $$ as second`,
      `${scripted}: script $$ const { mail, userName: name } = u; return (u && u?.»mail«) ?? name ?? mail $$ as second`,
    ]);
    const plain = renameAt(files, scripted, 'return u.ma<|>il', 'email') as Files;
    expect(plain[scripted]).toContain("script $$ return u.email + u['email'] + data['u'].email $$");
    expect(plain[scripted]).toContain('const { email: mail, userName: name } = u; return (u && u?.email) ?? name ?? mail');
    expect(plain[scripted]).not.toContain('.mail');
  });

  test('a name that is no word of JavaScript is written in quotes', () => {
    const after = renameAt(files, scripted, 'return u.ma<|>il', 'e-mail') as Files;
    expect(after[scripted]).toContain("script $$ return u['e-mail'] + u['e-mail'] + data['u']['e-mail'] $$");
    expect(after[scripted]).toContain("const { 'e-mail': mail, userName: name } = u; return (u && u?.['e-mail'])");
    const dollars = renameAt(files, scripted, 'return u.ma<|>il', 'a$$b') as Files;
    expect(dollars[scripted]).toContain(String.raw`script $$ return u['a\x24\x24b'] +`);
  });

  test('an alias, also where it is a name of its own', () => {
    expect(changedBy(files, scripted, 'as <|>u', 'person')).toEqual([
      `${scripted}: select person.userName,`,
      `${scripted}: script $$ return person.mail + person['mail'] + data['person'].mail $$ as first,`,
      `${scripted}: script $$ const { mail, userName: name } = person; return (person && person?.mail) ?? name ?? mail $$ as second`,
      `${scripted}: from dir.users as person`,
    ]);
    const quoted = renameAt(files, scripted, 'as <|>u', "new 'u'") as Files;
    expect(quoted[scripted]).toContain(String.raw`return data['new \'u\''].mail + data['new \'u\'']['mail'] + data['new \'u\''].mail $$`);
    expect(quoted[scripted]).toContain(String.raw`return (data['new \'u\''] && data['new \'u\'']?.mail)`);
    const broken = { ...files, [scripted]: files[scripted]?.replace('return u.mail', 'return u.mail +* 1') ?? '' };
    expect(changedBy(broken, scripted, 'as <|>u', 'person')).toContain('This file cannot be read to its end');
    // A variable of the script would hide the table.
    expect(changedBy(files, scripted, 'as <|>u', 'name')).toMatch(
      /^With this name "name" in filters\/Scripted.filter would no longer mean the alias/,
    );
  });
});

describe('names over several filters', () => {
  test('a filter that others extend or append, in whatever case they write it', () => {
    expect(changedBy(files, 'mappings/B.json', '"filter": "Ba<|>se"', 'Ground')).toEqual([
      'filters/Ground.filter: new',
      `${child}: extends Ground`,
      `${more}: append Ground`,
      'mappings/B.json: { "filter": "Ground", "parameters": { "town": "Y" },',
    ]);
  });

  test('aliases and parameters of the filter that is extended', () => {
    expect(filterLines(changedBy(files, child, 'select <|>u.', 'person'))).toEqual([
      `${base}: select person.userName as login, person.mail`,
      `${base}: from dir.users as person`,
      `${base}: where person.mail <> @town`,
      `${child}: select person.userName as login, person.mail as address`,
      `${child}: where person.userName <> @town`,
    ]);
  });

  test('parameters and columns that meet by their names in appended filters', () => {
    const lines = changedBy(files, child, '@to<|>wn', 'city');
    expect(lines).toEqual([
      `${base}: parameter city text default 'X'`,
      `${base}: where u.mail <> @city`,
      `${child}: where u.userName <> @city`,
      `${more}: parameter city text default 'Z'`,
      `${more}: where u.mail = @city`,
      'mappings/B.json: { "filter": "Base", "parameters": { "city": "Y" },',
    ]);
    expect(changedBy(files, more, 'userName as lo<|>gin', 'account')).toEqual([
      `${base}: select u.userName as account, u.mail`,
      `${more}: select u.userName as account, u.mail`,
      'mappings/B.json: "attributes": { "userName": { "column": "account" } } }',
    ]);
  });
});
