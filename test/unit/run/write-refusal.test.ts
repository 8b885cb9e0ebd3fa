import { expect, test } from 'vitest';
import { getOperation } from '../../../engine/model/connector/connector.ts';
import { openHttp } from '../../../engine/run/http/chain.ts';
import { resolveConnection } from '../../../engine/run/connection.ts';
import { defaultLimits } from '../../../engine/run/http/limits.ts';
import type { HttpRequest } from '../../../engine/run/http/message.ts';
import { openTransport } from '../../../engine/run/http/transport.ts';
import { startServer } from '../../support/http-server.ts';
import { collect, connectorOf, systemOf, testRun } from './support.ts';

const request = (url: string, role: HttpRequest['role'], verb: string): HttpRequest => ({
  role,
  operation: 'op',
  table: 't',
  verb,
  url,
  headers: {},
});

test.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
  'a write is refused as a %s before a socket is opened',
  async (verb) => {
    await using server = await startServer(() => ({ json: {} }));
    const transport = openTransport('hr', defaultLimits);
    const { signal } = new AbortController();
    await expect(transport.send(request(server.url, 'write', verb), signal)).rejects.toMatchObject({
      code: 'write-refused',
      subject: 'op',
    });
    await expect(transport.send({ ...request(server.url, 'write', verb), role: 'anything' as 'get' }, signal)).rejects.toMatchObject({
      code: 'write-refused',
    });
    await transport.close();
    expect(server.connections).toBe(0);
  },
);

test('a get passes as a POST', async () => {
  await using server = await startServer(() => ({ json: [{ id: '1' }] }));
  const connector = connectorOf({
    schema: {
      crud_objects: { t: { resources: { id: 'string*' }, operations: { t_search: { method: 'get', verb: 'post', body: { top: 5 } } } } },
    },
    rest: { config: { baseUrl: server.url } },
  });
  const { table } = await collect(connector, systemOf('s', ['t']), testRun());
  expect(table('t').state).toBe('collected');
  expect(server.requests[0]).toMatchObject({ method: 'POST', path: '/t', body: '{"top":5}' });
});

test('the whole chain refuses a write of a connector, and says so in the trace', async () => {
  await using server = await startServer(() => ({ json: {} }));
  const connector = connectorOf({
    schema: { crud_objects: { t: { resources: {}, operations: { t_drop: { method: 'delete', verb: 'get' } } } } },
    rest: { config: { baseUrl: server.url } },
  });
  const [table] = connector.tables;
  const operation = table?.operations[0];
  expect(table && getOperation(table)).toBeUndefined();
  const run = testRun();
  const http = openHttp(
    { connector, connection: resolveConnection(connector, systemOf('s', []), { env: {}, secrets: new Map() }) },
    run.context,
  );
  await expect(
    http.send({ ...request(server.url, operation?.role ?? 'get', operation?.verb ?? ''), operation: 't_drop' }, run.context.signal),
  ).rejects.toMatchObject({ code: 'write-refused' });
  await http.close();
  expect(server.connections).toBe(0);
  expect(run.trace).toMatchObject([{ operation: 't_drop', error: expect.stringContaining('writes') as string }]);
});
