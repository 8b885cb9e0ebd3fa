import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkPaths, type LocatedProblem } from '../../../engine/run/workspace/check-paths.ts';
import { findWorkspaceFolder, readFiles } from '../../../engine/run/workspace/read-files.ts';
import { openWorkspace, systemToRun, vaultPath } from '../../../engine/run/workspace/open-workspace.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const connector = (operations: object = {}): string =>
  JSON.stringify({
    schema: {
      crud_objects: {
        users: {
          operations: { users_get: { method: 'get', call: { mode: 'normal', path: '/u' } }, ...operations },
          key: 'id',
          resources: { id: 'string*' },
        },
      },
    },
    rest: {
      config: { baseUrl: 'http://127.0.0.1:1', authentication: 'basic_auth', call_handling: 'generic', test_connection: { url: '/u' } },
    },
  });

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-check-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const place = ({ file, line, column, code }: LocatedProblem): string => `${file}:${line}:${column} ${code}`;
const sample = {
  'sollist.json': '{ "name": "W" }',
  'connectors/dir.json': connector(),
  'systems/dir.json': '{ "connector": "dir",\n  "tables": { "user": {} } }',
};

test('a workspace: files relative to it, lines and columns from 1, in order', () => {
  const folder = folderWith({ ...sample, 'mappings/M.json': '{', 'filters/F.filter': 'select x from' });
  const { problems, files } = checkPaths([], { cwd: join(folder, 'systems') });
  expect(files).toBe(5);
  expect(problems.map(place)).toContain('systems/dir.json:2:15 unknown-table');
  expect([...new Set(problems.map(({ file }) => file))]).toEqual(['filters/F.filter', 'mappings/M.json', 'systems/dir.json']);
});

test('one file of a workspace is checked with all of it in view', () => {
  const folder = folderWith(sample);
  const { problems, files } = checkPaths(['systems/dir.json'], { cwd: folder });
  expect([files, problems.map(place)]).toEqual([1, ['systems/dir.json:2:15 unknown-table']]);
});

test('a folder above workspaces checks them, and connectors that lie about', () => {
  const folder = folderWith({
    ...Object.fromEntries(Object.entries(sample).map(([path, text]) => [`one/${path}`, text])),
    'loose/x.json': connector({ bad: { method: 'get' } }),
    'loose/other.json': '{"a":1}',
  });
  const { problems, files } = checkPaths(['.'], { cwd: folder });
  expect(files).toBe(4);
  expect(problems.map(({ file }) => file)).toContain('one/systems/dir.json');
  expect(problems.map(({ file }) => file)).toContain('loose/x.json');
});

test('a folder within a workspace that is none of its own is looked at by itself', () => {
  const folder = folderWith({ ...sample, 'exports/old.json': connector({ bad: { method: 'get' } }) });
  expect(checkPaths(['exports'], { cwd: folder }).problems.map(({ file }) => file)).toContain('exports/old.json');
});

test.each([
  [['nope'], 'does not exist'],
  [['empty'], 'holds no connector, no filter and no workspace'],
  [[], 'No sollist.json was found'],
])('%j cannot be checked', (paths, message) => {
  const folder = folderWith({ 'empty/readme.md': '', 'x.txt': '' });
  expect(() => checkPaths(paths, { cwd: folder })).toThrow(message);
});

test('a lone file that is no connector says so, and a broken one where', () => {
  const folder = folderWith({ 'a.json': '{"a": 1}', 'b.json': '{"a": ' });
  expect(checkPaths(['a.json'], { cwd: folder }).problems.map(place)).toEqual(['a.json:1:1 unknown-kind']);
  expect(checkPaths(['b.json'], { cwd: folder }).problems[0]).toMatchObject({ file: 'b.json', code: 'not-json', line: 1 });
});

test('a broken sollist.json stops runs, for it may mean another vault or other guards', () => {
  for (const text of [
    '{ "name": "W", "vault": ',
    '{ "name": "W", "guards": { "delete": { "count": "none" } } }',
    '{ "name": "W", "guard": {} }',
  ]) {
    const open = openWorkspace(folderWith({ ...sample, 'sollist.json': text }));
    expect(() => vaultPath(open), text).toThrow('sollist.json:1:');
  }
});

test('an environment that names no system is refused where it is used, and so is an unknown one', () => {
  const settings = '{ "name": "W", "environments": { "test": { "connections": { "dri": { "user_name": "x" } } } } }';
  const folder = folderWith({ ...sample, 'sollist.json': settings });
  expect(() => systemToRun(openWorkspace(folder, { environment: 'test' }), 'dir')).toThrow('There is no system "dri"');
  expect(systemToRun(openWorkspace(folder), 'dir').system.name).toBe('dir');
  expect(() => openWorkspace(folder, { environment: 'tset' })).toThrow('sollist.json has no environment "tset".');
});

test('a link to itself among files costs nothing but itself', () => {
  const folder = folderWith({ 'sollist.json': '{ "name": "W" }', 'connectors/crm.json': connector() });
  symlinkSync('loop.json', join(folder, 'connectors/loop.json'));
  expect([...readFiles(folder).keys()].sort()).toEqual(['connectors/crm.json', 'sollist.json']);
});

test('a path that cannot be looked at is named in a sentence', () => {
  const folder = folderWith({});
  symlinkSync('loop', join(folder, 'loop'));
  for (const path of ['loop', 'x'.repeat(5000)]) expect(() => checkPaths([path], { cwd: folder })).toThrow(/cannot be read\. Check/);
  expect(findWorkspaceFolder(join(folder, 'loop'))).toBeUndefined();
});
