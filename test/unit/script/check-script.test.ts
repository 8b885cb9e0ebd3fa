import { describe, expect, test } from 'vitest';
import { checkScript, type ScriptContext } from '../../../engine/model/script/check-script.ts';

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
