import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DryRunReport, VaultDescription } from '../../../engine/host/protocol.ts';
import type { Evidence } from '../../../engine/run/records.ts';
import { indexLines } from '../../../engine/model/text/lines.ts';
import { createKnowledge, type Knowledge } from '../../../server/knowledge.ts';
import type { TableFacts } from '../../../server/known-facts.ts';
import { connectorLenses } from '../../../server/capabilities/lenses.ts';
import { ageOf, describeFacts, describeFill } from '../../../server/capabilities/connector/collected.ts';
import { createWorkspaces } from '../../../server/workspaces.ts';
import { openConnector } from '../../support/connector.ts';
import { writeFiles } from '../../support/write-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-knowledge-'));
  writeFiles(folder, {
    'sollist.json': { name: 'Test' },
    'systems/a.json': { connector: 'crm', tables: { users: {} } },
    'systems/b.json': { connector: 'crm', tables: { users: {} } },
    'systems/c.json': { connector: 'other', tables: { users: {} } },
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const vault: VaultDescription = {
  tables: [
    { system: 'a', table: 'users', rows: 7, collectedAt: 100, complete: true, notes: [] },
    { system: 'b', table: 'users', rows: 8, collectedAt: 200, complete: false, notes: ['why'] },
    { system: 'c', table: 'users', rows: 9, collectedAt: 300, complete: true, notes: [] },
  ],
  answers: [{ system: 'a', table: 'users', at: 100, seen: { rows: 7, paths: [], wrapped: 'items' } }],
};

interface Asked {
  readonly name: string;
  readonly environment: string | undefined;
}

/** An engine that answers when it is told to. */
interface Bench {
  readonly knowledge: Knowledge;
  readonly asked: Asked[];
  readonly changes: string[];
  readonly touch: (path: string) => Promise<unknown>;
  readonly workspaces: ReturnType<typeof createWorkspaces>;
}

function bench(answer: (name: string) => Promise<unknown>, trusted = (): boolean => true, environment?: string): Bench {
  const asked: Asked[] = [];
  const changes: string[] = [];
  const workspaces = createWorkspaces({ all: () => [] }, () => undefined);
  const knowledge = createKnowledge({
    workspaces,
    engine: {
      request: (name, parameters) => {
        asked.push({ name, environment: (parameters as { readonly environment?: string }).environment });
        return answer(name);
      },
    },
    trusted,
    environment: () => environment,
    onChange: (path) => void changes.push(path),
    log: () => undefined,
  });
  const touch = (path: string): Promise<unknown> => {
    mkdirSync(join(folder, '.sollist'), { recursive: true });
    writeFileSync(join(folder, path), String(asked.length));
    expect(knowledge.touched(workspaces.uriOf(folder, path))).toBe(true);
    return knowledge.ready(folder, 1000);
  };
  return { knowledge, asked, changes, touch, workspaces };
}

test('no vault, no engine; a vault is read once for each state of its file', async () => {
  const { knowledge, asked, changes, touch } = bench(() => Promise.resolve(vault));
  expect(knowledge.of(folder).connector('crm')).toBeUndefined();
  expect(await knowledge.statistics(folder, 'crm', 'users', 1000)).toBeUndefined();
  expect(asked).toEqual([]);
  await touch('.sollist/vault.db');
  expect(asked).toEqual([{ name: 'describeVault', environment: undefined }]);
  expect(changes).toEqual([folder]);
  const known = knowledge.of(folder).connector('crm');
  expect(known?.get('users')?.wrapped).toBe('items');
  expect(knowledge.of(folder).connector('nothing')).toBeUndefined();
  expect(knowledge.of(folder).table('crm', 'users')).toMatchObject({ system: 'b', rows: 8, from: 'collection', complete: false });
  knowledge.touched(`file://${folder}/.sollist/vault.db`);
  await knowledge.ready(folder, 1000);
  expect(asked).toHaveLength(1);
  expect(knowledge.touched(`file://${folder}/connectors/crm.json`)).toBe(false);
});

test('the record of a connector is the same while nothing more is known, also when files change', async () => {
  const { knowledge, touch, workspaces } = bench(() => Promise.resolve(vault));
  await touch('.sollist/vault.db');
  const before = knowledge.of(folder).connector('crm');
  expect(before).toBeDefined();
  workspaces.touched(workspaces.uriOf(folder, 'systems/c.json'));
  expect(knowledge.of(folder).connector('crm')).toBe(before);
  knowledge.noteRun('dryRun', { folder }, report());
  expect(knowledge.of(folder).connector('crm')).not.toBe(before);
});

test('a vault that cannot be read is not asked for again until it changes', async () => {
  const { knowledge, asked, touch } = bench(() => Promise.reject(new Error('busy')));
  await touch('.sollist/vault.db');
  knowledge.of(folder);
  await knowledge.ready(folder, 1000);
  expect(asked).toHaveLength(1);
  await touch('.sollist/vault.db');
  expect(asked).toHaveLength(2);
});

test('a hover waits no longer than it says, and finds the numbers the next time', async () => {
  let give: (value: unknown) => void = () => undefined;
  const slow = new Promise((resolve) => (give = resolve));
  const { knowledge, asked, touch } = bench((name) => (name === 'describeVault' ? Promise.resolve(vault) : slow));
  await touch('.sollist/vault.db');
  expect(await knowledge.statistics(folder, 'crm', 'users', 1)).toBeUndefined();
  give({ statistics: { rows: 8, looked: 8, columns: [] } });
  expect(await knowledge.statistics(folder, 'crm', 'users', 1000)).toMatchObject({ facts: { system: 'b' }, statistics: { rows: 8 } });
  expect(asked.filter(({ name }) => name === 'describeTable')).toHaveLength(1);
});

test('nothing is started before the workspace is trusted', async () => {
  let trusted = false;
  const { knowledge, asked, touch } = bench(
    () => Promise.resolve(vault),
    () => trusted,
  );
  await touch('.sollist/vault.db');
  expect(asked).toEqual([]);
  trusted = true;
  knowledge.reconsider();
  await knowledge.ready(folder, 1000);
  expect(knowledge.of(folder).table('crm', 'users')?.rows).toBe(8);
});

test('each environment has its vault: the setting says which, and a run that was made', async () => {
  const { knowledge, asked, touch } = bench(() => Promise.resolve(vault), undefined, 'test');
  await touch('.sollist/vault.db');
  expect(asked).toEqual([]);
  await touch('.sollist/vault@test.db');
  expect(asked).toEqual([{ name: 'describeVault', environment: 'test' }]);
  knowledge.noteRun('collect', { folder }, {});
  await knowledge.ready(folder, 1000);
  expect(asked.at(-1)).toEqual({ name: 'describeVault', environment: undefined });
});

const evidence: Evidence = {
  rows: 2,
  pages: 1,
  calls: 1,
  retries: 0,
  rowsPerPage: [2],
  end: 'capped',
  duplicates: { count: 0, samples: [] },
  caps: ['Stopped after 2 rows, the limit of this run.'],
  complete: false,
  notes: [],
  assumed: [],
  startedAt: 1,
  endedAt: 2,
};

function report(more: Partial<DryRunReport> = {}): DryRunReport {
  return {
    system: 'a',
    table: 'users',
    startedAt: 900,
    endedAt: 1000,
    limits: { rows: 2 },
    outcome: { system: 'a', table: 'users', state: 'collected', evidence },
    rowSet: {
      columns: [
        { name: 'mail', type: 'text' },
        { name: 'active', type: 'boolean' },
        { name: 'password', type: 'text' },
      ],
      rows: [
        ['ann@x', 1, 's3cret'],
        [null, 0, 's3cret'],
      ],
      total: 2,
    },
    requests: [],
    seen: { table: 'users', rows: 2, paths: [], wrapped: 'value' },
    ...more,
  };
}

test('a dry run is known at once; where there is a collection, that has the numbers', async () => {
  const { knowledge, touch } = bench((name) =>
    Promise.resolve(name === 'describeVault' ? vault : { statistics: { rows: 8, looked: 8, columns: [] } }),
  );
  knowledge.noteRun('dryRun', { folder }, report());
  const tried = await knowledge.statistics(folder, 'crm', 'users', 1000);
  expect(tried).toMatchObject({
    facts: { from: 'dry run', rows: 2 },
    statistics: {
      columns: [
        { name: 'mail', filled: 1, samples: ['ann@x'] },
        { name: 'active', filled: 2, samples: ['true', 'false'] },
        { name: 'password', filled: 2, samples: [], secret: true },
      ],
    },
  });
  expect(knowledge.of(folder).connector('crm')?.get('users')?.wrapped).toBe('value');
  await touch('.sollist/vault.db');
  expect(knowledge.of(folder).table('crm', 'users')).toMatchObject({ from: 'dry run', rows: 2 });
  expect(await knowledge.statistics(folder, 'crm', 'users', 1000)).toMatchObject({ facts: { from: 'collection', system: 'b' } });
  const failed = report({
    outcome: { system: 'a', table: 'users', state: 'failed' },
    seen: { table: 'users', rows: 0, paths: [], wrapped: 'x' },
  });
  knowledge.noteRun('dryRun', { folder }, failed);
  expect(knowledge.of(folder).table('crm', 'users')).toMatchObject({ from: 'collection' });
  expect(knowledge.of(folder).connector('crm')?.get('users')?.wrapped).toBe('x');
});

const hour = 3_600_000;
const now = 100 * 24 * hour;
const facts = (more: Partial<TableFacts> = {}): TableFacts => ({
  system: 'hr',
  from: 'collection',
  rows: 482,
  at: now - 2 * hour,
  complete: true,
  notes: [],
  ...more,
});

test.each([
  [0, 'just now'],
  [-5000, 'just now'],
  [59_000, 'just now'],
  [60_000, '1 min ago'],
  [59 * 60_000, '59 min ago'],
  [2 * hour, '2 h ago'],
  [24 * hour, 'a day ago'],
  [71 * hour, '2 days ago'],
])('%i ms before now is %s', (before, text) => {
  expect(ageOf(now - before, now)).toBe(text);
});

test('a lens says how many rows there are, how old they are, and what they lack', () => {
  const text =
    '{ "schema": { "crud_objects": { "users": { "operations": { "users_get": { "method": "get" }, "user_create": { "method": "post" } } } } } }';
  const { connector } = openConnector(text);
  const titles = (known: TableFacts | undefined): readonly (string | undefined)[] =>
    connectorLenses('file:///x', text, connector, () => known, now).map(({ command }) => command?.title);
  const others = ['$(play) Dry run', '$(eye) Preview request'];
  expect(titles(undefined)).toEqual(others);
  expect(titles(facts())).toEqual([others[0], '482 rows · 2 h ago', others[1]]);
  expect(titles(facts({ rows: 1204, complete: false }))[1]).toBe('1,204 rows · 2 h ago · not complete');
  expect(titles(facts({ rows: 1, from: 'dry run', complete: false }))[1]).toBe('1 row · 2 h ago · dry run');
  const [, age] = connectorLenses('file:///x', text, connector, () => facts({ complete: false, notes: ['3 rows have no id.'] }), now);
  expect(age?.command).toMatchObject({ command: 'sollist.dryRun', arguments: ['file:///x', 'users'] });
  expect(age?.command?.tooltip).toContain('Not complete: 3 rows have no id.');
  expect(age?.range.start.character).toBe(indexLines(text).positionAt(text.indexOf('"users_get"')).column);
});

test('what a hover says of a table and a column', () => {
  expect(describeFacts(facts(), now)).toBe('482 rows, collected 2 h ago from `hr`, complete.');
  expect(describeFacts(facts({ complete: false, notes: ['a <b> [c](d)'] }), now)).toBe(
    '482 rows, collected 2 h ago from `hr`, not complete.\n- a \\<b\\> \\[c\\](d)',
  );
  const fill = (column: object, looked = 482): string =>
    describeFill(
      {
        facts: facts(),
        statistics: { rows: 482, looked, columns: [{ name: 'x', filled: 471, distinct: 471, samples: ['Ann', 'Bob'], ...column }] },
      },
      'x',
      now,
    );
  const end = '; collected 2 h ago from `hr`.';
  expect(fill({})).toBe(`Filled in 471 of 482 rows, e.g. \`Ann\`, \`Bob\`${end}`);
  expect(fill({ distinct: 2 })).toBe(`Filled in 471 of 482 rows, 2 different values, e.g. \`Ann\`, \`Bob\`${end}`);
  expect(fill({ distinct: 1, samples: ['Ann'] })).toBe(`Filled in 471 of 482 rows, always \`Ann\`${end}`);
  expect(fill({ filled: 0, distinct: 0, samples: [] })).toBe(`Empty in all of 482 rows${end}`);
  expect(fill({ samples: [], secret: true })).toBe(`Filled in 471 of 482 rows; its values are not shown${end}`);
  expect(fill({}, 100)).toBe(`Filled in 471 of the first 100 of 482 rows, e.g. \`Ann\`, \`Bob\`${end}`);
  expect(fill({ samples: ['a``b`c'] })).toContain("`a''b'c`");
  expect(fill({ name: 'y' })).toBe('');
});
