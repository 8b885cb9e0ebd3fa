import { describe, expect, test } from 'vitest';
import { checkScript, type ScriptContext } from '../../../engine/model/script/check-script.ts';
import { catalogOf } from '../../../engine/model/system/catalog.ts';

const context: ScriptContext = {
  aliases: [
    { alias: 'Users', columns: ['mail', 'displayName', 'first name'], presence: 'always' },
    { alias: 'AD_Users', columns: ['mail', 'id'], presence: 'maybe' },
    { alias: 'Left', columns: ['id'], presence: 'never' },
    { alias: 'Open', columns: [], presence: 'always' },
  ],
  globals: ['T4ELib', 'domain'],
};

/** Each problem as `code: the text it is at`; and what its first fix makes of the code. */
function check(code: string): { readonly found: readonly string[]; readonly fixed: readonly string[] } {
  const problems = checkScript(code, context);
  const fixed = problems.flatMap(({ fixes = [] }) =>
    fixes.slice(0, 1).map(({ span, text }) => code.slice(0, span.offset) + text + code.slice(span.offset + span.length)),
  );
  return { found: problems.map(({ code: name, span }) => `${name}: ${code.slice(span.offset, span.offset + span.length)}`), fixed };
}

describe('a script that is right', () => {
  test.for([
    "return Users['mail'] + Users.displayName + data['Users']['first name'] + data.Open.anything",
    'return AD_Users ? AD_Users.mail : Users.mail',
    "try { return AD_Users['mail'] } catch (e) {}",
    'return T4ELib.clean(Users.mail) + domain',
    'count = 0; for (const c of Users.mail) count++; return count',
    "return vaultObjectExists('hr', 'persons', Users.mail) && typeof other === 'undefined'",
    "const [name] = Users.mail.split('@'); console.log(name); return new Date() - Date.parse('2026') + Math.round(1)",
    'return arguments.length',
  ])('%s', (code) => {
    expect(check(code).found).toEqual([]);
  });
});

describe('what is asked of the vault', () => {
  const catalog = catalogOf([
    { system: 'AD', table: 'Users', columns: [{ name: 'id', type: 'text' }, { name: 'mail', type: 'text' }], key: 'id' },
    { system: 'AD', table: 'Members', columns: [{ name: 'group', type: 'text' }] },
    { system: 'AD', table: 'Open', columns: [], key: 'id' },
  ], []); // oxfmt-ignore
  const problems = (code: string): readonly string[] =>
    checkScript(code, { ...context, catalog }).map(
      ({ code: name, span, message, fixes = [] }) =>
        `${name} at ${code.slice(span.offset, span.offset + span.length)}: ${message}${fixes.map(({ text }) => ` -> ${text}`).join('')}`,
    );
  test.for<readonly [string, readonly string[]]>([
    ["return vaultObjectExists('AD', 'Users', Users.mail) || vaultObjectExistsByRef('AD', `Users`, 'mail', 1)", []],
    ["return vaultObjectExistsByRef('AD', 'Open', 'anything', 1)", []],
    ['const name = Users.mail; return vaultObjectExists(name, name, 1) || vaultObjectExists(...name)', []],
    ["const vaultObjectExists = () => 1; return vaultObjectExists('no', 'no')", []],
    [
      "return vaultObjectExists('ad', 'Users', 1)",
      ['script-unknown-table at ad: There is no system "ad". Did you mean "AD"? The script fails where it asks for it. -> AD'],
    ],
    [
      'return vaultObjectExists(\'AD\', "users", 1)',
      [
        'script-unknown-table at users: The system "AD" has no table "users". Did you mean "Users"? The script fails where it asks for it. -> Users',
      ],
    ],
    [
      "return vaultObjectExistsByRef('AD', 'Users', 'Mail', 1)",
      ['script-unknown-table at Mail: AD.Users has no column "Mail". Did you mean "mail"? The script fails where it asks for it. -> mail'],
    ],
    [
      "return vaultObjectExists('AD', 'Members', 1)",
      [
        'script-unknown-table at Members: AD.Members has no primary key to be asked by. Write vaultObjectExistsByRef(system, table, column, value). The script fails where it asks for it.',
      ],
    ],
    [
      "return vaultObjectExists('Exchange', Users.mail, 1)",
      ['script-unknown-table at Exchange: There is no system "Exchange". The script fails where it asks for it.'],
    ],
    [
      "return vaultObjectExistsByRef('AD', 'Group', Users.mail, 1)",
      ['script-unknown-table at Group: The system "AD" has no table "Group". The script fails where it asks for it.'],
    ],
  ])('%s', ([code, found]) => {
    expect(problems(code)).toEqual(found);
  });
});

describe('what is wrong', () => {
  test.for<readonly [string, readonly string[], readonly string[]]>([
    ["return Users['mial']", ['script-unknown-column: mial'], ["return Users['mail']"]],
    ['return Users.Mail', ['script-unknown-column: Mail'], ['return Users.mail']],
    ['return Users.firstname', ['script-unknown-column: firstname'], []],
    ["return Users['firstname']", ['script-unknown-column: firstname'], ["return Users['first name']"]],
    ["return data['users'].mail", ['script-unknown-column: users'], ["return data['Users'].mail"]],
    ['return users.mail', ['script-unknown-name: users'], ['return Users.mail']],
    ['return Left.id', ['script-unknown-column: Left'], []],
    ['let days = 15; return days == 15 || day == 7 || day == 3', ['script-unknown-name: day', 'script-unknown-name: day'], []],
    ['return T4Elib.clean(1)', ['script-unknown-name: T4Elib'], ['return T4ELib.clean(1)']],
    ['return AD_Users.mail + AD_Users.id', ['script-unguarded: mail'], ['return AD_Users?.mail + AD_Users.id']],
    ["return AD_Users['mail']", ['script-unguarded: mail'], ["return AD_Users?.['mail']"]],
    ['Users.mail', ['script-no-return: Users.mail'], ['return Users.mail']],
    ['const a = Users.mail;', ['script-no-return: const a = Users.mail;'], []],
    ['const f = () => { return 1 };\nf()', ['script-no-return: const f = () => { return 1 };'], []],
    ['', ['script-no-return: '], []],
    ['return Users[', ['script-syntax: ['], []],
    ['return process.env.HOME', ['script-unknown-name: process'], []],
    ["return require('fs')", ['script-unknown-name: require'], []],
    ["return import('fs')", ["script-unknown-name: import('fs')"], []],
    ["return eval('1')", ['script-unknown-name: eval'], []],
  ])('%s', ([code, found, fixed]) => {
    expect(check(code)).toEqual({ found, fixed });
  });

  test('messages say what to do next', () => {
    const [unknown] = checkScript("return Users['mial']", context);
    expect(unknown?.message).toBe('"Users" has no column "mial", so this is always undefined. Did you mean "mail"?');
    expect(checkScript('return day', context)[0]?.message).toMatch(/"day" is not declared.*The tables here are "Users", "AD_Users"/);
    expect(checkScript('return process.env', context)[0]?.message).toMatch(/sees the row and nothing else/);
  });
});
