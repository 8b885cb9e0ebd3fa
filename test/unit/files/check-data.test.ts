import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkPaths } from '../../../engine/run/workspace/check-paths.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const persons = 'id;name;manager\n007;Zoë;\n8;Jan;007\n';
const tables = { persons: { key: 'id', display: 'name', relations: { manager: 'persons' } } };

/** The problems of a workspace with a system of files, as `file code`, or whole messages. */
function problems(
  system: object,
  files: Readonly<Record<string, string | Uint8Array | object>> = { 'data/persons.csv': persons },
): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-data-'));
  folders.push(folder);
  for (const [path, content] of Object.entries({ 'sollist.json': { name: 'Test' }, 'systems/payroll.json': system, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content));
  }
  return checkPaths([], { cwd: folder }).problems.map(({ file, code, message }) => `${file} ${code}: ${message}`);
}

const one = (code: string, piece: string): unknown => [expect.stringMatching(new RegExp(`^\\S+ ${code}: .*${piece}`))];

test('a folder of files needs no more than its name', () => {
  expect(problems({ files: { folder: 'data' }, tables })).toEqual([]);
});

test('neither, both, and what only a connector can have', () => {
  expect(problems({ tables })).toEqual(one('system-source', '"files"'));
  const connector = { schema: { crud_objects: {} }, rest: { config: {} } };
  expect(
    problems({ connector: 'X', files: { folder: 'data' }, tables }, { 'connectors/X.json': connector, 'data/persons.csv': persons }),
  ).toContainEqual(expect.stringContaining('systems/payroll.json system-source: A system is a connector or a folder'));
  expect(problems({ files: { folder: 'data' }, connection: { a: '1' }, tables })).toEqual(one('system-source', '"connection"'));
  expect(
    problems(
      { files: { folder: 'data' }, tables },
      { 'data/persons.csv': persons, 'overlays/payroll.json': { schema: { crud_objects: {} } } },
    ),
  ).toContainEqual(expect.stringContaining('overlays/payroll.json system-source'));
});

test('folders and files that are not there, or not ours', () => {
  expect(problems({ files: { folder: 'dta' }, tables })).toEqual(one('files-missing', 'dta is not there'));
  expect(problems({ files: { folder: '../data' }, tables })).toEqual(one('files-outside', 'leads out'));
  expect(problems({ files: { folder: 'data' }, tables: { person: {} } })).toEqual(one('unknown-table', 'Did you mean "persons"'));
  expect(problems({ files: { folder: 'data', tables: { persons: { file: 'p-*.csv' } } }, tables })).toEqual(one('files-missing', 'p-'));
  expect(problems({ files: { folder: 'data', tables: { persons: { file: 'x/p.csv' } } }, tables })).toContainEqual(
    expect.stringContaining('files-outside'),
  );
  expect(problems({ files: { folder: 'data' }, tables }, { 'data/persons.csv': '' })).toEqual(one('files-missing', 'is empty'));
  expect(problems({ files: { folder: 'data' }, tables }, { 'data/persons.csv': persons, 'data/persons.txt': persons })).toEqual(
    one('files-ambiguous', 'persons.csv or persons.txt'),
  );
});

test('columns that are not there', () => {
  const files = { folder: 'data', tables: { persons: { columns: { nme: 'text' } } } };
  expect(problems({ files, tables: { persons: { key: 'idd', references: ['name'] } } })).toEqual([
    expect.stringContaining(
      'systems/payroll.json unknown-column: The table "persons" of "payroll" has no column "nme". Did you mean "name"?',
    ),
    expect.stringContaining(
      'systems/payroll.json unknown-column: The table "persons" of "payroll" has no column "idd". Did you mean "id"?',
    ),
  ]);
});

test('settings that the file contradicts, and names that are odd', () => {
  const latin = Buffer.from(persons, 'latin1');
  expect(problems({ files: { folder: 'data', encoding: 'utf-8' }, tables }, { 'data/persons.csv': latin })).toEqual(
    one('files-contradiction', 'not UTF-8'),
  );
  expect(problems({ files: { folder: 'data' }, tables }, { 'data/persons.csv': latin })).toEqual([]);
  expect(problems({ files: { folder: 'data', delimiter: ',' }, tables: { persons: {} } })).toEqual(one('files-contradiction', 'divide'));
  expect(problems({ files: { folder: 'data' }, tables: { persons: {} } }, { 'data/persons.csv': 'a;A;\n1;2;3\n' })).toEqual([
    expect.stringContaining('files-header'),
    expect.stringContaining('files-header'),
  ]);
});

test('settings that mean nothing', () => {
  const columns = { id: { type: 'date', format: 'YYYY' }, name: { type: 'list' }, manager: { type: 'text', format: 'yyyy-MM-dd' } };
  expect(problems({ files: { folder: 'data', tables: { persons: { columns } } }, tables })).toEqual([
    expect.stringMatching(/wrong-value: "YYYY"/),
    expect.stringMatching(/missing-property: "name" is a list/),
    expect.stringMatching(/wrong-value: Only dates/),
  ]);
  expect(problems({ files: { folder: 'data', encoding: 'latin1', delimiter: ';;' }, tables })).toHaveLength(2);
});

test('nothing is written into files, whether they can be seen or not', () => {
  const filter = "select p.name from payroll.persons as p where p.id = '8'\n";
  const mapping = {
    filter: 'A',
    target: { system: 'payroll', table: 'persons', operation: 'person_create' },
    attributes: { name: { column: 'name' } },
  };
  for (const folder of ['data', 'gone']) {
    const found = problems(
      { files: { folder }, tables },
      { 'data/persons.csv': persons, 'filters/A.filter': filter, 'mappings/M.json': mapping },
    );
    expect(found.filter((text) => text.startsWith('mappings'))).toEqual(one('files-read-only', 'only read'));
    expect(found.filter((text) => text.startsWith('filters'))).toEqual([]);
  }
});

test('a filter knows the columns of a file', () => {
  const found = problems(
    { files: { folder: 'data' }, tables },
    { 'data/persons.csv': persons, 'filters/A.filter': 'select p.nam from payroll.persons as p\n' },
  );
  expect(found).toEqual(one('unknown-column', 'name'));
});
