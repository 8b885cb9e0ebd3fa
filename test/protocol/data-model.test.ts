import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodeLens, CompletionItem, Hover, Location } from 'vscode-languageserver-types';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  newSystemMethod,
  runMethod,
  type NewSystemResult,
  type Overview,
  type RelationsDraft,
  type RunName,
} from '../../engine/host/protocol.ts';
import type { FoundRelations, RelationList, RelationMatch } from '../../engine/run/relations/relation-report.ts';
import { startEditor, type TestEditor } from '../support/language-server.ts';
import { writeFiles } from '../support/write-files.ts';

let folder: string;

const system = `{
  "files": { "folder": "data" },
  "tables": {
    "persons": { "key": "id", "relations": { "unit": "units" } },
    "units": { "key": "code" },
    "teams": { "relations": { "": "persons" } }
  }
}
`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-model-'));
  writeFiles(folder, {
    'sollist.json': { name: 'test' },
    'systems/hr.json': system,
    'data/persons.csv': `id,unit,chief\n${Array.from({ length: 20 }, (_, i) => `p${i},U${i % 5},p${i % 3}\n`).join('')}`,
    'data/units.csv': `code,name\n${Array.from({ length: 6 }, (_, i) => `U${i},Unit ${i}\n`).join('')}`,
    'data/teams.csv': 'team,lead\nT1,p1\n',
    'lookups/Overrides.csv': 'ID,Create,Note\np1,true,x\np1,maybe,y\n',
    'lookups/Overrides.json': '{\n  "columns": { "ID": "text", "Create": "boolean" },\n  "key": "ID"\n}\n',
    'filters/Overridden.filter': 'select p.id\nfrom hr.persons as p\njoin internal.Overrides as o on o.ID = p.id\nwhere o.Create = true\n',
    'relations.json':
      '{\n  "relations": [\n    {\n      "left": { "system": "internal", "table": "Overrides", "column": "ID" },\n      "right": { "system": "hr", "table": "persons", "column": "id" }\n    }\n  ]\n}\n',
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run<Result>(editor: TestEditor, name: RunName, parameters: object): Promise<Result> {
  return editor.request<Result>(runMethod(name), { runId: `${name}-1`, folder, overlay: [], secrets: {}, ...parameters });
}

const labels = (items: readonly CompletionItem[] | { readonly items: readonly CompletionItem[] }): readonly string[] =>
  ('items' in items ? items.items : items).map(({ label }) => label);

test('a lookup is held against its rows, helped with, and led to', async () => {
  await using editor = await startEditor({ folder });
  const path = 'lookups/Overrides.json';
  await editor.open(path);
  const found = await editor.diagnostics(path, (all) => all.length === 2);
  expect(found.map(({ code, range }) => [code, range.start.line])).toEqual([
    ['lookup-value', 1],
    ['lookup-key-repeated', 2],
  ]);

  expect(labels(await editor.ask('completion', path, '"columns": { <|>"ID"'))).toEqual(expect.arrayContaining(['Note']));
  expect(labels(await editor.ask('completion', path, '"key": "<|>ID"'))).toEqual(['ID', 'Create', 'Note']);
  const hover = await editor.ask<Hover>('hover', path, '"k<|>ey"');
  expect(JSON.stringify(hover.contents)).toContain('tells the rows apart');

  const filter = 'filters/Overridden.filter';
  await editor.open(filter);
  const [place] = await editor.ask<Location[]>('definition', filter, 'internal.Over<|>rides');
  expect(place?.uri).toBe(editor.uri('lookups/Overrides.csv'));

  // A column of another name in the rows is another column in the filter.
  writeFiles(folder, { 'lookups/Overrides.csv': 'ID,Make,Note\np1,true,x\n', 'lookups/Overrides.json': '{}\n' });
  await editor.close(path);
  await editor.touched('lookups/Overrides.csv');
  await editor.touched(path);
  const now = await editor.diagnostics(filter, (all) => all.length > 0);
  expect(now.map(({ code }) => code)).toEqual(['unknown-column']);
});

test('the internal system comes with the first lookup, and stands among the systems', async () => {
  rmSync(join(folder, 'lookups'), { recursive: true });
  rmSync(join(folder, 'relations.json'));
  await using editor = await startEditor({ folder });
  const names = async (): Promise<readonly string[]> =>
    (await editor.request<Overview>('sollist/overview', { folder })).systems.map(({ name }) => name);
  expect(await names()).toEqual(['hr']);
  writeFiles(folder, { 'lookups/First.csv': 'ID\n1\n' });
  await editor.touched('lookups/First.csv', 'created');
  expect(await names()).toEqual(['hr', 'internal']);
  const { systems } = await editor.request<Overview>('sollist/overview', { folder });
  expect(systems[1]).toMatchObject({
    path: 'lookups/First.csv',
    folder: 'lookups',
    tables: expect.arrayContaining(['First', 'users', 'groups']) as unknown,
  });
});

test('each relation has a lens that compares its values', async () => {
  await using editor = await startEditor({ folder });
  const lenses = async (path: string): Promise<readonly CodeLens[]> => {
    await editor.open(path);
    return editor.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: editor.uri(path) } });
  };
  const own = (await lenses('systems/hr.json')).filter(({ command }) => command?.command === 'sollist.checkRelations');
  expect(own[0]?.range.start).toEqual(editor.at('systems/hr.json', '<|>"unit"'));
  expect(own[0]?.command?.arguments).toEqual([
    editor.uri('systems/hr.json'),
    { from: { system: 'hr', table: 'persons', column: 'unit' }, to: { system: 'hr', table: 'units', column: 'code' } },
  ]);
  const [between] = await lenses('relations.json');
  expect(between?.command).toMatchObject({ title: '$(git-compare) Match', command: 'sollist.checkRelations' });
  expect(between?.range.start.line).toBe(3);
});

test('under relations the columns of the table are offered', async () => {
  await using editor = await startEditor({ folder });
  await editor.open('systems/hr.json');
  expect(labels(await editor.ask('completion', 'systems/hr.json', '"relations": { "<|>": "persons"'))).toEqual(['team', 'lead']);
});

test('relations are found, compared and drafted over what is collected and what is typed', async () => {
  writeFiles(folder, { 'systems/hr.json': system.replace('"": "persons"', '"lead": "persons"') });
  await using editor = await startEditor({ folder, trusted: true });
  await expect(run(editor, 'findRelations', { system: 'hr' })).rejects.toThrow(/Nothing has been collected yet/);
  await run(editor, 'collect', { system: 'hr' });
  await run(editor, 'collect', { system: 'internal' });

  const { candidates } = await run<FoundRelations>(editor, 'findRelations', { system: 'hr' });
  const fresh = candidates.filter(({ known, best }) => best && !known);
  expect(fresh).toMatchObject([{ from: { table: 'persons', column: 'chief' }, to: { table: 'persons', column: 'id' }, score: 100 }]);
  const between = { left: { system: 'internal', table: 'Overrides' }, right: { system: 'hr', table: 'persons' } };
  const other = await run<FoundRelations>(editor, 'findRelations', { system: 'internal', between });
  expect(other).toMatchObject({ candidates: [], notCollected: [] });

  const from = { system: 'internal', table: 'Overrides', column: 'ID' };
  const to = { system: 'hr', table: 'persons', column: 'id' };
  expect(await run<RelationMatch>(editor, 'matchRelation', { from, to })).toMatchObject({
    leftOnly: { values: 0 },
    common: { values: 1, rows: 2, rightRows: 1, samples: ['p1'] },
    rightOnly: { values: 19 },
  });
  const { relations } = await run<RelationList>(editor, 'listRelations', {});
  expect(relations.find(({ kind }) => kind === 'inter-system')).toMatchObject({ from, to, match: { score: 100 } });

  await editor.open('systems/hr.json');
  await editor.edit('systems/hr.json', '"units": {', '"units": { "display": "name",');
  const draft = await run<RelationsDraft>(editor, 'draftRelations', {
    system: 'hr',
    relations: fresh.map(({ from: left, to: right }) => ({ from: left, to: right })),
  });
  expect(draft.path).toBe('systems/hr.json');
  expect(JSON.parse(draft.text)).toMatchObject({
    tables: { persons: { relations: { unit: 'units', chief: 'persons' } }, units: { display: 'name' } },
  });
});

test('in a workspace that nobody trusts no value is looked at', async () => {
  await using editor = await startEditor({ folder, trusted: false });
  await expect(run(editor, 'listRelations', {})).rejects.toThrow(/not trusted/);
});

test('columns of an overlay are columns like others: in filters, relations and completion', async () => {
  const get = { method: 'get', call: { mode: 'normal' } };
  writeFiles(folder, {
    'connectors/Dir.json': {
      schema: { crud_objects: { users: { key: 'id', operations: { users_get: get }, resources: { id: 'string*' } } } },
      rest: { config: { baseUrl: 'https://x.example', authentication: 'none', call_handling: 'generic', test_connection: { url: '/' } } },
    },
    'systems/dir.json': { connector: 'Dir', tables: { users: { references: ['badge'] } } },
    'overlays/dir.json': { schema: { crud_objects: { users: { resources: { badge: 'string*', 'Employee ID': 'number*' } } } } },
    'filters/Badges.filter': 'select u.badge, u.bagde\nfrom dir.users as u\nwhere u."Employee ID" > 5\n',
  });
  await using editor = await startEditor({ folder });
  const path = 'filters/Badges.filter';
  await editor.open(path);
  const found = await editor.diagnostics(path, (all) => all.length > 0);
  expect(found.map(({ code, message }) => `${String(code)} ${message}`)).toEqual([expect.stringMatching(/^unknown-column .*"badge"/)]);
  const items = await editor.ask<readonly CompletionItem[] | { readonly items: readonly CompletionItem[] }>(
    'completion',
    path,
    'select u.<|>badge',
  );
  expect(labels(items)).toEqual(expect.arrayContaining(['id', 'badge', 'Employee ID']));
  const hover = await editor.ask<Hover>('hover', path, 'u."Emp<|>loyee ID"');
  expect(JSON.stringify(hover.contents)).toContain('number');
  const [place] = await editor.ask<Location[]>('definition', path, 'u.bad<|>ge, u.bagde');
  expect(place?.uri).toBe(editor.uri('overlays/dir.json'));
});

test('a folder that comes or goes with its files is noticed, also where nobody tells of the files', async () => {
  await using editor = await startEditor({ folder });
  const path = 'filters/Overridden.filter';
  await editor.open(path);
  expect(await editor.ask<Hover | null>('hover', path, 'internal.Over<|>rides')).not.toBeNull();
  rmSync(join(folder, 'lookups'), { recursive: true });
  await editor.touched('lookups', 'deleted');
  expect((await editor.diagnostics(path, (all) => all.length > 0)).map(({ code }) => code)).toContain('unknown-table');
  writeFiles(folder, { 'lookups/Overrides.csv': 'ID,Create,Note\np1,true,x\n' });
  await editor.touched('lookups', 'created');
  await editor.diagnostics(path, (all) => all.length === 0);
});

test('the server makes a system of a connector, with the scenarios there are', async () => {
  writeFiles(folder, {
    'connectors/Dir.json': {
      schema: { crud_objects: { users: { key: 'id', operations: { users_get: { method: 'get' } }, resources: { id: 'string*' } } } },
      rest: {
        config: { baseUrl: 'https://x.example', authentication: 'basic_auth', call_handling: 'generic', test_connection: { url: '/' } },
      },
      config_scenarios: [
        { name: 'Small', description: 'Users alone', name_values: [{ name: 'collections', value: ['users'] }], collections: [] },
      ],
    },
  });
  // Nothing is run and no host is contacted, so no trust is needed.
  await using editor = await startEditor({ folder, trusted: false });
  const make = (connector: string, scenario?: string): Promise<NewSystemResult> =>
    editor.request(newSystemMethod, { folder, name: 'dir', connector, ...(scenario !== undefined && { scenario }) });
  const { scenarios, made } = await make('Dir', 'Small');
  expect(scenarios).toEqual([{ name: 'Small', description: 'Users alone' }]);
  expect(made).toMatchObject({
    kind: 'made',
    scenario: 'Small',
    toFill: ['user_name'],
    secrets: [{ value: 'password', secret: 'dir-password' }],
  });
  expect(JSON.parse(made.kind === 'made' ? made.text : '')).toEqual({
    connector: 'Dir',
    connection: { user_name: '', password: { secret: 'dir-password' } },
    tables: { users: {} },
  });
  expect(await make('Nobody')).toEqual({
    scenarios: [],
    made: { kind: 'refused', message: 'There is no connector "Nobody" in connectors/.' },
  });
});
