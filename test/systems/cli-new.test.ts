import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSampleSystems } from '../../examples/systems/start.ts';
import { sampleSecrets } from '../../examples/systems/sample-secrets.ts';
import type { CollectionReport } from '../../engine/run/records.ts';
import { checkText } from '../support/connector.ts';
import { type Outcome, runCommand } from '../support/command-line.ts';

const fixtures = join(import.meta.dirname, '../fixtures/openapi');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-new-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function sollist(...args: readonly string[]): Promise<Outcome> {
  return runCommand(args, { env: { SOLLIST_SECRET_PASSWORD: sampleSecrets.directoryPassword }, cwd: folder });
}

function read(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

describe('sollist new', () => {
  test('from nothing: a file here that a check finds nothing in, and the next step', async () => {
    const made = await sollist('new', 'Intranet', '--authentication', 'basic_auth', '--paging', 'skip_take', '--table', 'persons');
    expect(made).toMatchObject({ code: 0 });
    expect(made.out).toMatch(/^Intranet\.json from nothing: 1 table, 1 operation\n/);
    expect(made.out).toContain('persons_get');
    expect(made.err).toContain('"sollist check Intranet.json"');
    expect(checkText(read('Intranet.json'))).toEqual([]);
    expect(await sollist('check', 'Intranet.json')).toMatchObject({ code: 0 });
  });

  test('in a workspace it goes to the connectors', async () => {
    writeFileSync(join(folder, 'sollist.json'), '{}');
    const made = await sollist('new', 'My API', '--quiet');
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(checkText(read('connectors/My API.json'))).toEqual([]);
    expect(made.out).toContain('connectors/My API.json');
  });

  test('a workspace named, and a file named', async () => {
    mkdirSync(join(folder, 'other'));
    expect(await sollist('new', 'A', '--workspace', 'other')).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, 'other/connectors/A.json'))).toBe(true);
    expect(await sollist('new', 'A', '--out', 'deep/down/mine.json')).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, 'deep/down/mine.json'))).toBe(true);
    expect(await sollist('new', 'A', '--workspace', 'gone')).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no folder') as unknown,
    });
  });

  test('from an OpenAPI document in YAML: tables, what to check and what was left out', async () => {
    const { code, out } = await sollist('new', 'Forge', '--from', join(fixtures, 'forge.yaml'));
    expect(code).toBe(0);
    expect(out).toContain('from an OpenAPI document: 8 tables, 14 operations');
    expect(out).toMatch(/members +2 +members_get, member_add, member_remove \(roles\)/);
    expect(out).toContain('To check\n');
    expect(out).toMatch(/Left out \(4\)\n[\s\S]*needs a value for the query parameter q: GET \/search\/code/);
    expect(checkText(read('Forge.json'))).toEqual([]);
  });

  test('only the tables asked for', async () => {
    await sollist('new', 'Forge', '--from', join(fixtures, 'forge.yaml'), '--table', 'users', '--table', 'teams');
    const { schema } = JSON.parse(read('Forge.json')) as { schema: { crud_objects: object } };
    expect(Object.keys(schema.crud_objects)).toEqual(['users', 'teams']);
  });

  test('from a sample answer, printed as a record', async () => {
    writeFileSync(join(folder, 'answer.json'), '{"items":[{"id":"1","since":"2024-01-01"}],"page":1,"pageSize":50}');
    const { code, out, err } = await sollist('new', 'Shop', '--from', 'answer.json', '--table', 'orders', '--format', 'json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      path: 'Shop.json',
      name: 'Shop',
      source: 'sample',
      problems: 0,
      tables: [{ name: 'orders', columns: 2, operations: ['orders_get'], membership: false }],
      leftOut: [],
    });
    expect(read('Shop.json')).toContain('"mode": "generic"');
  });

  test('a file that is there stays, unless told otherwise', async () => {
    writeFileSync(join(folder, 'Mine.json'), 'precious');
    const refused = await sollist('new', 'Mine');
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toMatch(/Mine\.json is there already and stays as it is\. .*--force/);
    expect(read('Mine.json')).toBe('precious');
    expect(await sollist('new', 'Mine', '--force')).toMatchObject({ code: 0 });
    expect(checkText(read('Mine.json'))).toEqual([]);
  });

  test('what is mistyped is refused with what was meant, and nothing is written', async () => {
    const refusals = [
      [['new', 'A', '--authentication', 'basicauth'], 'Did you mean "basic_auth"?'],
      [['new', 'A', '--paging', 'links'], 'Did you mean "link"?'],
      [['new', 'a/b'], 'cannot be the name of a file'],
      [['new', 'A', '--from', 'gone.json'], '--from: gone.json cannot be read'],
      [['new', 'A', '--from', join(fixtures, 'forge.yaml'), '--table', 'member'], 'Did you mean "members"?'],
      [['new'], 'new needs a name'],
      [['new', 'A', '--pagin', 'x'], 'Did you mean "--paging"?'],
    ] as const;
    for (const [args, message] of refusals) {
      const outcome = await sollist(...args);
      expect(outcome, args.join(' ')).toMatchObject({ code: 2, out: '' });
      expect(outcome.err, args.join(' ')).toContain(message);
    }
    writeFileSync(join(folder, 'broken.json'), '{"a": [}');
    expect((await sollist('new', 'A', '--from', 'broken.json')).err).toMatch(/^broken\.json: The text is not JSON, at line 1, column 8/);
    expect(existsSync(join(folder, 'A.json'))).toBe(false);
  });

  test('what is made from a document or an answer collects the system it describes', async () => {
    const systems = await startSampleSystems();
    try {
      const address = `http://${systems.directory.address}/scim/v2`;
      const credentials = `${sampleSecrets.directoryUser}:${sampleSecrets.directoryPassword}`;
      const answer = await fetch(`${address}/Users?count=20`, { headers: { authorization: `Basic ${btoa(credentials)}` } });
      writeFileSync(join(folder, 'answer.json'), await answer.text());
      writeFileSync(join(folder, 'sollist.json'), '{"name":"Test"}');
      const how = ['--base-url', address, '--authentication', 'basic_auth'] as const;
      expect(await sollist('new', 'Described', '--from', join(fixtures, 'people.yaml'), ...how)).toMatchObject({ code: 0 });
      expect(await sollist('new', 'Sampled', '--from', 'answer.json', '--table', 'Users', ...how)).toMatchObject({ code: 0 });
      mkdirSync(join(folder, 'systems'));
      for (const [name, tables] of [
        ['Described', { Users: {}, Users_emails: {}, Groups: {}, members: {} }],
        ['Sampled', { Users: {} }],
      ] as const) {
        const connection = { user_name: sampleSecrets.directoryUser, password: { secret: 'password' }, page_size: 100 };
        writeFileSync(join(folder, `systems/${name}.json`), JSON.stringify({ connector: name, connection, tables }));
        const collected = await sollist('collect', name, '--format', 'json');
        expect(collected, collected.out).toMatchObject({ code: 0, err: '' });
        const report = JSON.parse(collected.out) as CollectionReport;
        expect(report.tables.map(({ table, evidence }) => [table, evidence?.complete])).toEqual(
          Object.keys(tables).map((table) => [table, true]),
        );
        for (const { table, evidence } of report.tables) expect(evidence?.rows, `${name}.${table}`).toBeGreaterThan(5);
        expect(report.tables.find(({ table }) => table === 'Users')?.evidence?.rows).toBeGreaterThan(100);
      }
    } finally {
      await systems.stop();
    }
  });
});
