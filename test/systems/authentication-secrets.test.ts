import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConnectionValue } from '../../engine/model/system/system.ts';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import { browse } from '../support/browser.ts';
import { startServer, type Answer, type SeenRequest } from '../support/http-server.ts';
import { selfSigned } from '../support/self-signed.ts';
import { steadyClock } from '../support/steady-clock.ts';
import { collect, connectorOf, systemOf, testRun } from '../unit/run/support.ts';

const { privatePem } = selfSigned();

/** How each kind is set up; `secret` is the value that the person keeps. */
const kinds: Readonly<
  Record<
    string,
    { readonly connection: (secret: string) => Readonly<Record<string, string>>; readonly authOptions?: object; readonly config?: object }
  >
> = {
  none: { connection: (secret) => ({ api_key: secret }), config: { headers: { 'x-own': '{api_key}' } } },
  basic_auth: { connection: (secret) => ({ user_name: 'me', password: secret }) },
  client_credentials: { connection: (secret) => ({ client_id: 'me', client_secret: secret }) },
  certificate: { connection: () => ({ client_id: 'me', certificate: privatePem }) },
  authorization_code_grant: {
    connection: (secret) => ({ client_id: 'me', client_secret: secret }),
    authOptions: { useBasicAuthPost: true },
  },
  custom_post_token: {
    connection: (secret) => ({ user_name: 'me', password: secret }),
    authOptions: { postData: { u: '{user_name}', p: '{password}' }, tokenPath: 'access_token' },
    config: { headers: { 'x-own': '{token}' } },
  },
  aeries: { connection: (secret) => ({ certificate: secret }) },
};

/**
 * A server that gives everything back: rows, errors and headers hold all it was ever sent, in body, address and headers, plain and encoded. The
 * second table fails, with all of that in its message. Secrets are what it was sent as such, and what it issued.
 */
function parrot(secrets: Set<string>): (request: SeenRequest) => Answer {
  const heard: string[] = [];
  let issued = 0;
  return ({ path, query, headers, body }) => {
    const own = Object.entries(headers).filter(([name]) => /^(authorization|x-own|aeries-cert)$/.test(name));
    heard.push(body, ...own.map(([, value]) => String(value)));
    for (const [, value] of own) secrets.add(String(value).replace(/^(Bearer|Basic) /, ''));
    const form = new URLSearchParams(body);
    for (const name of ['assertion', 'code_verifier', 'code', 'refresh_token']) if (form.has(name)) secrets.add(form.get(name) ?? '');
    if (path === '/login')
      return {
        status: 302,
        headers: { location: `${query.get('redirect_uri') ?? ''}?code=the-code-that-came-back&state=${query.get('state') ?? ''}` },
      };
    if (path === '/token') {
      issued++;
      for (const kind of ['access', 'refresh']) secrets.add(`${kind}-token-with-number-${issued}`);
      return {
        json: {
          access_token: `access-token-with-number-${issued}`,
          refresh_token: `refresh-token-with-number-${issued}`,
          token_type: 'bearer',
          expires_in: 3600,
        },
      };
    }
    const all = heard.join(' ');
    const said = [
      all,
      encodeURIComponent(all),
      Buffer.from(all).toString('base64'),
      ...own.map(([, value]) => Buffer.from(String(value)).toString('base64url')),
    ];
    const text = [...said, ...[...secrets].map((secret) => `${secret} ${Buffer.from(secret).toString('base64')}`)].join('\n');
    if (path === '/b') return { status: 400, json: { message: text } };
    return {
      json: { rows: [{ id: '1', said: text, [`name ${text.slice(0, 50)}`]: 1 }] },
      headers: { 'x-echo': encodeURIComponent(all.slice(0, 4000)) },
    };
  };
}

async function run(kind: string, secret: string): Promise<void> {
  const { connection, authOptions, config } = kinds[kind] ?? { connection: () => ({}) };
  const secrets = new Set<string>();
  await using server = await startServer(parrot(secrets));
  const values = Object.entries(connection(secret)).map(([name, value]): [string, string | ConnectionValue] => [
    name,
    value === 'me' ? value : { kind: 'secret', name },
  ]);
  const stored = new Map<string, string>(Object.entries(connection(secret)));
  const connector = connectorOf({
    schema: {
      crud_objects: {
        a: {
          key: 'id',
          resources: { id: 'string*', said: 'string*' },
          operations: { a_get: { method: 'get', processing_options: { output_field: 'rows' } } },
        },
        b: { key: 'id', resources: { id: 'string*' }, operations: { b_get: { method: 'get' } } },
      },
    },
    rest: {
      config: { baseUrl: server.url, authentication: kind, ...config },
      authOptions: { authUrl: `${server.url}/token`, loginUrl: `${server.url}/login?redirect_uri={redirect_uri}`, ...authOptions },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'sollist-secrets-'));
  try {
    const own = testRun();
    const pages: Promise<unknown>[] = [];
    const context = {
      ...own.context,
      clock: steadyClock(),
      signIn: ({ address }: { address: string }) => void pages.push(browse(address)),
    };
    const vault = openVault(join(folder, 'vault.db'));
    const { report } = await collect(
      connector,
      systemOf('hr', ['a', 'b'], Object.fromEntries(values)),
      { ...own, context },
      { secrets: stored, vault },
    ).finally(() => vault.close());
    await Promise.all(pages);
    expect(report.tables.map(({ state, error }) => (state === 'failed' ? error?.code : state))).toEqual(['collected', 'http-status']);
    const bytes = Buffer.concat(readdirSync(folder).map((file) => readFileSync(join(folder, file)))).toString('latin1');
    const shown = JSON.stringify([own.trace, own.progress, report]);
    const known = [...stored].flatMap(([, value]) =>
      value === 'me' ? [] : [value, ...value.split('\n').filter((line) => line.length > 40 && !line.startsWith('-'))],
    );
    expect(secrets.size).toBeGreaterThan(0);
    for (const value of [...known, ...secrets]) {
      if (value === '') continue;
      for (const form of [
        value,
        encodeURIComponent(value),
        JSON.stringify(value).slice(1, -1),
        Buffer.from(value).toString('base64').replace(/=+$/, ''),
      ]) {
        expect(shown, `${kind}: shown`).not.toContain(form);
        expect(bytes.includes(Buffer.from(form).toString('latin1')), `${kind}: in the vault`).toBe(false);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test.each(Object.keys(kinds))(
  '%s: whatever the server gives back, no secret is in a trace, a message, the report or the bytes of the vault',
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(
        // What a header can carry; secrets of other characters are no less known, but Basic and forms alone could send them.
        fc
          .string({ unit: fc.constantFrom(...Array.from('abcXYZ019/+&="\'%.~ é$|([')), minLength: 9, maxLength: 40 })
          .filter((text) => text.trim() === text),
        (secret) => run(kind, secret),
      ),
      { numRuns: 8 },
    );
  },
);
