import { expect, test } from 'vitest';
import { chooseFile, isDataFile, tablesOf } from '../../../engine/model/files/choose-file.ts';
import { folderPlace } from '../../../engine/model/files/data-folder.ts';
import { readFilesSource } from '../../../engine/model/files/source.ts';
import { parseJson } from '../../../engine/model/text/json.ts';

const names = ['Persons.CSV', 'a.txt', 'a.csv', 'export-2.csv', 'export-10.csv', 'groups.tsv'];

function choose(table: string, file?: string): unknown {
  const source = readFilesSource(
    parseJson(JSON.stringify({ folder: 'x', tables: file === undefined ? {} : { [table]: { file } } }), { strict: true }).root,
  );
  return source && chooseFile(source, table, names);
}

test('a table is the file of its name, or the one it names', () => {
  expect(choose('Persons')).toEqual({ kind: 'found', file: 'Persons.CSV', of: 1 });
  expect(choose('persons')).toEqual({ kind: 'none' });
  expect(choose('groups', 'groups.tsv')).toEqual({ kind: 'found', file: 'groups.tsv', of: 1 });
  expect(choose('a')).toEqual({ kind: 'several', files: ['a.txt', 'a.csv'] });
  expect(choose('a', 'a.csv')).toMatchObject({ file: 'a.csv' });
});

test('of several that fit a pattern the last by name is taken', () => {
  expect(choose('export', 'export-*.csv')).toEqual({ kind: 'found', file: 'export-2.csv', of: 2 });
  expect(choose('export', 'export-??.csv')).toEqual({ kind: 'found', file: 'export-10.csv', of: 1 });
  expect(choose('export', '*x*')).toMatchObject({ of: 3 });
  expect(choose('export', 'export-[12].csv')).toEqual({ kind: 'none' });
});

test('no pattern takes long', () => {
  const started = performance.now();
  expect(choose('x', `${'*a'.repeat(200)}b`)).toEqual({ kind: 'none' });
  expect(performance.now() - started).toBeLessThan(500);
});

test('what others keep beside their files is no table', () => {
  expect(['.hidden.csv', '~$persons.csv', 'notes.md', '.csv', 'a.csv.bak'].filter(isDataFile)).toEqual([]);
});

test('a file that a table names is no table of its own', () => {
  const source = readFilesSource(parseJson('{"folder":"x","tables":{"export":{"file":"export-*.csv"}}}', { strict: true }).root);
  expect(source && tablesOf(source, names)).toEqual(['export', 'Persons', 'a', 'groups']);
});

test.each([
  ['data', 'inside'],
  ['./data/../other', 'inside'],
  ['..', 'outside'],
  ['data/../../x', 'outside'],
  [String.raw`data\..\..\x`, 'outside'],
  ['/srv/export', 'absolute'],
  [String.raw`C:\export`, 'absolute'],
  [String.raw`\\server\share`, 'absolute'],
])('%s lies %s', (path, place) => {
  expect(folderPlace(path)).toBe(place);
});
