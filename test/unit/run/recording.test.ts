import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { ResolvedConnection } from '../../../engine/run/connection.ts';
import { SollistError } from '../../../engine/run/error.ts';
import type { HttpRequest, HttpResponse } from '../../../engine/run/http/message.ts';
import { createRedactor } from '../../../engine/run/http/redact.ts';
import { describeRecordings } from '../../../engine/run/http/recording/describe-recordings.ts';
import { maskedSecret } from '../../../engine/run/http/recording/form.ts';
import { parseManifest } from '../../../engine/run/http/recording/read-recording.ts';
import { replayConnection } from '../../../engine/run/http/recording/replay-connection.ts';
import { replayTraffic, withoutWaiting } from '../../../engine/run/http/recording/replay.ts';
import exchangeSchema from '../../../schemas/recorded-exchange.schema.json' with { type: 'json' };
import recordingSchema from '../../../schemas/recording.schema.json' with { type: 'json' };
import { ask, connectionTo, connector, filesOf, record, reply, reportOf, secret, temporaryFolder } from './recording-support.ts';
import { manualClock, systemOf } from './support.ts';

const system = systemOf('hr', ['people'], { host: 'hr.example.com', api_key: { kind: 'secret', name: 'hr-key' } });

/** Replays as a run would: with the connection of the manifest. */
function replaying(
  folder: string,
  options: { readonly connection?: ResolvedConnection; readonly largestBody?: number } = {},
): (request: HttpRequest) => Promise<HttpResponse> {
  const manifest = parseManifest(folder, 'hr');
  const connection = options.connection ?? replayConnection(connector, system, manifest, {});
  const fail = (): never => {
    throw new Error('a replay opens no socket');
  };
  const traffic = replayTraffic(
    folder,
    manifest,
    connection,
    options.largestBody === undefined ? {} : { largestBody: options.largestBody },
  );
  const transport = traffic.open(fail, createRedactor([]));
  return (request) => transport.send(request, new AbortController().signal);
}

const textIn = ({ body }: HttpResponse): string => Buffer.from(body).toString('utf8');

async function failureOf(work: Promise<unknown>): Promise<SollistError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SollistError)) throw new Error(`expected a failure, got ${String(error)}`);
  return error;
}

describe('a recording', () => {
  test('holds no secret, no credentials and nothing that differs each time', async () => {
    using folder = temporaryFolder();
    const outcome = await record(folder.path, [
      [
        ask('/token', { role: 'authenticate', operation: 'authenticate', verb: 'POST', body: `secret=${secret}` }),
        reply({ access_token: 'tok-tok-tok' }),
      ],
      [
        ask(`/people?key=${encodeURIComponent(secret)}`, { headers: { authorization: 'Bearer tok-tok-tok' } }),
        reply(
          { people: [{ id: '1', note: `the key is ${secret}`, pin: 4711 }], next: 'https://hr.example.com/people?page=2' },
          {
            headers: {
              'content-type': 'application/json',
              date: 'Sun, 22 Nov 2026 08:00:00 GMT',
              'set-cookie': 'session=1',
              etag: '"1"',
              'x-request-id': 'ab12',
              link: '<https://hr.example.com/people?page=2>; rel="next"',
            },
          },
        ),
      ],
    ]);
    expect(outcome).toMatchObject({ folder: 'recordings/hr', state: 'saved', exchanges: 1 });
    const files = filesOf(folder.path);
    const names = Object.keys(files).sort();
    expect(names).toEqual([expect.stringMatching(/^people_get-people-key-masked-[0-9a-f]{12}\.json$/), 'recording.json']);
    const all = Object.values(files).join('\n');
    for (const part of [secret, encodeURIComponent(secret), 'tok-tok-tok', 'hr.example.com', 'session', 'ab12', '2026'])
      expect(all).not.toContain(part);
    expect(JSON.parse(files[names[0] ?? ''] ?? '')).toEqual({
      request: { operation: 'people_get', table: 'people', verb: 'GET', url: `https://recorded.invalid/people?key=${maskedSecret}` },
      answers: [
        {
          status: 200,
          headers: { 'content-type': 'application/json', link: '<https://recorded.invalid/people?page=2>; rel="next"' },
          json: { people: [{ id: '1', note: `the key is ${maskedSecret}`, pin: 4711 }], next: 'https://recorded.invalid/people?page=2' },
        },
      ],
    });
    expect(JSON.parse(files['recording.json'] ?? '')).toEqual({
      version: 1,
      system: 'hr',
      connector: 'hr',
      connection: { host: 'recorded.invalid', page_size: '50' },
      secrets: ['api_key'],
      limits: {},
      tables: ['people'],
      exchanges: { people_get: 1 },
    });
    const ajv = new Ajv({ strict: true });
    for (const [name, text] of Object.entries(files)) {
      const isValid = ajv.compile(name === 'recording.json' ? recordingSchema : exchangeSchema);
      expect(isValid(JSON.parse(text)), JSON.stringify(isValid.errors)).toBe(true);
    }
  });

  test('is the same byte by byte for the same answers, from another port too, and then nothing is touched', async () => {
    using folder = temporaryFolder();
    const at = (host: string): Parameters<typeof record>[1] => [
      [ask('/people?page=1', { url: `https://${host}/people?page=1` }), reply({ rows: [1], self: `https://${host}/people` })],
      [ask('/people?page=2', { url: `https://${host}/people?page=2` }), reply([])],
    ];
    expect(await record(folder.path, at('hr.example.com'))).toMatchObject({ state: 'saved' });
    const before = filesOf(folder.path);
    expect(await record(folder.path, at('127.0.0.1:4711').toReversed(), { connection: connectionTo('127.0.0.1:4711') })).toMatchObject({
      state: 'unchanged',
    });
    expect(filesOf(folder.path)).toEqual(before);
    expect(readdirSync(join(folder.path, 'recordings'))).toEqual(['hr']);
  });

  test('replaces the one before, but not what an author keeps beside it', async () => {
    using folder = temporaryFolder();
    await record(folder.path, [[ask('/people?page=1'), reply([1])]]);
    writeFileSync(join(folder.path, 'recordings/hr/README.md'), 'Made on the test tenant.');
    expect(await record(folder.path, [[ask('/people?page=2'), reply([2])]])).toMatchObject({ state: 'saved', exchanges: 1 });
    expect(Object.keys(filesOf(folder.path)).sort()).toEqual(['README.md', expect.stringContaining('page-2'), 'recording.json']);
  });

  test('keeps several answers to one request, but not a token that was refused before a fresh one', async () => {
    using folder = temporaryFolder();
    const waitUntil = new Date(Date.UTC(2026, 0, 5, 12, 0, 7)).toUTCString();
    await record(folder.path, [
      [ask('/people'), reply({ error: 'slow down' }, { status: 429, headers: { 'retry-after': waitUntil } })],
      [ask('/people'), new SollistError('connection-lost', 'gone')],
      [ask('/people'), reply({}, { status: 401 })],
      [ask('/people'), reply([1])],
      [ask('/people'), reply([1])],
    ]);
    const [file = ''] = Object.entries(filesOf(folder.path)).flatMap(([name, text]) => (name.startsWith('people') ? [text] : []));
    expect((JSON.parse(file) as { answers: unknown }).answers).toEqual([
      { status: 429, headers: { 'retry-after': '7' }, json: { error: 'slow down' } },
      { failure: 'connection-lost' },
      { status: 200, headers: { 'content-type': 'application/json' }, json: [1] },
    ]);
    const replay = replaying(folder.path);
    expect((await replay(ask('/people'))).status).toBe(429);
    expect((await failureOf(replay(ask('/people')))).code).toBe('connection-lost');
    for (const _ of [1, 2, 3]) expect(textIn(await replay(ask('/people')))).toBe('[1]');
  });

  test('keeps what each of many users was answered at the same address apart', async () => {
    using folder = temporaryFolder();
    const as = (subject: string): HttpRequest => ask('/users/me/settings', { auth: { subject } });
    await record(folder.path, [
      [as('ann'), reply(['a'])],
      [as('bob'), reply(['a'])],
      [as('cy'), reply(['c'])],
    ]);
    const replay = replaying(folder.path);
    for (const [name, answer] of [
      ['cy', '["c"]'],
      ['bob', '["a"]'],
      ['ann', '["a"]'],
    ] as const)
      expect(textIn(await replay(as(name))), name).toBe(answer);
    expect((await failureOf(replay(as('dee')))).code).toBe('not-recorded');
  });

  test.each([
    ['a name in the answer', [ask('/people'), reply({ [secret]: 1 })], /line \d+/],
    ['a token learned later', [ask('/people'), reply({ note: 'late-late-secret' })], /line \d+/],
    ['escapes of JSON that keeps its numbers', [ask('/people'), reply(`{"n": 1.0, "\\u0054r0ub4dor&3": 1}`)], /within a text|line/],
  ] as const)('with a secret in it is not saved: %s', async (_, exchange, place) => {
    using folder = temporaryFolder();
    await record(folder.path, [[ask('/people'), reply([1])]]);
    const before = filesOf(folder.path);
    const outcome = await record(folder.path, [exchange], { learn: (redactor) => redactor.learn('late-late-secret') });
    expect(outcome).toMatchObject({
      state: 'not-saved',
      error: { code: 'recording-holds-secret', subject: expect.stringMatching(place) as string },
    });
    expect(outcome.error?.message).not.toContain(secret);
    expect(filesOf(folder.path)).toEqual(before);
    expect(readdirSync(join(folder.path, 'recordings'))).toEqual(['hr']);
  });

  test('masks a secret as XML writes it', async () => {
    using folder = temporaryFolder();
    const xml = { headers: { 'content-type': 'application/xml' } };
    const outcome = await record(folder.path, [[ask('/people'), reply('<p a="Tr0ub4dor&amp;3">Tr0ub4dor&amp;3</p>', xml)]]);
    expect(outcome.state).toBe('saved');
    expect(textIn(await replaying(folder.path)(ask('/people')))).toBe(`<p a="${maskedSecret}">${maskedSecret}</p>`);
  });

  test('masks a secret in bytes that are no text, and in numbers', async () => {
    using folder = temporaryFolder();
    const connection = connectionTo('hr.example.com', '9876543210');
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe, 0x00]), Buffer.from('9876543210'), Buffer.from([0x00])]);
    const outcome = await record(
      folder.path,
      [
        [ask('/photo'), reply(bytes, { headers: { 'content-type': 'image/png' } })],
        [ask('/people'), reply('{"pin": 9876543210}')],
      ],
      { connection },
    );
    expect(outcome.state).toBe('saved');
    expect(Buffer.from((await replaying(folder.path)(ask('/photo'))).body).toString('latin1')).toContain(maskedSecret);
    expect(textIn(await replaying(folder.path)(ask('/people')))).toBe(`{"pin":"${maskedSecret}"}`);
  });

  test('puts the host back in answers that are no text, too', async () => {
    using folder = temporaryFolder();
    const bytes = Buffer.concat([Buffer.from([0xff]), Buffer.from('"https://hr.example.com/1"')]);
    await record(folder.path, [[ask('/people'), reply(bytes)]]);
    expect(Object.values(filesOf(folder.path)).join()).not.toContain('hr.example.com');
    expect(Buffer.from((await replaying(folder.path)(ask('/people'))).body)).toEqual(bytes);
  });

  test('warns of what may be secret by its name, but not of places in a list', async () => {
    using folder = temporaryFolder();
    const { notes } = await record(folder.path, [
      [ask('/people?pageToken=abc&session_token=x1'), reply({ people: [{ id: 1, passwordHash: 'x9' }], nextPageToken: 'def' })],
    ]);
    expect(notes).toEqual([expect.stringMatching(/^people_get: passwordHash, session_token may hold secrets/)]);
  });

  test.each(['failed', 'cancelled', 'not-reached'] as const)(
    'of a run in which a table %s leaves the one before as it was',
    async (state) => {
      using folder = temporaryFolder();
      await record(folder.path, [[ask('/people'), reply([1])]]);
      const before = filesOf(folder.path);
      expect(await record(folder.path, [[ask('/people'), reply([2])]], { report: reportOf(state) })).toMatchObject({
        state: 'not-saved',
        error: { code: 'recording-incomplete' },
      });
      expect(filesOf(folder.path)).toEqual(before);
    },
  );

  test('that came to nothing leaves nothing behind', async () => {
    using folder = temporaryFolder();
    await record(folder.path, [[ask('/people'), reply([2])]], { report: reportOf('failed') });
    expect(existsSync(join(folder.path, 'recordings'))).toBe(false);
  });

  test('is not begun over files that are something else, nor through a link', async () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, 'recordings/hr'), { recursive: true });
    writeFileSync(join(folder.path, 'recordings/hr/notes.json'), '{}');
    await expect(record(folder.path, [])).rejects.toMatchObject({ code: 'recording-broken' });
    expect(readFileSync(join(folder.path, 'recordings/hr/notes.json'), 'utf8')).toBe('{}');

    using linked = temporaryFolder();
    symlinkSync(folder.path, join(linked.path, 'recordings'));
    await expect(record(linked.path, [])).rejects.toMatchObject({ code: 'recording-broken' });
  });

  test('whose process ended in the middle of a swap is there again, and drafts of the dead are gone', async () => {
    using folder = temporaryFolder();
    await record(folder.path, [[ask('/people'), reply([1])]]);
    const at = join(folder.path, 'recordings');
    // No process has this number.
    renameSync(join(at, 'hr'), join(at, '.hr.old-999999999-0a1b2c3d'));
    mkdirSync(join(at, '.hr.new-999999999-0a1b2c3d'));
    mkdirSync(join(at, `.hr.new-${process.pid}-0a1b2c3d`));
    expect(textIn(await replaying(folder.path)(ask('/people')))).toBe('[1]');
    expect(readdirSync(at).sort()).toEqual([`.hr.new-${process.pid}-0a1b2c3d`, 'hr']);
  });
});

describe('a replay', () => {
  test('needs no secret, and puts the host of today where it is known', async () => {
    using folder = temporaryFolder();
    await record(folder.path, [[ask(`/people?key=${encodeURIComponent(secret)}`), reply({ self: 'https://hr.example.com/people/1' })]]);
    const url = (host: string): HttpRequest => ask('', { url: `${host}/people?key=${maskedSecret}` });
    expect(textIn(await replaying(folder.path)(url('https://hr.example.com')))).toBe('{"self":"https://hr.example.com/people/1"}');

    const manifest = parseManifest(folder.path, 'hr');
    const nowhere = systemOf('hr', ['people'], { host: { kind: 'env', name: 'HR_HOST' }, api_key: { kind: 'secret', name: 'hr-key' } });
    const connection = replayConnection(connector, nowhere, manifest, {});
    expect(connection.variables.get('api_key')).toBe(maskedSecret);
    expect(connection.baseUrl).toBe('https://recorded.invalid/api');
    expect(textIn(await replaying(folder.path, { connection })(url('https://recorded.invalid')))).toBe(
      '{"self":"https://recorded.invalid/people/1"}',
    );

    const moved = replayConnection(connector, nowhere, manifest, { HR_HOST: '127.0.0.1:4711' });
    expect(textIn(await replaying(folder.path, { connection: moved })(url('https://127.0.0.1:4711')))).toBe(
      '{"self":"https://127.0.0.1:4711/people/1"}',
    );
  });

  test('says of a request it does not know which it is, what comes nearest, and what to do', async () => {
    using folder = temporaryFolder();
    await record(folder.path, [[ask('/people?page=1&size=50'), reply([1])]]);
    const error = await failureOf(replaying(folder.path)(ask('/people?page=1&size=100')));
    expect(error).toMatchObject({ code: 'not-recorded', subject: 'GET /people?page=1&size=100' });
    expect(error.message).toContain('people_get asks GET /people?page=1&size=100, which is not in recordings/hr');
    expect(error.message).toContain('the parameter size is 50 there, not 100');
    expect(error.message).toContain('sollist collect hr --record');
  });

  test('finds what was renamed: a file, an operation', async () => {
    using folder = temporaryFolder();
    await record(folder.path, [[ask('/people'), reply([1])]]);
    const at = join(folder.path, 'recordings/hr');
    renameSync(join(at, readdirSync(at).find((name) => name.startsWith('people')) ?? ''), join(at, 'everybody.json'));
    expect(textIn(await replaying(folder.path)(ask('/people')))).toBe('[1]');
    expect(textIn(await replaying(folder.path)(ask('/people', { operation: 'persons_get' })))).toBe('[1]');
  });

  test.each<readonly [what: string, damage: (at: string, name: string) => void]>([
    ['no JSON', (at, name) => writeFileSync(join(at, name), '{"request": ')],
    ['another form', (at, name) => writeFileSync(join(at, name), '{"request": {"operation": "people_get"}, "answers": []}')],
    [
      'no answers',
      (at, name) => writeFileSync(join(at, name), readFileSync(join(at, name), 'utf8').replace(/"answers": \[[^]*\]/, '"answers": []')),
    ],
    ['a status that is none', (at, name) => writeFileSync(join(at, name), readFileSync(join(at, name), 'utf8').replace('200', '2000'))],
    [
      'a failure that is none',
      (at, name) => writeFileSync(join(at, name), readFileSync(join(at, name), 'utf8').replace('"status": 200', '"failure": "cancelled"')),
    ],
    [
      'an answer nested beyond reading',
      (at, name) =>
        writeFileSync(
          join(at, name),
          readFileSync(join(at, name), 'utf8').replace(/"json": \[[^]*?\]/, `"json": ${'['.repeat(100_000)}${']'.repeat(100_000)}`),
        ),
    ],
    [
      'a link',
      (at, name) => {
        rmSync(join(at, name));
        symlinkSync('/etc/hostname', join(at, name));
      },
    ],
    [
      'a folder',
      (at, name) => {
        rmSync(join(at, name));
        mkdirSync(join(at, name));
      },
    ],
  ])('of a damaged file says so: %s', async (_, damage) => {
    using folder = temporaryFolder();
    await record(folder.path, [[ask('/people'), reply([1])]]);
    const at = join(folder.path, 'recordings/hr');
    const name = readdirSync(at).find((each) => each.startsWith('people')) ?? '';
    damage(at, name);
    const error = await failureOf(replaying(folder.path)(ask('/people')));
    expect(error.code).toBe('recording-broken');
    expect(error.message).toContain(name);
  });

  test('of an answer larger than any run takes refuses it', async () => {
    using folder = temporaryFolder();
    await record(folder.path, [[ask('/people'), reply([1, 2, 3])]]);
    expect((await failureOf(replaying(folder.path, { largestBody: 5 })(ask('/people')))).code).toBe('answer-too-large');
  });

  test.each([
    ['', /is no JSON/],
    ['[]', /form of a recording/],
    ['{"version": 2}', /newer Sollist/],
    ['{"version": 1, "system": "hr", "connector": "hr", "connection": {"host": 1}}', /form of a recording/],
  ])('of a manifest that is none says so: %j', async (text, message) => {
    using folder = temporaryFolder();
    await record(folder.path, [[ask('/people'), reply([1])]]);
    writeFileSync(join(folder.path, 'recordings/hr/recording.json'), text);
    expect(() => parseManifest(folder.path, 'hr')).toThrow(message);
    expect(describeRecordings(folder.path)).toMatchObject([{ system: 'hr', problem: expect.stringMatching(message) as string }]);
  });

  test('is not led out of its folder by what a manifest calls itself', async () => {
    using folder = temporaryFolder();
    await record(folder.path, [[ask('/people'), reply([1])]]);
    const path = join(folder.path, 'recordings/hr/recording.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"system": "hr"', '"system": "../../elsewhere"'));
    expect(parseManifest(folder.path, 'hr').system).toBe('hr');
    expect(textIn(await replaying(folder.path)(ask('/people')))).toBe('[1]');
  });

  test('without a recording says how to make one', () => {
    using folder = temporaryFolder();
    expect(() => parseManifest(folder.path, 'hr')).toThrow(/sollist collect hr --record/);
    expect(describeRecordings(folder.path)).toEqual([]);
  });

  test('does not wait, and its clock knows it has', async () => {
    const clock = manualClock();
    const paced = withoutWaiting(clock);
    const from = paced.now();
    await Promise.all([paced.wait(30_000, new AbortController().signal), paced.wait(30_000, new AbortController().signal)]);
    expect(paced.now() - from).toBe(30_000);
    expect(clock.waits).toEqual([]);
    await expect(paced.wait(1, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
  });
});

test('recordings are described for who chooses among them', async () => {
  using folder = temporaryFolder();
  await record(folder.path, [[ask('/people'), reply([1])]]);
  expect(describeRecordings(folder.path)).toEqual([
    { system: 'hr', path: 'recordings/hr', exchanges: 1, tables: ['people'], changedAt: expect.any(Number) as number },
  ]);
});
