import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { checkPaths } from '../../../engine/run/workspace/check-paths.ts';
import { writeFiles } from '../../support/write-files.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function problems(files: Readonly<Record<string, unknown>>): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-lookup-'));
  folders.push(folder);
  writeFiles(folder, { 'sollist.json': { name: 'Test' }, ...files });
  return checkPaths([], { cwd: folder }).problems.map(({ file, line, code, message }) => `${file}:${line} ${code}: ${message}`);
}

const flags = 'ID,Create\nE1,true\n\nE2,false\n';
const one = (start: string, piece = ''): unknown => [expect.stringMatching(new RegExp(`^${start}.*${piece}`))];

describe('lookups', () => {
  test('rows alone, and rows with a lookup, are in order', () => {
    expect(problems({ 'lookups/Flags.csv': flags })).toEqual([]);
    const lookup = { columns: { ID: 'text', Create: 'boolean', Number: { type: 'number', auto: true } }, key: 'ID', display: 'ID' };
    expect(problems({ 'lookups/Flags.csv': flags, 'lookups/Flags.json': lookup })).toEqual([]);
  });

  test('a column that the file lacks, with the nearest one', () => {
    expect(problems({ 'lookups/Flags.csv': flags, 'lookups/Flags.json': { columns: { Crate: 'boolean' } } })).toEqual(
      one('lookups/Flags.json:3 lookup-column: lookups/Flags.csv has no column "Crate"', 'Did you mean "Create"'),
    );
  });

  test('a key and a display column that nobody has', () => {
    expect(problems({ 'lookups/Flags.csv': flags, 'lookups/Flags.json': { key: 'id', display: 'Name' } })).toEqual([
      expect.stringMatching(/Flags\.json:2 unknown-column: .*"id".*Did you mean "ID"/),
      expect.stringMatching(/Flags\.json:3 unknown-column: .*"Name"/),
    ]);
  });

  test('keys that repeat, with their lines; rows that get a key of their own are no repetition', () => {
    const csv = 'ID,Note\n7,a\n8,"two\nlines"\n7,b\n,c\n,d\n';
    expect(problems({ 'lookups/A.csv': csv, 'lookups/A.json': { columns: { ID: { type: 'number', auto: true } }, key: 'ID' } })).toEqual(
      one('lookups/A.json:8 lookup-key-repeated: ', '"7" \\(lines 2, 5\\)'),
    );
  });

  test('values that are not of their type', () => {
    const lookup = { columns: { ID: 'number', Create: 'boolean' } };
    expect(problems({ 'lookups/Flags.csv': `${flags}7,perhaps\n`, 'lookups/Flags.json': lookup })).toEqual([
      expect.stringMatching(/Flags\.json:3 lookup-value: lookups\/Flags\.csv, line 2: "E1" in "ID" is no number\. So are 1 more/),
      expect.stringMatching(/Flags\.json:4 lookup-value: .*line 5: "perhaps" in "Create" is no truth value/),
    ]);
  });

  test('no file with rows, an unknown type, a boolean that should count by itself', () => {
    expect(problems({ 'lookups/A.json': { columns: { ID: 'text' } } })).toEqual(one('lookups/A.json:1 files-missing', 'lookups/A.csv'));
    expect(problems({ 'lookups/Flags.csv': flags, 'lookups/Flags.json': { columns: { ID: 'guid' } } })).toEqual(
      one('lookups/Flags.json:3 '),
    );
    expect(
      problems({ 'lookups/Flags.csv': flags, 'lookups/Flags.json': { columns: { Create: { type: 'boolean', auto: true } } } }),
    ).toEqual(one('lookups/Flags.json:5 wrong-value: Only numbers and texts can be "auto"'));
  });

  test('names that differ in case alone, also from those of NIM', () => {
    expect(problems({ 'lookups/a.csv': flags, 'lookups/A.csv': flags, 'lookups/A.json': {} })).toEqual(
      one('lookups/A.json:1 table-name-clash: "A" and "a"'),
    );
    expect(problems({ 'lookups/Users.csv': flags, 'lookups/Users.json': {} })).toEqual(
      one('lookups/Users.json:1 table-name-clash: "Users" and "users"'),
    );
  });
});

describe('systems/internal.json', () => {
  const tables = { Flags: { key: 'ID' }, users: { references: ['ExternalID'] } };

  test('may say more about lookups and about the tables of NIM', () => {
    expect(problems({ 'lookups/Flags.csv': flags, 'systems/internal.json': { tables } })).toEqual([]);
  });

  test('has neither connector nor folder, and no table without rows', () => {
    const found = problems({
      'lookups/Flags.csv': flags,
      'systems/internal.json': { files: { folder: 'data' }, tables: { ...tables, Flag: {} } },
    });
    expect(found).toEqual([
      expect.stringMatching(/internal\.json:2 system-source: "internal" is NIM's own system/),
      expect.stringMatching(
        /internal\.json:\d+ unknown-table: The folder lookups of "internal" has no file for a table "Flag"\. Did you mean "Flags"/,
      ),
    ]);
  });

  test('filters, relations and roles may name its tables', () => {
    const found = problems({
      'lookups/Flags.csv': flags,
      'filters/Overrides.filter':
        "select o.ID, o.Crate from internal.Flags o join internal.users u on u.ExternalID = o.ID where u.Name <> 'x'",
      'relations.json': {
        relations: [
          { left: { system: 'internal', table: 'Flags', column: 'ID' }, right: { system: 'internal', table: 'Nobody', column: 'ID' } },
        ],
      },
    });
    expect(found).toContainEqual(expect.stringMatching(/^filters\/Overrides\.filter:1 unknown-column: .*Crate/));
    expect(found).toContainEqual(expect.stringMatching(/^relations\.json:\d+ unknown-table: .*"Nobody"/));
  });
});
