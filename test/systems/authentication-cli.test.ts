import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../../engine/cli/run-cli.ts';
import { browse, type Browsed } from '../support/browser.ts';
import { startOidc } from '../support/oidc-server.ts';
import { writeFiles } from '../support/write-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sollist-cli-sign-in-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const app = {
  client_id: 'app',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: ['http://127.0.0.1/callback'],
  response_types: ['code'],
  scope: 'openid offline_access read',
};

function write(server: { readonly url: string; readonly authUrl: string; readonly loginUrl: string }): void {
  writeFiles(folder, {
    'sollist.json': { name: 'Test' },
    'connectors/hr.json': {
      schema: {
        crud_objects: {
          a: { key: 'id', resources: { id: 'string*' }, operations: { a_get: { method: 'get', call: { path: '/api/read' } } } },
        },
      },
      rest: {
        config: { baseUrl: server.url, authentication: 'authorization_code_grant', call_handling: 'generic' },
        authOptions: {
          authUrl: server.authUrl,
          loginUrl: `${server.loginUrl}?client_id={client_id}&scope={scopes}`,
          scopes: ['openid', 'read'],
        },
      },
    },
    'systems/hr.json': { connector: 'hr', connection: { client_id: 'app' }, tables: { a: {} } },
  });
}

/** Runs the command; `onSaid` hears what it says as it says it. */
async function sollist(
  interactive: boolean,
  onSaid: (text: string) => void,
  ...args: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await runCli(args, {
    stdout: (text) => (said.out += text),
    stderr: (text) => {
      said.err += text;
      onSaid(text);
    },
    env: {},
    cwd: folder,
    colour: false,
    interactive,
    signal: new AbortController().signal,
  });
  return { code, ...said };
}

test('at a terminal the address is printed and the run waits for the browser; no token is written anywhere', async () => {
  await using server = await startOidc([app]);
  write(server);
  const pages: Promise<Browsed>[] = [];
  const follow = (text: string): void => {
    const address = /^http\S+$/m.exec(text)?.[0];
    if (address !== undefined) pages.push(browse(address));
  };
  const { code, out, err } = await sollist(true, follow, 'collect', 'hr');
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('3') as string });
  expect(err).toContain('hr: open this address in a browser on this machine, and sign in:');
  expect((await pages[0])?.status).toBe(200);
  const tokens = server.calls.map(({ token }) => token);
  expect(tokens[0]).toMatch(/^\S{20,}$/);
  const bytes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('');
  for (const secret of [...tokens, ...server.tokenRequests.flatMap(({ form }) => [form['code'] ?? '?', form['code_verifier'] ?? '?'])]) {
    expect(bytes).not.toContain(secret);
    expect(out + err).not.toContain(secret);
  }
});

test('where nobody looks, it says at once that somebody has to', async () => {
  await using server = await startOidc([app]);
  write(server);
  const { code, err, out } = await sollist(false, () => undefined, 'collect', 'hr');
  expect(code).toBe(2);
  expect(out + err).toContain('nobody can be asked here');
  expect(server.logins).toEqual([]);
});
