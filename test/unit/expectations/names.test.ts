import fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphOf } from '../../../engine/model/references/graph.ts';
import { checkFile } from '../../../engine/model/workspace/check-file.ts';
import { createWorkspaceReader } from '../../../engine/model/workspace/read-workspace.ts';
import { changedBy, referencesAt, renameAt, type Files } from '../../support/names.ts';
import { connectorPath, workspace } from '../references/workspace.ts';

const path = 'expectations/dir.json';
const files: Files = {
  ...workspace,
  [path]: `{ "tables": {
"users": { "columns": ["userName", "custom_badge"], "rows": 3,
"samples": [{ "where": { "userName": "ada" }, "values": { "mail": "a@b.test" } }],
"absent": [{ "mail": "x" }] },
"user_aliases": { "columns": { "alias": { "filled": 1 } } } } }`,
};

test('the file has no problems of its own', () => {
  expect(checkFile(createWorkspaceReader()(new Map(Object.entries(files))), path)).toEqual([]);
});

test('a column of the connector is found where it is expected, in lists, objects and samples', () => {
  expect(referencesAt(files, connectorPath, '"user<|>Name": ').filter((line) => line.startsWith(path))).toEqual([
    `${path}: "users": { "columns": ["»userName«", "custom_badge"], "rows": 3,`,
    `${path}: "samples": [{ "where": { "»userName«": "ada" }, "values": { "mail": "a@b.test" } }],`,
  ]);
});

test('a column that is renamed in its connector is renamed here, and the other way round', () => {
  const expected = [
    `${path}: "users": { "columns": ["login", "custom_badge"], "rows": 3,`,
    `${path}: "samples": [{ "where": { "login": "ada" }, "values": { "mail": "a@b.test" } }],`,
  ];
  const from = (own: string, marked: string): readonly string[] => {
    const changed = changedBy(files, own, marked, 'login');
    if (typeof changed === 'string') throw new Error(changed);
    return changed.filter((line) => line.startsWith(path));
  };
  expect(from(connectorPath, '"user<|>Name": ')).toEqual(expected);
  expect(from(path, '"where": { "user<|>Name"')).toEqual(expected);
});

test('a column of an overlay, a table and a child table are renamed here, too', () => {
  const tables = renameAt(files, connectorPath, '"us<|>ers": {', 'people');
  if (typeof tables === 'string') throw new Error(tables);
  expect(tables[path]).toContain('"people": { "columns": ["userName", "custom_badge"]');
  expect(tables[path]).not.toContain('"users"');
});

test('a system that is renamed takes its expectations with it', () => {
  const after = renameAt(files, 'relations.json', '"system": "di<|>r"', 'ldap');
  if (typeof after === 'string') throw new Error(after);
  expect(Object.keys(after)).toContain('expectations/ldap.json');
  expect(Object.keys(after)).not.toContain(path);
});

test('a column that is called like its table is renamed as the column it is', () => {
  const one: Files = {
    'sollist.json': '{}',
    'connectors/c.json': JSON.stringify({
      schema: { crud_objects: { title: { operations: {}, key: 'id', resources: { id: 'string*', title: 'string*' } } } },
    }),
    'systems/s.json': '{ "connector": "c", "tables": { "title": {} } }',
    'expectations/s.json': '{ "tables": { "title": { "columns": ["title"], "rows": 1 } } }',
  };
  const after = renameAt(one, 'expectations/s.json', '["ti<|>tle"]', 'job');
  if (typeof after === 'string') throw new Error(after);
  expect(after['expectations/s.json']).toBe('{ "tables": { "title": { "columns": ["job"], "rows": 1 } } }');
  expect(after['systems/s.json']).toBe(one['systems/s.json']);
});

test('names are found within a file that is damaged anywhere', () => {
  const text = files[path] ?? '';
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat({ max: 25 }), fc.constantFrom('', '"', '{', '}', '[', ']', '\\', 'x'), (at, cut, written) => {
      const changed = text.slice(0, at) + written + text.slice(at + cut);
      const graph = graphOf(createWorkspaceReader()(new Map(Object.entries({ ...files, [path]: changed }))));
      for (const { span, entity } of graph.occurrencesIn(path)) {
        expect(changed.slice(span.offset, span.offset + span.length)).toBe(entity.name);
      }
    }),
  );
});

test('while the connector is being typed, expectations are not in error for it', () => {
  const connector = files[connectorPath] ?? '';
  const half = { ...files, [connectorPath]: connector.slice(0, connector.indexOf('"userName"') + 3) };
  expect(checkFile(createWorkspaceReader()(new Map(Object.entries(half))), path)).toEqual([]);
});
