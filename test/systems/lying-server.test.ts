import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import { startServer, type Answer, type SeenRequest, type TestServer } from '../support/http-server.ts';
import { collect, connectorOf, systemOf, testRun } from '../unit/run/support.ts';

/*
 * A server that lies, in every way we could think of, to a connector with credentials. Whatever it does, no table may be called complete, memory
 * stays bounded, and the secret is in nothing that outlives the run.
 */

const secret = 'pa55-word-that-nobody-may-see';
const megabyte = 1024 * 1024;
const people = (from: number, count: number): readonly unknown[] =>
  Array.from({ length: count }, (_, i) => ({ id: `p${from + i}`, name: `N${from + i}` }));

function connector(url: string): ReturnType<typeof connectorOf> {
  return connectorOf({
    schema: {
      crud_objects: {
        persons: {
          key: 'id',
          resources: { id: 'string*', name: 'string*' },
          operations: { persons_get: { method: 'get', call: { path: '/persons' }, processing_options: { output_field: 'items' } } },
        },
      },
    },
    rest: {
      config: {
        baseUrl: url,
        authentication: 'basic_auth',
        get: { pagination: { mode: 'skip_take', page_size: 100, params: { take: '{take_count}', skip: '{skip_count}' } } },
      },
    },
  });
}

const skipOf = ({ query }: SeenRequest): number => Number(query.get('skip'));
const text = (body: string): Answer => ({ text: body, headers: { 'content-type': 'application/json' } });

interface Lie {
  readonly answer: (request: SeenRequest, elsewhere: TestServer) => Answer;
  /** The code the table fails with, or what its evidence says. */
  readonly told: { readonly code: string } | { readonly note: RegExp };
}

const lies: Readonly<Record<string, Lie>> = {
  'sends the first page again and again': {
    answer: () => ({ json: { items: people(0, 100) } }),
    told: { code: 'page-repeated' },
  },
  'goes round in a circle of three pages': {
    answer: (request) => ({ json: { items: people(((skipOf(request) / 100) % 3) * 100, 100) } }),
    told: { code: 'page-repeated' },
  },
  'ignores the paging, with less than a page': {
    answer: () => ({ json: { items: people(0, 40) } }),
    told: { note: /ignores the paging/ },
  },
  'says 1,000 and sends 900': {
    answer: (request) => ({ json: { total: 1000, items: people(skipOf(request), skipOf(request) < 900 ? 100 : 0) } }),
    told: { note: /announced 1000 rows, and 900 came/ },
  },
  'says 500 and sends 1,000': {
    answer: (request) => ({ json: { total: 500, items: people(skipOf(request), skipOf(request) < 1000 ? 100 : 0) } }),
    told: { note: /announced 500 rows, and 1000 came/ },
  },
  'says 500 and never ends': {
    answer: (request) => ({ json: { total: 500, items: people(skipOf(request), 1000) } }),
    told: { code: 'page-runaway' },
  },
  'changes the total from page to page': {
    answer: (request) => ({
      json: { total: 300 - skipOf(request) / 100, items: people(skipOf(request), skipOf(request) < 300 ? 100 : 0) },
    }),
    told: { note: /different totals/ },
  },
  'lets its pages overlap': {
    answer: (request) => ({ json: { items: skipOf(request) >= 300 ? [] : people(skipOf(request) === 0 ? 0 : skipOf(request) - 10, 100) } }),
    told: { note: /pages may overlap/ },
  },
  'sends an error as a success behind the first page': {
    answer: (request) => ({ json: skipOf(request) === 0 ? { items: people(0, 100) } : { error: 'too tired' } }),
    told: { code: 'output-field-missing' },
  },
  'redirects to another host': {
    answer: (_, elsewhere) => ({ status: 302, headers: { location: `${elsewhere.url}/persons` } }),
    told: { code: 'host-refused' },
  },
  'redirects to another scheme': {
    answer: () => ({ status: 302, headers: { location: 'file:///etc/passwd' } }),
    told: { code: 'host-refused' },
  },
  'redirects into a circle': {
    answer: (request) => ({ status: 302, headers: { location: request.path } }),
    told: { code: 'redirect-refused' },
  },
  'never answers': { answer: () => () => undefined, told: { code: 'timeout' } },
  'never ends its answer': {
    answer: () => (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"items":[');
    },
    told: { code: 'timeout' },
  },
  'breaks off in the middle': {
    answer: () => (response) => {
      response.writeHead(200, { 'content-length': '5000' });
      response.write('{"items":[{"id":"p1"}', () => response.destroy());
    },
    told: { code: 'connection-lost' },
  },
  'claims a body of two gigabytes': {
    answer: () => (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(2048 * megabyte) });
      response.write('{"items":[');
    },
    told: { code: 'answer-too-large' },
  },
  'sends a body of two gigabytes without saying so': {
    answer: () => (response) => {
      const piece = Buffer.alloc(megabyte, '{"id":"x"},');
      let sent = 0;
      const more = (): void => {
        while (!response.destroyed && sent++ < 2048) {
          if (!response.write(piece)) {
            response.once('drain', more);
            return;
          }
        }
        response.end();
      };
      response.writeHead(200, { 'content-type': 'application/json' });
      more();
    },
    told: { code: 'answer-too-large' },
  },
  'sends headers without end': {
    answer: () => (response) => {
      response.writeHead(200, Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`x-${i}`, 'y'.repeat(1000)])));
      response.end('{}');
    },
    told: { code: 'answer-too-large' },
  },
  'sends bytes that are no UTF-8': {
    answer: () => (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(Buffer.concat([Buffer.from('{"items":[{"id":"p1","name":"'), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from('"}]}')]));
    },
    told: { note: /bytes that are no text/ },
  },
  'nests a hundred thousand levels': {
    answer: () => text(`${'{"items":['.repeat(100_000)}${']}'.repeat(100_000)}`),
    told: { code: 'answer-too-deep' },
  },
  'nests deep inside a row': {
    answer: () => text(`{"items":[{"id":"p1","name":${'['.repeat(50_000)}${']'.repeat(50_000)}}]}`),
    told: { code: 'answer-too-deep' },
  },
  'sends what is no JSON': { answer: () => text('<html><body>Please log in</body></html>'), told: { code: 'not-json-answer' } },
  'sends rows that are no rows': { answer: () => ({ json: { items: [1, 'two', null, [3]] } }), told: { note: /were no objects/ } },
  'sends rows of another kind': { answer: () => ({ json: { items: [{ uid: 7 }, { uid: 8 }] } }), told: { note: /none of the columns/ } },
  'gives every row the same id': {
    answer: (request) => ({
      json: {
        items: skipOf(request) < 200 ? Array.from({ length: 100 }, (_, i) => ({ id: 'same', name: `N${skipOf(request) + i}` })) : [],
      },
    }),
    told: { code: 'page-repeated' },
  },
  'sends the names of built-in properties': {
    answer: () => text('{"items":[{"__proto__":{"id":"evil"},"constructor":{"prototype":{"id":"evil"}}}]}'),
    told: { note: /none of the columns/ },
  },
  'sends the secret back': {
    answer: (request) => ({ json: { items: skipOf(request) === 0 ? [{ id: secret, name: `the password is ${secret}` }] : [] } }),
    told: { note: /secret of the connection/ },
  },
  'sends the secret back in an error': {
    answer: () => ({ status: 500, text: `wrong: ${secret} ${Buffer.from(`bob:${secret}`).toString('base64')}` }),
    told: { code: 'http-status' },
  },
  'wants credentials it was given': { answer: () => ({ status: 401, text: secret }), told: { code: 'authentication-failed' } },
};

test.each(Object.entries(lies))('a server that %s', async (_, { answer, told }) => {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-lies-'));
  try {
    await using elsewhere = await startServer(() => ({ json: { items: people(0, 5) } }));
    await using server = await startServer((request) => answer(request, elsewhere));
    const vault = openVault(join(folder, 'vault.db'));
    const run = testRun();
    const before = process.memoryUsage().rss;
    const system = systemOf('hr', ['persons'], { user_name: 'bob', password: { kind: 'secret', name: 'pw' } });
    const { table, report } = await collect(connector(server.url), system, run, {
      vault,
      secrets: new Map([['pw', secret]]),
      timeouts: { idle: 400 },
    });
    const grown = (process.memoryUsage().rss - before) / megabyte;
    vault.close();

    const outcome = table('persons');
    expect(outcome.evidence?.complete ?? false).toBe(false);
    if ('code' in told) {
      expect(outcome.error?.code).toBe(told.code);
      expect(outcome.state).toBe('failed');
    } else expect(outcome.evidence?.notes.join('\n')).toMatch(told.note);
    expect(grown).toBeLessThan(400);
    expect(elsewhere.requests).toEqual([]);
    const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    const shown = [JSON.stringify([report, run.trace, run.progress]), ...kept].join('\n');
    for (const form of [secret, Buffer.from(`bob:${secret}`).toString('base64'), encodeURIComponent(secret)])
      expect(shown).not.toContain(form);
    expect(({} as Record<string, unknown>)['id']).toBeUndefined();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
