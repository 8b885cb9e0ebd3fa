import { expect, test } from 'vitest';
import { jsonFiles, type ReadableFolder } from '../../../client/features/nim/json-files.ts';

/** A folder of files by path. */
function folderOf(files: Readonly<Record<string, string>>, read: string[] = []): ReadableFolder {
  const below = (path: string): string => (path === '' ? '' : `${path}/`);
  return {
    shown: '/nim',
    list: (path) => {
      const names = Object.keys(files).flatMap((one) => (one.startsWith(below(path)) ? [one.slice(below(path).length)] : []));
      return Promise.resolve(
        [...new Set(names.map((name) => name.split('/')[0] ?? ''))].map((name) => ({
          name,
          kind: names.includes(name) ? ('file' as const) : ('folder' as const),
        })),
      );
    },
    size: (path) => Promise.resolve(files[path]?.length ?? 0),
    text: (path) => {
      read.push(path);
      return Promise.resolve(files[path] ?? '');
    },
  };
}

const limits = { bytes: 10, files: 3, entries: 6 };

test('the JSON files of a folder and below, and no other', async () => {
  const files = { 'a.json': '1', 'in/b.JSON': '2', 'in/c.txt': 'x' };
  expect(await jsonFiles(folderOf(files), limits)).toEqual([
    { path: 'a.json', text: '1' },
    { path: 'in/b.JSON', text: '2' },
  ]);
});

test('all together have a limit, and what is beyond it is not read', async () => {
  const read: string[] = [];
  const files = { 'a.json': '12345', 'in/b.json': '12345', 'in/c.json': '1' };
  await expect(jsonFiles(folderOf(files, read), limits)).rejects.toMatchObject({ code: 'file-too-large' });
  expect(read).toEqual(['a.json', 'in/b.json']);
});

test('many files are told of', async () => {
  const named = (count: number, ending: string): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`${String(at)}.${ending}`, '']));
  await expect(jsonFiles(folderOf(named(4, 'json')), limits)).rejects.toThrow(/more than 3 JSON files/);
  await expect(jsonFiles(folderOf(named(7, 'txt')), limits)).rejects.toThrow(/more than 6 files and folders/);
});
