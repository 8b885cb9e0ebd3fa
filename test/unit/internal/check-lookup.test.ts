import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
const one = (start: string, piece = ''): readonly unknown[] => [expect.stringMatching(new RegExp(`^${start}.*${piece}`))];

describe('rows of lookups', () => {
  test('a quote that is never closed, at its place', () => {
    expect(problems({ 'lookups/A.csv': 'ID,Name\n1,"open\n2,b\n' })).toEqual(
      one('lookups/A.csv:2 lookup-rows: This quote is never closed'),
    );
    expect(problems({ 'lookups/A.csv': 'ID,Name\n1,"two\nlines, ""quoted"""\n2,b\n' })).toEqual([]);
  });

  test('rows that are uneven, each; many of them are counted', () => {
    expect(problems({ 'lookups/A.csv': 'ID,Name\n1\n2,Smith, Ann\n,\n3,c,,\n' })).toEqual([
      'lookups/A.csv:2 lookup-rows: This row has 1 cell and the first line 2, so it is left out.',
      'lookups/A.csv:3 lookup-rows: This row has 3 cells and the first line 2, so it is left out. A cell that holds "," stands in quotes.',
    ]);
    const many = problems({ 'lookups/A.csv': `ID,Name\n${'1\n'.repeat(14)}` });
    expect(many).toHaveLength(10);
    expect(many.at(-1)).toContain('So are 4 more.');
  });

  test('a header with a name twice or none, an empty file', () => {
    expect(problems({ 'lookups/A.csv': 'ID,id,\n1,2,3\n' })).toEqual([
      expect.stringMatching(/^lookups\/A\.csv:1 files-header: The header has "id" more than once/),
      expect.stringMatching(/^lookups\/A\.csv:1 files-header: Column 3 has no name/),
    ]);
    expect(problems({ 'lookups/A.csv': '' })).toEqual(one('lookups/A.csv:1 files-missing: The file is empty.'));
  });

  test('other encodings are read as a collection reads them', () => {
    const text = 'ID,Name\n1,Ä\n2\n';
    const uneven = one('lookups/A.csv:3 lookup-rows: This row has 1 cell');
    const folder = mkdtempSync(join(tmpdir(), 'sollist-lookup-'));
    folders.push(folder);
    const found = (bytes: Buffer): readonly string[] => {
      writeFiles(folder, { 'sollist.json': { name: 'Test' }, 'lookups/A.csv': '' });
      writeFileSync(join(folder, 'lookups/A.csv'), bytes);
      return checkPaths(['lookups/A.csv'], { cwd: folder }).problems.map(
        ({ file, line, code, message }) => `${file}:${line} ${code}: ${message}`,
      );
    };
    expect(found(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toEqual(uneven);
    expect(found(Buffer.from(`\uFEFF${text}`))).toEqual(uneven);
    expect(found(Buffer.from(text, 'latin1'))).toEqual([
      expect.stringMatching(/^lookups\/A\.csv:1 lookup-encoding: .*Windows-1252.*Save it as UTF-8\.$/),
      ...uneven,
    ]);
  });

  test('are looked at by the name of their file, and counted', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sollist-lookup-'));
    folders.push(folder);
    writeFiles(folder, { 'sollist.json': { name: 'Test' }, 'lookups/A.csv': 'ID,N\n1\n', 'lookups/B.csv': 'ID,N\n1\n' });
    expect(checkPaths(['lookups/A.csv'], { cwd: folder })).toMatchObject({ files: 1, problems: [{ file: 'lookups/A.csv', line: 2 }] });
    expect(checkPaths([], { cwd: folder })).toMatchObject({ files: 3, problems: [{}, {}] });
  });
});

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
