import { expect, test } from 'vitest';
import { graphOf } from '../../../engine/model/references/graph.ts';
import { planRename, prepareRename } from '../../../engine/model/references/rename/plan-rename.ts';
import { createWorkspaceReader } from '../../../engine/model/workspace/read-workspace.ts';
import type { DataFolder, DataFolders } from '../../../engine/model/files/data-folder.ts';

const text = 'select o.ID from internal.Overrides as o where o.Create = true';
const files = new Map([
  ['sollist.json', '{}'],
  ['lookups/Overrides.json', '{ "columns": { "ID": "text", "Create": "boolean" }, "key": "ID" }'],
  ['filters/A.filter', text],
]);
const rows = (csv: string): DataFolders => {
  const folder: DataFolder = {
    state: 'read',
    files: new Map([['Overrides.csv', { name: 'Overrides.csv', head: { kind: 'text', text: csv } }]]),
  };
  return new Map([['lookups', folder]]);
};
const workspace = createWorkspaceReader()(files, rows('ID,Create\n1,true\n'));

test('names of a lookup are found in its file and in filters', () => {
  const graph = graphOf(workspace);
  const [column] = graph.at('filters/A.filter', text.indexOf('Create'));
  const places = graph
    .find(column ? [column.entity] : [])
    .map(({ path, span }) => `${path} ${graph.textOf(path).slice(span.offset, span.offset + span.length)}`);
  expect(places.sort()).toEqual(['filters/A.filter Create', 'lookups/Overrides.json Create']);
});

test('neither the system nor what its files call things can be renamed', () => {
  const refusal = (piece: string): unknown => prepareRename(workspace, 'filters/A.filter', text.indexOf(piece) + 1);
  expect(refusal('internal')).toMatchObject({ refused: expect.stringContaining('what NIM calls its own system') as unknown });
  expect(refusal('Overrides')).toMatchObject({ refused: expect.stringContaining('what the file calls it') as unknown });
  expect(planRename(workspace, { path: 'filters/A.filter', offset: text.indexOf('Create') }, 'Made')).toMatchObject({
    refused: expect.any(String) as unknown,
  });
});

test('the same files give the same catalog, other rows another', () => {
  const read = createWorkspaceReader();
  const data = rows('ID,Create\n1,true\n');
  const first = read(files, data);
  expect(read(new Map(files), data).catalog).toBe(first.catalog);
  expect(read(new Map([...files, ['filters/B.filter', '']]), data).catalog).toBe(first.catalog);
  const more = read(files, rows('ID,Create,Note\n1,true,x\n'));
  expect(more.catalog).not.toBe(first.catalog);
  expect(more.catalog.tables.find(({ table }) => table === 'Overrides')?.columns.map(({ name }) => name)).toEqual(['ID', 'Create', 'Note']);
});
