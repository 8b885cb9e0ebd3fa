import { readFileSync } from 'node:fs';
import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../engine/run/system-clock.ts';
import { startServer } from '../support/http-server.ts';
import { collect, connectorOf, systemOf, testRun } from '../unit/run/support.ts';

const people = [{ id: 'p1' }, { id: 'p2' }];

function connector(url: string, config: Readonly<Record<string, unknown>> = {}): ReturnType<typeof connectorOf> {
  const call = { path: '/persons' };
  return connectorOf({
    schema: {
      crud_objects: { persons: { key: 'id', resources: { id: 'string*' }, operations: { persons_get: { method: 'get', call } } } },
    },
    rest: { config: { baseUrl: url, ...config } },
  });
}

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function listen(server: Server | ReturnType<typeof createTlsServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

test.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['deflate', deflateSync],
  ['zstd', zstdCompressSync],
  ['gzip, br', (body: Buffer) => brotliCompressSync(gzipSync(body))],
])('an answer in %s is read, and asked for', async (encoding, compress) => {
  await using server = await startServer(() => (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding });
    response.end(compress(Buffer.from(JSON.stringify(people))));
  });
  const { rows } = await collect(connector(server.url), systemOf('hr', ['persons']), testRun());
  expect(rows('persons')).toEqual(people);
  expect(server.requests[0]?.headers['accept-encoding']).toBe('gzip, br');
});

test('a small answer that unpacks to a large one is refused before it fills the memory', async () => {
  const large = gzipSync(Buffer.alloc(160 * 1024 * 1024), { level: 1 });
  for (const encoding of ['gzip, gzip', 'gzip']) {
    const body = encoding === 'gzip' ? large : gzipSync(large);
    await using server = await startServer(() => (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding });
      response.end(body);
    });
    const before = process.memoryUsage().rss;
    const { table } = await collect(connector(server.url), systemOf('hr', ['persons']), testRun(), { timeouts: { body: 8 * 1024 * 1024 } });
    expect(table('persons')).toMatchObject({ state: 'failed', error: { code: 'answer-too-large' } });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  }
});

test('bytes that are not in the encoding they claim are a broken answer', async () => {
  await using server = await startServer(() => ({ text: JSON.stringify(people), headers: { 'content-encoding': 'gzip' } }));
  const { table } = await collect(connector(server.url), systemOf('hr', ['persons']), testRun());
  expect(table('persons').error).toMatchObject({
    code: 'connection-lost',
    message: expect.stringContaining('cannot be decompressed') as string,
  });
});

interface SeenByProxy {
  readonly asked: string[];
  readonly credentials: (string | undefined)[];
}

/** A real proxy that wants credentials: it forwards, and tunnels for https. */
async function startProxy(): Promise<SeenByProxy & { readonly address: string }> {
  const seen: SeenByProxy = { asked: [], credentials: [] };
  const wanted = `Basic ${Buffer.from('bob:s3cret!pw').toString('base64')}`;
  const accepts = ({ headers }: IncomingMessage, what: string): boolean => {
    seen.asked.push(what);
    seen.credentials.push(headers['proxy-authorization']);
    return headers['proxy-authorization'] === wanted;
  };
  const proxy = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (!accepts(incoming, `${incoming.method ?? ''} ${incoming.url ?? ''}`)) {
      outgoing.writeHead(407).end();
      return;
    }
    const { 'proxy-authorization': _credentials, ...headers } = incoming.headers;
    incoming.pipe(
      forward(incoming.url ?? '', { method: incoming.method ?? 'GET', headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      }),
    );
  });
  proxy.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    if (!accepts(incoming, `CONNECT ${incoming.url ?? ''}`)) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const [host = '', port] = (incoming.url ?? '').split(':');
    const there = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      socket.pipe(there).pipe(socket);
    });
    there.on('error', () => socket.destroy());
    socket.on('error', () => there.destroy());
    cleanups.push(() => there.destroy());
  });
  return { ...seen, address: `127.0.0.1:${await listen(proxy)}` };
}

test('a system behind a proxy is reached through it, with its credentials, which nothing shows', async () => {
  const proxy = await startProxy();
  await using server = await startServer(() => ({ json: people }));
  const through = (secret: string): ReturnType<typeof systemOf> => ({
    ...systemOf('hr', ['persons']),
    proxy: { kind: 'secret', name: secret },
  });
  const secrets = new Map([
    ['right', `http://bob:${encodeURIComponent('s3cret!pw')}@${proxy.address}`],
    ['wrong', `http://bob:not-it@${proxy.address}`],
  ]);
  const run = testRun();
  const { rows } = await collect(connector(server.url), through('right'), run, { secrets });
  expect(rows('persons')).toEqual(people);
  expect(proxy.asked.length).toBeGreaterThan(0);
  expect(server.requests[0]?.headers['proxy-authorization']).toBeUndefined();

  const refused = await collect(connector(server.url), through('wrong'), run, { secrets });
  expect(refused.table('persons').state).toBe('failed');
  const shown = JSON.stringify([run.trace, run.progress, refused.report]);
  for (const secret of ['s3cret!pw', 's3cret%21pw', 'not-it', Buffer.from('bob:s3cret!pw').toString('base64')])
    expect(shown).not.toContain(secret);
});

const tls = {
  key: readFileSync(join(import.meta.dirname, '../fixtures/tls/key.pem')),
  cert: readFileSync(join(import.meta.dirname, '../fixtures/tls/cert.pem')),
};

function trustTheFixture(): void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, tls.cert.toString()]);
  cleanups.push(() => setDefaultCACertificates(before));
}

test('a server that speaks nothing after TLS 1.0 is reached only with sslLegacyProtocols', async () => {
  trustTheFixture();
  const server = createTlsServer({ ...tls, minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }, (_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(people)),
  );
  const url = `https://127.0.0.1:${await listen(server)}`;
  const without = await collect(connector(url), systemOf('hr', ['persons']), testRun());
  expect(without.table('persons').error?.code).toBe('tls-failed');
  const { rows } = await collect(connector(url, { sslLegacyProtocols: true }), systemOf('hr', ['persons']), testRun());
  expect(rows('persons')).toEqual(people);
});

test('https goes through a proxy in a tunnel, and a certificate nobody knows is refused', async () => {
  const proxy = await startProxy();
  const server = createTlsServer(tls, (_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(people)),
  );
  const url = `https://127.0.0.1:${await listen(server)}`;
  const unknown = await collect(connector(url), systemOf('hr', ['persons']), testRun());
  expect(unknown.table('persons').error?.code).toBe('tls-failed');
  trustTheFixture();
  const system = { ...systemOf('hr', ['persons']), proxy: { kind: 'literal' as const, value: `http://bob:s3cret!pw@${proxy.address}` } };
  const { rows } = await collect(connector(url), system, testRun());
  expect(rows('persons')).toEqual(people);
  expect(proxy.asked).toEqual([`CONNECT ${new URL(url).host}`]);
});

test('sessions that run in parallel share what a server asks all of them to wait', async () => {
  const parents = Array.from({ length: 40 }, (_, i) => ({ id: `g${i}` }));
  let openAt = 0;
  let early = 0;
  let answered = 0;
  let stormed = false;
  await using server = await startServer(({ path }) => {
    if (path === '/groups') return { json: parents };
    if (!stormed && answered === 10) {
      stormed = true;
      openAt = Date.now() + 1000;
    }
    // Those that were under way when the storm began could not know.
    if (Date.now() < openAt) {
      early++;
      return { status: 429, headers: { 'retry-after': '1' } };
    }
    answered++;
    return { json: [{ id: path }] };
  });
  const operations = (name: string, call: unknown, more = {}): unknown => ({ [`${name}_get`]: { method: 'get', call, ...more } });
  const both = connectorOf({
    schema: {
      crud_objects: {
        groups: { key: 'id', resources: { id: 'string*' }, operations: operations('groups', { path: '/groups' }) },
        members: {
          resources: { id: 'string*' },
          operations: operations(
            'members',
            { mode: 'iteration', table: 'groups', iterator: 'id', path: '/members/{iterator}' },
            { maxSessionCount: 5 },
          ),
        },
      },
    },
    rest: { config: { baseUrl: server.url } },
  });
  const run = testRun();
  const { table } = await collect(both, systemOf('d', ['groups', 'members']), { ...run, context: { ...run.context, clock: systemClock } });
  expect(table('members')).toMatchObject({ state: 'collected', evidence: { rows: 40, complete: true } });
  expect(table('members').evidence?.notes).toContain(
    'The API asked to wait (status 429, Retry-After), which was done; the connector has no retry rule for it.',
  );
  expect(early).toBeGreaterThan(0);
  expect(early).toBeLessThanOrEqual(5);
});
