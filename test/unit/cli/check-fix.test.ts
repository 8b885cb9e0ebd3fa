import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Outcome, runCommand } from '../../support/command-line.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-fix-'));
  mkdirSync(join(folder, 'connectors'));
  writeFileSync(join(folder, 'sollist.json'), '{ "name": "test" }\n');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function sollist(...args: readonly string[]): Promise<Outcome> {
  return runCommand(args, { cwd: folder });
}

const connector = (operation: string): string => `{
  "schema": {
    "crud_objects": {
      "users": {
        "key": "id",
        "operations": { "users_get": ${operation} },
        "resources": { "id": "string*" }
      }
    }
  },
  "rest": {
    "config": {
      "get": {},
      "baseUrl": "https://api.example.com",
      "authentication": "basic_auth",
      "call_handling": "generic",
      "test_connection": { "url": "/ping" }
    }
  }
}
`;
const sound = connector('{ "method": "get", "call": { "path": "/users" } }').replace('      "get": {},\n', '');
const idle = connector('{ "method": "get", "call": { "path": "/users", "query_parameters": {} }, "processing_options": {} }');

function write(name: string, text: string): string {
  const path = join(folder, 'connectors', name);
  writeFileSync(path, text);
  return path;
}

describe('check --fix', () => {
  test('repairs what is safe, says so, and shows what is left', async () => {
    const path = write('hr.json', idle);
    const { code, out, err } = await sollist('check', '--fix');
    expect(out).toBe('connectors/hr.json: 3 problems fixed (3 empty-property).\n2 files checked: nothing wrong.\n');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(readFileSync(path, 'utf8')).toBe(sound);
    expect((await sollist('check', '--fix')).out).toBe('2 files checked: nothing wrong.\n');
  });

  test('goes on where one repair makes room for the next', async () => {
    const path = write(
      'hr.json',
      idle.replace('"get": {}', '"get": { "pagination": { "mode": "link", "params": {} }, "query_parameters": {} },\n      "headers": {}'),
    );
    expect((await sollist('check', '--fix')).out).toContain('4 problems fixed (4 empty-property)');
    expect(readFileSync(path, 'utf8')).toContain('"get": { "pagination": { "mode": "link" } },');
    const inner = write('in.json', sound.replace('"baseUrl"', '"get": { "query_parameters": {} },\n      "baseUrl"'));
    expect((await sollist('check', '--fix')).out).toContain('connectors/in.json: 2 problems fixed (2 empty-property).');
    expect(readFileSync(inner, 'utf8')).toBe(sound);
  });

  test('takes out a comma too many, and keeps a byte order mark', async () => {
    const path = write('hr.json', `\uFEFF${sound.replace('"/ping" }', '"/ping" },')}`);
    expect((await sollist('check', '--fix')).out).toContain('1 problem fixed (1 not-json)');
    expect(readFileSync(path, 'utf8')).toBe(`\uFEFF${sound}`);
  });

  test('leaves guesses alone and ends with 1 for them', async () => {
    const wrong = sound.replace('"string*"', '"strin*"');
    const path = write('hr.json', wrong);
    const { code, out } = await sollist('check', '--fix');
    expect(code).toBe(1);
    expect(out).toContain('unknown-type');
    expect(readFileSync(path, 'utf8')).toBe(wrong);
  });

  test('keeps the list of problems for programs as it is', async () => {
    write('hr.json', idle.replace('"string*"', '"strin*"'));
    const { out, err } = await sollist('check', '--fix', '--format', 'json');
    expect((JSON.parse(out) as { code: string }[]).map(({ code }) => code)).toEqual(['unknown-type']);
    expect(err).toBe('connectors/hr.json: 3 problems fixed (3 empty-property).\n');
    expect((await sollist('check', '--fix', '--quiet', '--format', 'json')).err).toBe('');
  });

  test('takes only the files and codes that are named', async () => {
    const [hr, other] = [write('hr.json', idle), write('other.json', idle)];
    await sollist('check', '--fix', 'connectors/hr.json');
    expect(readFileSync(hr, 'utf8')).toBe(sound);
    expect(readFileSync(other, 'utf8')).toBe(idle);
    await sollist('check', '--fix', '--code', 'repeated-entry', '--code', 'not-json');
    expect(readFileSync(other, 'utf8')).toBe(idle);
    await sollist('check', '--fix', '--code', 'empty-property');
    expect(readFileSync(other, 'utf8')).toBe(sound);
  });

  test('repairs connectors outside a workspace, too', async () => {
    rmSync(join(folder, 'sollist.json'));
    const path = write('hr.json', idle);
    expect((await sollist('check', '--fix', 'connectors')).out).toContain('connectors/hr.json: 3 problems fixed');
    expect(readFileSync(path, 'utf8')).toBe(sound);
  });

  test('does not repair what the workspace suppresses', async () => {
    write('hr.json', idle);
    writeFileSync(join(folder, 'sollist.json'), '{ "name": "test", "problems": { "severities": { "empty-property": "off" } } }\n');
    expect((await sollist('check', '--fix')).out).toBe('2 files checked: nothing wrong.\n');
    expect(readFileSync(join(folder, 'connectors/hr.json'), 'utf8')).toBe(idle);
  });

  test('never writes to a file that is no text', async () => {
    const path = write('hr.json', idle);
    writeFileSync(path, Buffer.from(idle.replace('ping', 'p\u00efng'), 'latin1'));
    const before = readFileSync(path);
    const { code, out } = await sollist('check', '--fix');
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(code).toBe(1);
    expect(out).not.toContain('fixed');
  });

  test.each([
    [['--code', 'empty-property'], /use it together with --fix/],
    [['--fix', '--code', 'empty-propery'], /no problem has the code "empty-propery"\. Did you mean "empty-property"\?/],
    [['--fix', '--code', 'unknown-type'], /for its author to choose.*Repaired here are: empty-property, /],
  ])('refuses %j with a sentence', async (args, message) => {
    write('hr.json', idle);
    const { code, err } = await sollist('check', ...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(readFileSync(join(folder, 'connectors/hr.json'), 'utf8')).toBe(idle);
  });
});
