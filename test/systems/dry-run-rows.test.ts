import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DryRunReport } from '../../engine/host/protocol.ts';
import { createRunner } from '../../engine/host/runner.ts';
import type { RunLimits } from '../../engine/run/records.ts';
import { startServer, type Answer, type SeenRequest } from '../support/http-server.ts';
import { writeFiles } from '../support/write-files.ts';

function connectorJson(url: string): object {
  return {
    schema: {
      crud_objects: {
        users: {
          key: 'id',
          resources: { id: 'string*', emails: [{ value: 'string*', uses: [{ what: 'string*' }] }] },
          operations: { users_get: { method: 'get', processing_options: { output_field: 'data.items' } } },
        },
        badges: {
          key: 'no',
          resources: { no: 'string*', owner: '_nim*' },
          operations: {
            badges_get: {
              method: 'get',
              call: { mode: 'iteration', table: 'users', iterator: 'id', path: '/badges/{iterator}', base: { owner: '{iterator}' } },
              maxSessionCount: 4,
            },
          },
        },
        marks: {
          resources: { what: 'string*' },
          operations: {
            marks_get: {
              method: 'get',
              call: { mode: 'iteration', table: 'users', iterator: 'id', path: '/marks/{iterator}' },
              maxSessionCount: 4,
            },
          },
        },
      },
    },
    rest: {
      config: {
        baseUrl: url,
        get: { pagination: { mode: 'skip_take', page_size: 3, params: { skip: '{skip_count}', take: '{take_count}' } } },
        retry: [{ type: 'statusCode', statusCode: 503, retry: { type: 'simple', maxCount: 2, waitTime: 0 } }],
      },
    },
  };
}

const users = Array.from({ length: 7 }, (_, i) => ({
  id: `u${i}`,
  emails: Array.from({ length: i % 3 }, (_e, at) => ({ value: `${i}.${at}@x`, uses: [{ what: `use ${i}` }] })),
}));

/** Parents answer in the order of their wait, and badge b-6 stands under two of them. */
function answerTo(handled: Set<string>): (request: SeenRequest) => Answer | Promise<Answer> {
  return async ({ path, query }) => {
    const own = Number(path.slice(-1));
    const skip = Number(query.get('skip') ?? 0);
    if (path === '/users') {
      if (skip === 3 && !handled.has('3')) {
        handled.add('3');
        return { status: 503 };
      }
      return { json: { data: { items: users.slice(skip, skip + 3) }, totalCount: users.length } };
    }
    if (skip > 0) return { json: [] };
    // The later a parent was asked for, the sooner it answers.
    await new Promise((resume) => setTimeout(resume, (7 - own) * 8));
    if (path.startsWith('/marks/')) return { json: [{ what: 'same' }] };
    return { json: [{ no: `b-${own}` }, { no: own < 2 ? 'b-twice' : `c-${own}` }] };
  };
}

async function dryRun(table: string, limits: RunLimits = {}): Promise<DryRunReport> {
  await using server = await startServer(answerTo(new Set()));
  const folder = mkdtempSync(join(tmpdir(), 'sollist-rows-'));
  try {
    writeFiles(folder, {
      'sollist.json': { name: 'Test' },
      'connectors/crm.json': connectorJson(server.url),
      'systems/crm.json': { connector: 'crm', connection: {}, tables: { users: {} } },
    });
    const runner = createRunner({ env: {}, onProgress: () => undefined });
    const input = { runId: '1', folder, overlay: [], secrets: {}, connector: 'connectors/crm.json', table, limits };
    return await runner.dryRun(input, new AbortController().signal);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The value at each row's origin, read from the bodies as a person would see them. */
function found({ rowOrigins, requests, rowSet }: DryRunReport, key: string): readonly (readonly [row: unknown, body: unknown])[] {
  const at = rowSet.columns.findIndex(({ name }) => name === key);
  return rowSet.rows.map((row, index) => {
    const origin = rowOrigins?.rows[index] ?? null;
    const body = origin && (JSON.parse(requests.find(({ sequence }) => sequence === origin[0])?.responseBody ?? 'null') as unknown);
    let value: unknown = body;
    for (const step of rowOrigins?.path ?? []) value = (value as Record<string, unknown> | null)?.[step];
    return [row[at], origin && (value as Record<string, unknown>[])[origin[1]]?.[key]];
  });
}

test('each row of a paged table leads to its answer, past the attempt that failed', async () => {
  const report = await dryRun('users');
  expect(report.outcome).toMatchObject({ state: 'collected' });
  expect(report.rowOrigins?.path).toEqual(['data', 'items']);
  expect(found(report, 'id')).toEqual(users.map(({ id }) => [id, id]));
  const failed = report.requests.find(({ status }) => status === 503)?.sequence;
  expect(failed).toBeDefined();
  expect(report.rowOrigins?.rows.every((origin) => origin !== null && origin[0] !== failed)).toBe(true);
});

test('a limit that cuts a page leaves the origins right', async () => {
  const report = await dryRun('users', { rows: 5 });
  expect(found(report, 'id')).toEqual(users.slice(0, 5).map(({ id }) => [id, id]));
});

test('sessions side by side: a key says where its row is, and one that stands twice says nothing', async () => {
  const report = await dryRun('badges');
  const pairs = found(report, 'no');
  expect(pairs).toHaveLength(14);
  expect(pairs.filter(([row]) => row !== 'b-twice').every(([row, body]) => row === body)).toBe(true);
  expect(pairs.filter(([row]) => row === 'b-twice').map(([, body]) => body)).toEqual([null, null]);
});

test('without a key, and with sessions side by side, nothing is claimed', async () => {
  const report = await dryRun('marks');
  expect(report.rowSet.total).toBe(7);
  expect(report.rowOrigins).toBeUndefined();
});

test('the child tables come along, with the column that leads to the row above', async () => {
  const { children = [], rowSet } = await dryRun('users');
  expect(children.map(({ table, parent, refersTo, rowSet: rows }) => [table, parent, refersTo, rows.total])).toEqual([
    ['users_emails', 'users', 'id', 6],
    ['users_emails_uses', 'users_emails', expect.any(String), 6],
  ]);
  const [emails] = children;
  const at = emails?.rowSet.columns.findIndex(({ name }) => name === emails.parentColumn) ?? -1;
  const ids = new Set(rowSet.rows.map((row) => row[rowSet.columns.findIndex(({ name }) => name === 'id')]));
  expect(emails?.rowSet.rows.every((row) => ids.has(row[at] ?? null))).toBe(true);
  const child = await dryRun('users_emails');
  expect(child.rowSet.total).toBe(6);
  expect(child.children?.map(({ table }) => table)).toEqual(['users_emails_uses']);
  expect(child.rowOrigins).toBeUndefined();
});
