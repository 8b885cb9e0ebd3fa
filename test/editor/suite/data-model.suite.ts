import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import * as vscode from 'vscode';
import { waitFor } from '../../../scripts/editor/wait-for.ts';
import { addHelpdesk, removeHelpdesk } from './helpdesk.ts';
import {
  accepting,
  after as behind,
  caret,
  codeOf,
  diagnostics,
  filterRuns,
  folder,
  hoverAt,
  labelOf,
  offered,
  open,
  pathOf,
  replace,
  revertAll,
  uriOf,
} from './support.ts';

const system = 'systems/helpdesk.json';
const filter = 'filters/Desk.filter';

/** A connector with a scenario to start from, and what is laid over a system. */
const connector = {
  schema: {
    crud_objects: Object.fromEntries(
      ['people', 'rooms'].map((table) => [
        table,
        {
          key: 'id',
          operations: { [`${table}_get`]: { method: 'get', call: { mode: 'normal', path: `/${table}` } } },
          resources: { id: 'string*' },
        },
      ]),
    ),
  },
  rest: {
    config: { baseUrl: 'https://x.example', authentication: 'basic_auth', call_handling: 'generic', test_connection: { url: '/' } },
  },
  config_scenarios: [
    { name: 'People alone', description: 'No rooms', name_values: [{ name: 'collections', value: ['people'] }], collections: [] },
  ],
};

/** What is told of a slip in the data model: the file, what stood there, what is written, and the code. */
const slips: readonly (readonly [string, string, string, string])[] = [
  [system, '"ticket": "tickets"', '"ticket": "tikets"', 'unknown-table'],
  [system, '"ticket": "tickets"', '"tickt": "tickets"', 'unknown-column'],
  [system, '"key": "login"', '"key": "logn"', 'unknown-column'],
  [system, '"agents": { "key": "login" }', '"agents": { "key": "login", "scripts": { "x": { "code": "return (" } } }', 'script-syntax'],
  ['relations.json', '"column": "externalId"', '"column": "externId"', 'unknown-column'],
  ['lookups/Externals.json', '"key": "number"', '"key": "nummer"', 'unknown-column'],
  ['lookups/Externals.json', '"until": "date"', '"company": "number"', 'lookup-value'],
];

describe('the data model in the editor', () => {
  before(addHelpdesk);
  afterEach(revertAll);
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    removeHelpdesk();
  });

  it('relations that the values speak for are found, and written into the file of their system', async () => {
    equal(await accepting('sollist.findRelations', { folder: folder(), system: 'helpdesk' }), 1);
    const document = await open(system);
    const { tables } = JSON.parse(document.getText()) as { readonly tables: Readonly<Record<string, object>> };
    deepEqual(tables['tickets'], { key: 'id', relations: { agent: 'agents' } });
    ok(document.isDirty, 'it is an edit that can be undone, not a saved file');
  });

  it('a lens over each relation compares its values', async () => {
    for (const [path, from, to] of [
      [system, 'helpdesk.assignments.ticket', 'helpdesk.tickets.id'],
      ['relations.json', 'hr.persons.employeeNumber', 'directory.users.externalId'],
    ] as const) {
      const { uri } = await open(path);
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
      const [lens] = lenses.filter(({ command }) => command?.command === 'sollist.checkRelations');
      const sides = (lens?.command?.arguments?.[1] ?? {}) as Readonly<Record<'from' | 'to', Readonly<Record<string, string>>>>;
      deepEqual(
        [sides.from, sides.to].map((side) => `${side['system'] ?? ''}.${side['table'] ?? ''}.${side['column'] ?? ''}`),
        [from, to],
      );
    }
  });

  it('a new system starts from a scenario of its connector', async () => {
    const made = ['connectors/desk.json', 'systems/desk.json'];
    await vscode.workspace.fs.writeFile(uriOf('connectors/desk.json'), new TextEncoder().encode(JSON.stringify(connector, undefined, 2)));
    try {
      await open('connectors/desk.json', 'sollist-connector');
      equal(await accepting('sollist.newSystem', { connector: 'desk', name: 'desk' }), 'desk');
      const text = (await open('systems/desk.json')).getText();
      const { tables } = JSON.parse(text) as { readonly tables: object };
      deepEqual(Object.keys(tables), ['people']);
      match(text, /"secret": "desk-password"/);
      // What is there stays as it is.
      equal(await vscode.commands.executeCommand('sollist.newSystem', { connector: 'desk', name: 'desk' }), undefined);
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      for (const path of made) rmSync(uriOf(path).fsPath, { force: true });
    }
  });

  for (const [path, piece, slip, code] of slips) {
    it(`${slip} in ${path} is told as ${code}`, async () => {
      const document = await open(path);
      await replace(document, piece, slip);
      const found = await diagnostics(document.uri, code, (all) => all.some((one) => codeOf(one) === code));
      match(found.map(codeOf).join(), new RegExp(code));
    });
  }

  it('tables far apart are joined through their link table', async () => {
    const document = await open(filter);
    await replace(document, document.getText(), 'select t.id, a.name\nfrom   helpdesk.tickets as t\njoin ');
    const labels = (await offered(document, behind(document, 'join '))).map(labelOf);
    ok(
      labels.some((label) => label.startsWith('helpdesk.agents')),
      labels.join(', '),
    );
    await replace(document, 'join ', 'join helpdesk.agents as a via helpdesk.assignments(ticket, agent)');
    await vscode.commands.executeCommand('sollist.runFilter', uriOf(filter), 'Desk', {});
    equal(filterRuns()[0]?.report?.rowSet.total, 24);
  });

  it('a column of an overlay is a column like any other', async () => {
    await vscode.workspace.fs.writeFile(
      uriOf('overlays/hr.json'),
      new TextEncoder().encode('{ "schema": { "crud_objects": { "persons": { "resources": { "badge": "string*" } } } } }\n'),
    );
    try {
      const document = await open(filter);
      await replace(document, document.getText(), 'select p.badge\nfrom   hr.persons as p\n');
      await waitFor('the column to be offered', async () =>
        (await offered(document, behind(document, 'select p.'))).map(labelOf).includes('badge'),
      );
      const [place] = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        caret(document, 'p.bad<|>ge'),
      );
      ok(place);
      equal(pathOf('uri' in place ? place.uri : place.targetUri), 'overlays/hr.json');
    } finally {
      rmSync(uriOf('overlays').fsPath, { recursive: true, force: true });
    }
  });

  it('a script column of a table is filled when the table is collected', async () => {
    const document = await open(system);
    await replace(
      document,
      '"agents": { "key": "login" }',
      `"agents": { "key": "login", "scripts": { "greeting": { "code": "return 'Hello ' + agents['name']", "type": "text" } } }`,
    );
    await vscode.commands.executeCommand('sollist.collect', { folder: folder(), system: 'helpdesk' });
    const desk = await open(filter);
    await replace(desk, desk.getText(), "select a.greeting from helpdesk.agents as a where a.login = 'kai'\n");
    await vscode.commands.executeCommand('sollist.runFilter', uriOf(filter), 'Desk', {});
    deepEqual(filterRuns()[0]?.report?.rowSet.rows, [['Hello KAI']]);
  });

  it('the internal system has the lookup tables of the workspace, and its columns are known', async () => {
    match(await hoverAt('filters/External badges.filter', 'internal.Exter<|>nals'), /internal\.Externals/);
    const document = await open(filter);
    await replace(
      document,
      document.getText(),
      "select x.nmber, x.number\nfrom   internal.Externals as x\nwhere  x.until > '2026-01-01'\n",
    );
    const labels = (await offered(document, caret(document, 'x.<|>number'))).map(labelOf);
    for (const label of ['number', 'company', 'until']) ok(labels.includes(label), labels.join(', '));
    await diagnostics(document.uri, 'the unknown column', (all) => all.some((one) => codeOf(one) === 'unknown-column'));
    ok(existsSync(uriOf('lookups/Externals.csv').fsPath));
  });
});
