import { describe, expect, test } from 'vitest';
import { analyseScript } from '../../../engine/model/script/analyse-script.ts';
import { corpusExports } from './corpus-scripts.ts';

/** Columns read, as `alias.column`, each followed by `?` where it is unguarded. */
function reads(code: string): string {
  return analyseScript(code)
    .reads.map(({ alias, column, unguarded }) => `${alias}.${column}${unguarded ? '?' : ''}`)
    .join(' ');
}

describe('what a script reads', () => {
  test.for<readonly [string, string]>([
    ["return Users['mail']", 'Users.mail?'],
    ['return Users.mail', 'Users.mail?'],
    ['return Users[`mail`]', 'Users.mail?'],
    ["return data['Users']['mail']", 'Users.mail?'],
    ["return data.Users?.['mail']", 'Users.mail'],
    ['return data?.Users?.mail', 'Users.mail'],
    ['return Users?.mail ?? Others.mail', 'Users.mail Others.mail?'],
    ["return `${Users['a']} (${data['U 2']['b c']})`", 'Users.a? U 2.b c?'],
    ["return data['A'] && data['A']['x'] ? data['A']['x'] : data['B'] ? data['B']['y'] : ''", 'A.x A.x B.y'],
    ["try { return Users['mail'] } catch (e) { return Users.id }", 'Users.mail Users.id?'],
    ['if (!Users) return; return Users.mail', 'Users.mail'],
    ['if (!Users) { return null } return Users.mail', 'Users.mail'],
    ['if (Users === undefined) return 1; else return Users.mail', 'Users.mail'],
    ['return (Users ?? {}).mail', 'Users.mail'],
    ["const { mail, 'first name': first = '' } = Users; return mail", 'Users.mail? Users.first name?'],
    ['const { mail } = data.Users; return mail', 'Users.mail?'],
    ['[1].forEach(() => Users.mail)', 'Users.mail?'],
    ['Users.mail = 1; delete Users.other', 'Users.mail? Users.other?'],
    ['const Users = data["Users"]; return Users.mail', ''],
    ['function f(Users) { return Users.mail } return f({})', ''],
    ['{ const Users = {}; Users.inner } return Users.outer', 'Users.outer?'],
    ['return Math.max(JSON.length, Object.keys)', ''],
    ['return Math["max"](1) + Helper.count', 'Helper.count?'],
    ['return this.Users.mail', ''],
    ["// Users['mail']\nreturn 'Users.mail'", ''],
  ])('%s', ([code, expected]) => {
    expect(reads(code)).toBe(expected);
  });

  test.for<readonly [string, readonly string[], boolean]>([
    ['return Users[name]', ['Users', 'name'], false],
    ['return f(Users)', ['f', 'Users'], false],
    ['return { ...Users }', ['Users'], false],
    ['const { a, ...rest } = Users; return rest', ['Users'], false],
    ["const u = data['Users']; return u.mail", ['Users'], false],
    ['return Users.hasOwnProperty("mail")', ['Users'], false],
    ['return Users || null', ['Users'], false],
    ['return Users ? 1 : 2', [], false],
    ['return !Users || Users == null || typeof Users === "undefined" ? 1 : 2', [], false],
    ['return data[name]', ['name'], true],
    ['return Object.keys(data)', [], true],
    ['const { Users } = data; return Users.mail', ['Users'], false],
    ['const { ...all } = data; return all', [], true],
    ['with (data) { return Users.mail }', [], true],
    ['const data = {}; return data[name]', ['name'], false],
    ['return vaultObjectExists("a", "b", Users.id)', [], false],
  ])('%s uses as a whole %j', ([code, aliases, dynamic]) => {
    expect({ aliases: analyseScript(code).aliases, dynamic: analyseScript(code).dynamic }).toEqual({ aliases, dynamic });
  });

  test('a table with the name of a built-in is one where it is known as such', () => {
    expect(analyseScript('return Map.x').reads).toEqual([]);
    expect(analyseScript('return Map.x', ['Map']).reads).toMatchObject([{ alias: 'Map', column: 'x' }]);
  });

  test('spans are those of the names', () => {
    const code = "return data['Users']['mail'] + Users.id";
    const { reads } = analyseScript(code);
    const at = ({ offset, length }: { offset: number; length: number }) => code.slice(offset, offset + length);
    expect(reads.map(({ span, aliasSpan }) => [at(aliasSpan), at(span)])).toEqual([
      ['Users', 'mail'],
      ['Users', 'id'],
    ]);
  });
});

describe('names that are not declared', () => {
  const free = (code: string) =>
    analyseScript(code)
      .free.map(({ name, use }) => (use === 'read' ? name : `${name}:${use}`))
      .join(' ');
  test.for<readonly [string, string]>([
    ['let days = 1; if (days == 15 || day == 7) return false', 'day'],
    ['total = 1; return total', 'total:assigned total'],
    ['total += 1', 'total'],
    ['for (i of [1]) i', 'i:assigned i'],
    ['for (const i of [1]) i', ''],
    ['for (let i = 0; i < 1; i++); return i', 'i'],
    ['[a, { b }, ...c] = [b, a]', 'a:assigned b:assigned c:assigned b a'],
    ['return typeof maybe', 'maybe:asked'],
    ['var f = function g(a, { b }, [c] = d) { return g(a, b, c, e) }', 'd e'],
    ['return arguments.length + f(); function f() { return h; var h }', ''],
    ['{ function inner() {} } inner()', ''],
    ['try {} catch ({ message }) { message } message', 'message'],
    ['class A extends B { x = A; static #p = y; m() { return super.z } }', 'B y'],
    ['label: for (;;) { break label }', ''],
    ['return { key: 1, [computed]: 2, short, method() { return inner } }', 'computed short inner'],
    ['switch (1) { case 1: let x; default: x }', ''],
    ['var a = () => { var b; }; b', 'b'],
    ['if (x) { var y } return y', 'x'],
  ])('%s', ([code, expected]) => {
    expect(free(code)).toBe(expected);
  });
});

describe('what cannot be read', () => {
  test.for<readonly [string, number, RegExp]>([
    ["return Users['mail'", 19, /not JavaScript: unexpected token/],
    ['return 1 }', 9, /unexpected token/],
    ['} function () {', 0, /unexpected token/],
    ['await x', 6, /unexpected token/],
    ['import x from "y"', 0, /import/],
    ['', 0, /^$/],
  ])('%j', ([code, offset, message]) => {
    const [problem] = analyseScript(code).problems;
    expect(problem?.message ?? '').toMatch(message);
    if (problem) expect(problem).toMatchObject({ code: 'script-syntax', span: { offset: Math.min(offset, code.length - 1), length: 1 } });
  });

  test('is said of what nests too deeply or is too long, never thrown', () => {
    for (const code of ['('.repeat(50_000), `return ${'-'.repeat(100_000)}1`, `return ${'1+'.repeat(50_000)}1`, ' '.repeat(600_000)])
      expect(Array.isArray(analyseScript(code).problems)).toBe(true);
    expect(analyseScript('('.repeat(50_000)).problems).toHaveLength(1);
  });
});

test('every script of the corpus is read', ({ skip }) => {
  const scripts = corpusExports();
  if (scripts === undefined) return skip('SOLLIST_CORPUS names no folder with exports');
  expect(scripts.length).toBeGreaterThan(10);
  for (const code of scripts) expect(analyseScript(code).problems, code).toEqual([]);
});
