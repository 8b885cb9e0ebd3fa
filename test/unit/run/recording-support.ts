import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connector } from '../../../engine/model/connector/connector.ts';
import { resolveConnection, type ResolvedConnection } from '../../../engine/run/connection.ts';
import type { HttpRequest, HttpResponse } from '../../../engine/run/http/message.ts';
import { createRedactor, type Redactor } from '../../../engine/run/http/redact.ts';
import { createRecorder } from '../../../engine/run/http/recording/recorder.ts';
import type { CollectionReport, RecordingOutcome, TableOutcome } from '../../../engine/run/records.ts';
import { connectorOf, manualClock, systemOf } from './support.ts';

export const secret = 'Tr0ub4dor&3';

/** A connector that sends its key in the address, and the connection it is recorded with. */
export const connector: Connector = connectorOf({
  schema: {
    crud_objects: {
      people: {
        key: 'id',
        operations: { people_get: { method: 'get', call: { mode: 'normal', path: '/people', queryParameters: { key: '{api_key}' } } } },
        resources: { id: 'string*' },
      },
    },
  },
  rest: { config: { baseUrl: 'https://{host}/api', authentication: 'none' } },
  connection: { items: [] },
});

export function connectionTo(host: string, apiKey: string = secret): ResolvedConnection {
  return resolveConnection(connector, systemOf('hr', ['people'], { host, api_key: apiKey, page_size: '50' }), {
    env: {},
    secrets: new Map(),
  });
}

export function ask(path: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { role: 'get', operation: 'people_get', table: 'people', verb: 'GET', url: `https://hr.example.com${path}`, headers: {}, ...more };
}

export function reply(body: unknown, more: Partial<HttpResponse> = {}): HttpResponse {
  const bytes = body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return { status: 200, headers: { 'content-type': 'application/json' }, body: bytes, ...more };
}

export function reportOf(state: TableOutcome['state'] = 'collected'): CollectionReport {
  return {
    system: 'hr',
    startedAt: 0,
    endedAt: 0,
    limits: {},
    source: { kind: 'live' },
    tables: [{ system: 'hr', table: 'people', state }],
  };
}

/** Records exchanges that were made up, in this order. */
export async function record(
  folder: string,
  exchanges: readonly (readonly [HttpRequest, HttpResponse | Error])[],
  options: {
    readonly connection?: ResolvedConnection;
    readonly report?: CollectionReport;
    readonly learn?: (redactor: Redactor) => void;
  } = {},
): Promise<RecordingOutcome> {
  const { connection = connectionTo('hr.example.com'), report = reportOf() } = options;
  const recorder = createRecorder(folder, 'hr', connector, connection, manualClock());
  const redactor = createRedactor(connection.secrets);
  let next = 0;
  const transport = recorder.traffic.open(
    () => ({
      send: () => {
        const answer = exchanges[next++]?.[1];
        return answer instanceof Error || answer === undefined
          ? Promise.reject(answer ?? new Error('asked too often'))
          : Promise.resolve(answer);
      },
      close: () => Promise.resolve(),
    }),
    redactor,
  );
  for (const [request] of exchanges) await transport.send(request, new AbortController().signal).catch(() => undefined);
  options.learn?.(redactor);
  await transport.close();
  return recorder.finish(report);
}

/** A workspace folder that is gone at the end of its scope. */
export function temporaryFolder(): { readonly path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'sollist-recording-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Every file of a recording, by name. */
export function filesOf(folder: string): Readonly<Record<string, string>> {
  const at = join(folder, 'recordings/hr');
  return Object.fromEntries(readdirSync(at).map((name) => [name, readFileSync(join(at, name), 'utf8')]));
}
