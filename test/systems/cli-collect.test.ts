import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleSecrets } from '../../examples/systems/sample-secrets.ts';
import { startSampleSystems, type SampleSystems } from '../../examples/systems/start.ts';
import type { Plan } from '../../engine/run/plan/plan.ts';
import type { CollectionReport } from '../../engine/run/records.ts';
import collectionSchema from '../../schemas/collection-report.schema.json' with { type: 'json' };
import planSchema from '../../schemas/plan.schema.json' with { type: 'json' };
import roleSchema from '../../schemas/role-report.schema.json' with { type: 'json' };
import { collectedSamples, wrongSecret } from '../support/collected-samples.ts';
import { expectSentence } from '../support/command-line.ts';
import { expectValid } from '../support/expect-valid.ts';

const samples = collectedSamples();
const { sollist, edit, expectNothingGivenAway } = samples;

/** The rows of a table as the command line sees them. */
async function rowsOf(table: string, column: string): Promise<number> {
  writeFileSync(join(samples.workspace, 'filters/Count.filter'), `select t.${column} from ${table} as t\n`);
  return (JSON.parse((await sollist(['filter', 'Count', '--format', 'json'])).out) as unknown[]).length;
}

describe('collect', () => {
  test('as text, as a record, and quietly', async () => {
    const text = await sollist(['collect', 'directory']);
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text.out).toMatch(/✓ {2}users +482 +5 {2}complete/);
    const json = await sollist(['collect', 'hr', '--table', 'departments', '--format', 'json']);
    expectValid(collectionSchema, json.out);
    expect((JSON.parse(json.out) as CollectionReport).tables).toMatchObject([
      { table: 'departments', state: 'collected', evidence: { complete: true } },
    ]);
    expect(await sollist(['collect', 'directory', '--quiet'])).toMatchObject({ code: 0, err: '' });
  });

  test('a limit makes the tables incomplete, and then nothing is deleted or removed', async () => {
    const limited = await sollist(['collect', 'directory', '--limit', '300']);
    expect(limited.code).toBe(0);
    expect(limited.out).toMatch(/at most 300 rows a table/);
    expect(limited.out).toMatch(/! {2}users +300 .*not proven complete: \S/);
    const planned = await sollist(['plan', '--mapping', 'Accounts of leavers', '--roles', 'development', '--format', 'json']);
    const plan = JSON.parse(planned.out) as Plan;
    expectValid(planSchema, planned.out, roleSchema);
    expect(plan.mappings[0]?.changes.length).toBeGreaterThan(0);
    for (const change of plan.mappings[0]?.changes ?? [])
      expect(change).toMatchObject({ blocked: expect.stringContaining('directory.users is not proven complete') as string });
    const removals = plan.roles
      .flatMap(({ groups }) => groups.flatMap(({ members }) => members))
      .filter(({ change }) => change === 'remove');
    expect(removals.length).toBeGreaterThan(0);
    for (const { blocked, request } of removals) expect([blocked !== undefined, request]).toEqual([true, undefined]);
    const text = await sollist(['plan', '--mapping', 'Accounts of leavers']);
    expect(text.out).toContain('directory.users is not proven complete');
    expect(text.err).toContain('0 changes planned; nothing was sent.');
    const allowed = await sollist([
      'plan',
      '--mapping',
      'Accounts of leavers',
      '--allow-incomplete',
      'directory.users',
      '--format',
      'json',
    ]);
    expect((JSON.parse(allowed.out) as Plan).mappings[0]?.changes.every(({ blocked }) => blocked === undefined)).toBe(true);
  });

  test.each([
    ['wrong secret', { env: { HR_CLIENT_SECRET: wrongSecret } }, 'hr', /hr: .*(secret|client)/],
    ['wrong password', { env: { DIRECTORY_PASSWORD: wrongSecret } }, 'directory', /directory: .*(password|user)/],
    ['server down', { env: { DIRECTORY_ADDRESS: '127.0.0.1:9' } }, 'directory', /nothing answers at http:\/\/127\.0\.0\.1:9/],
  ] as const)('%s: one sentence, exit code 2, the tables as they were', async (_, given, system, message) => {
    edit(`connectors/${system}.json`, (text) => text.replaceAll('"waitTime": 1', '"waitTime": 0'));
    const failed = await sollist(['collect', system], given);
    expect(failed.code).toBe(2);
    expect(failed.out).toMatch(/✗ .*failed; the table is as it was/);
    const sentence = failed.out.slice(failed.out.indexOf('\n\n') + 2);
    expectSentence(sentence);
    expect(sentence).toMatch(message);
    // Where the result is for a program, the sentence goes to the person.
    expectSentence((await sollist(['collect', system, '--format', 'json'], given)).err);
    expect(await rowsOf('hr.persons', 'id')).toBe(500);
    expect(await rowsOf('directory.users', 'id')).toBe(482);
  });

  test('a 500 in the middle of a table', async () => {
    samples.systems.directory.faults.add({ path: /\/Users/, after: 2, action: { kind: 'status', status: 500, body: { detail: 'boom' } } });
    const failed = await sollist(['collect', 'directory']);
    expect(failed.code).toBe(2);
    expect(failed.out).toMatch(/✗ {2}users .*failed; the table is as it was/);
    expect(failed.out).toMatch(/✓ {2}groups/);
    expectSentence(failed.out.slice(failed.out.indexOf('\n\n') + 2));
    expect(failed.out).toContain('500');
    expect(await rowsOf('directory.users', 'id')).toBe(482);
  });

  test('a connection that hangs', async () => {
    edit('connectors/directory.json', (text) =>
      text.replace('"socket_timeout": 30000', '"socket_timeout": 300').replaceAll('"waitTime": 1', '"waitTime": 0'),
    );
    samples.systems.directory.faults.add({ path: /\/Users/, after: 2, action: { kind: 'hang' } });
    const failed = await sollist(['collect', 'directory']);
    expect(failed.code).toBe(2);
    expectSentence(failed.out.slice(failed.out.indexOf('\n\n') + 2));
    expect(failed.out).toContain('took too long to answer');
    expect(failed.out).toMatch(/· {2}groups .*not tried; the table is as it was/);
    expect(await rowsOf('directory.users', 'id')).toBe(482);
  });

  test('a server that stops in the middle of a collection', async () => {
    await using own = await ownSystems();
    edit('connectors/directory.json', (text) => text.replaceAll('"waitTime": 1', '"waitTime": 0'));
    own.systems.directory.faults.add({ path: /\/Users/, after: 2, action: { kind: 'stop' } });
    const failed = await sollist(['collect', 'directory'], { env: { DIRECTORY_ADDRESS: own.systems.directory.address } });
    expect(failed.code).toBe(2);
    expectSentence(failed.out.slice(failed.out.indexOf('\n\n') + 2));
    expect(await rowsOf('directory.users', 'id')).toBe(482);
    expect(await rowsOf('directory.members', 'value')).toBe(1159);
  });

  test('one that is cancelled', async () => {
    samples.systems.directory.faults.add({ path: /\/Users/, after: 2, action: { kind: 'hang' } });
    const controller = new AbortController();
    const before = samples.systems.directory.log.length;
    const running = sollist(['collect', 'directory'], { signal: controller.signal });
    await expect.poll(() => samples.systems.directory.log.length - before).toBeGreaterThanOrEqual(3);
    controller.abort();
    const stopped = await running;
    expect(stopped.code).toBe(2);
    expect(stopped.out).toMatch(/users .*cancelled; the table is as it was/);
    expect(await rowsOf('directory.users', 'id')).toBe(482);
  });

  test('secrets come from SOLLIST_SECRET_<NAME>, and are asked for by name', async () => {
    edit('systems/directory.json', (text) => text.replace('{ "env": "DIRECTORY_PASSWORD" }', '{ "secret": "directory-password" }'));
    const missing = await sollist(['collect', 'directory']);
    expect([missing.code, missing.out]).toEqual([2, '']);
    expectSentence(missing.err);
    expect(missing.err).toContain('SOLLIST_SECRET_DIRECTORY_PASSWORD');
    expect(
      await sollist(['collect', 'directory'], { env: { SOLLIST_SECRET_DIRECTORY_PASSWORD: sampleSecrets.directoryPassword } }),
    ).toMatchObject({ code: 0 });
  });
});

test('nothing was written to a target, and no output held a secret or a stack trace', () => {
  expectNothingGivenAway(60);
});

async function ownSystems(): Promise<AsyncDisposable & { readonly systems: SampleSystems }> {
  const own = await startSampleSystems();
  return { systems: own, [Symbol.asyncDispose]: () => own.stop() };
}
