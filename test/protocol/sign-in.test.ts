import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import { signInMethod, type DryRunReport, type SignInMessage } from '../../engine/host/protocol.ts';
import { browse } from '../support/browser.ts';
import { startEditor } from '../support/language-server.ts';
import { startOidc } from '../support/oidc-server.ts';
import { writeFiles } from '../support/write-files.ts';

const app = {
  client_id: 'app',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: ['http://127.0.0.1/callback'],
  response_types: ['code'],
  scope: 'openid offline_access read',
};

test('a run that needs a sign-in has the client open the page, waits, and is remembered for the next run of that environment alone', async () => {
  await using server = await startOidc([app]);
  const folder = mkdtempSync(join(tmpdir(), 'sollist-sign-in-'));
  try {
    mkdirSync(join(folder, 'connectors'));
    writeFiles(folder, {
      'sollist.json': { name: 'Test', environments: { other: {} } },
      'connectors/hr.json': {
        schema: {
          crud_objects: {
            a: { key: 'id', resources: { id: 'string*' }, operations: { a_get: { method: 'get', call: { path: '/api/read' } } } },
          },
        },
        rest: {
          config: { baseUrl: server.url, authentication: 'authorization_code_grant', call_handling: 'generic' },
          authOptions: { authUrl: server.authUrl, loginUrl: `${server.loginUrl}?scope={scopes}`, scopes: ['openid', 'read'] },
        },
      },
      'systems/hr.json': { connector: 'hr', connection: { client_id: 'app' }, tables: { a: {} } },
    });
    await using editor = await startEditor({ folder });
    const asked: SignInMessage[] = [];
    let person: (message: SignInMessage) => Promise<unknown> = ({ address }) => browse(address);
    const pages: Promise<unknown>[] = [];
    editor.connection.onNotification(signInMethod, (message: SignInMessage) => {
      asked.push(message);
      pages.push(person(message));
    });
    let runs = 0;
    const input = (more: object = {}): object => ({
      runId: `run-${++runs}`,
      folder,
      overlay: [],
      secrets: {},
      connector: 'connectors/hr.json',
      table: 'a',
      limits: { rows: 10 },
      ...more,
    });
    const first = await editor.request<DryRunReport>('sollist/run/dryRun', input());
    expect(first.outcome.error?.message ?? first.outcome.state).toBe('collected');
    expect(first.rowSet.total).toBe(3);
    expect(asked).toMatchObject([
      { runId: 'run-1', system: 'hr', redirectUri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/callback$/) as string },
    ]);

    const second = await editor.request<DryRunReport>('sollist/run/dryRun', input());
    expect(second.outcome.state).toBe('collected');
    expect(asked).toHaveLength(1);
    const shown = JSON.stringify([first, second, editor.log]);
    for (const { token } of server.calls) expect(shown).not.toContain(token);

    // Another environment is another sign-in; this person does not come, and the run can be cancelled.
    let waits: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (waits = resolve));
    person = () => {
      waits();
      return Promise.resolve();
    };
    const token = new CancellationTokenSource();
    const third = editor.request('sollist/run/dryRun', input({ environment: 'other' }), token.token).catch((error: unknown) => error);
    await waiting;
    token.cancel();
    expect(await third).toMatchObject({ data: { code: 'cancelled' } });
    expect(asked).toHaveLength(2);
    await Promise.all(pages);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
