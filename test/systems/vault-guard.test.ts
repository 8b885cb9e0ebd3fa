import { expect, test } from 'vitest';
import type { RunLimits, TableOutcome } from '../../engine/run/records.ts';
import { collectionEnding } from '../../engine/run/runs/outcome-of.ts';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import type { Vault } from '../../engine/run/vault/vault.ts';
import { basisOf, whyNoRemoval } from '../../engine/run/plan/basis.ts';
import type { Settling } from '../../engine/run/collect/bring-in.ts';
import { startServer, type Answer, type SeenRequest } from '../support/http-server.ts';
import { collect, connectorOf, rowsOf, systemOf, testRun, type Collected } from '../unit/run/support.ts';

/** Persons with phones, and a table that iterates over them. */
function connector(url: string): ReturnType<typeof connectorOf> {
  return connectorOf({
    schema: {
      crud_objects: {
        persons: {
          key: 'id',
          resources: { id: 'string*', phones: [{ number: 'string*' }] },
          operations: { persons_get: { method: 'get', call: { path: '/persons' }, processing_options: { output_field: 'items' } } },
        },
        contracts: {
          resources: { id: 'string*' },
          operations: {
            contracts_get: { method: 'get', call: { mode: 'iteration', table: 'persons', iterator: 'id', path: '/{iterator}' } },
          },
        },
      },
    },
    rest: { config: { baseUrl: `${url}/` } },
  });
}

const system = systemOf('hr', ['persons', 'persons_phones', 'contracts']);

interface Source {
  persons: number;
  phones: number;
  announced?: number;
}

function answerOf(source: Source): (request: SeenRequest) => Answer {
  return ({ path }) => {
    if (path !== '/persons') return { json: [{ id: path }] };
    const items = Array.from({ length: source.persons }, (_, i) => ({
      id: `p${i}`,
      phones: i < source.phones ? [{ number: String(i) }] : [],
    }));
    return { json: { items, ...(source.announced !== undefined && { total: source.announced }) } };
  };
}

async function collectFrom(
  url: string,
  vault: Vault,
  more: { readonly tables?: readonly string[]; readonly settling?: Settling; readonly limits?: RunLimits } = {},
): Promise<Collected> {
  return collect(connector(url), system, testRun(), { vault, ...more });
}

const states = (tables: readonly TableOutcome[]): readonly string[] => tables.map(({ table, state }) => `${table} ${state}`);

test('a source that lost most of its rows leaves the table, its child table and what rests on it as they were', async () => {
  const source: Source = { persons: 100, phones: 50 };
  await using server = await startServer(answerOf(source));
  const vault = openVault(':memory:');
  await collectFrom(server.url, vault);
  expect(vault.table('hr', 'contracts')?.evidence.rows).toBe(100);

  source.persons = 60;
  source.phones = 30;
  const { report, table } = await collectFrom(server.url, vault);
  expect(states(report.tables)).toEqual(['persons held-back', 'persons_phones held-back', 'contracts not-reached']);
  expect(table('persons')).toMatchObject({
    evidence: { rows: 60, drift: { rowsBefore: 100 } },
    error: {
      code: 'source-collapsed',
      subject: 'hr.persons',
      message: expect.stringMatching(
        /60 rows where 100 .* 40\.0% fewer; at most 20 rows or 30%.*--accept hr\.persons.*vault load hr\.persons held-back/,
      ) as string,
    },
  });
  expect(table('persons_phones').error?.message).toContain('held back together with hr.persons');
  expect(table('contracts').error?.code).toBe('parent-held-back');
  expect(collectionEnding(report)).toMatchObject({ state: 'held-back', result: expect.stringContaining('60 rows where 100') as string });
  expect(rowsOf(vault, 'hr', 'persons')).toHaveLength(100);
  expect(vault.versions('hr', 'persons').map(({ state }) => state)).toEqual(['held-back', 'current']);

  const basis = basisOf(vault, [{ system: 'hr', table: 'persons' }]);
  expect(basis[0]).toMatchObject({ complete: false, rows: 100 });
  expect(whyNoRemoval(basis, new Set())).toContain('a guard held back what the last collection brought');

  const held = vault.versions('hr', 'persons')[0];
  vault.load(held?.id ?? 0, 1);
  expect(rowsOf(vault, 'hr', 'persons_phones')).toHaveLength(30);
  expect(whyNoRemoval(basisOf(vault, [{ system: 'hr', table: 'persons' }]), new Set())).toBeUndefined();
  expect(states((await collectFrom(server.url, vault)).report.tables)).toEqual([
    'persons collected',
    'persons_phones collected',
    'contracts held-back',
  ]);
  vault.close();
});

test.each([
  ['a loss that exceeds both numbers', 100, 69, 'held-back'],
  ['a loss of just the percentage', 100, 70, 'collected'],
  ['a loss of just the number', 25, 5, 'collected'],
  ['more than the number, of a table that has many', 1_000, 900, 'collected'],
  ['nothing left of twenty', 20, 0, 'held-back'],
  ['nothing left of fewer', 19, 0, 'collected'],
  ['growth', 10, 500, 'collected'],
])('%s: %i → %i rows', async (_, before, after, state) => {
  const source: Source = { persons: before, phones: 0 };
  await using server = await startServer(answerOf(source));
  const vault = openVault(':memory:');
  await collectFrom(server.url, vault, { tables: ['persons'] });
  source.persons = after;
  const { table } = await collectFrom(server.url, vault, { tables: ['persons'] });
  expect(table('persons').state).toBe(state);
  expect(table('persons').evidence?.rows).toBe(after);
  vault.close();
});

test('a child table that lost its rows holds its parent with it, and either can be accepted for one run', async () => {
  const source: Source = { persons: 100, phones: 100 };
  await using server = await startServer(answerOf(source));
  const vault = openVault(':memory:');
  const tables = ['persons', 'persons_phones'];
  await collectFrom(server.url, vault, { tables });
  source.phones = 10;
  const held = await collectFrom(server.url, vault, { tables });
  expect(states(held.report.tables)).toEqual(['persons held-back', 'persons_phones held-back']);
  expect(held.table('persons').error?.message).toContain('hr.persons_phones');

  const settling = (name: string): Settling => ({ collapse: () => ({ count: 20, percent: 30 }), accepted: new Set([name]) });
  const child = await collectFrom(server.url, vault, { tables, settling: settling('persons_phones') });
  expect(states(child.report.tables)).toEqual(['persons collected', 'persons_phones collected']);
  expect(vault.table('hr', 'persons')).not.toHaveProperty('lastAttempt');
  source.persons = 0;
  const parent = await collectFrom(server.url, vault, { tables, settling: settling('persons') });
  expect(states(parent.report.tables)).toEqual(['persons collected', 'persons_phones collected']);
  vault.close();
});

test('a run with a limit is not judged, and is no measure for the next one', async () => {
  const source: Source = { persons: 100, phones: 0 };
  await using server = await startServer(answerOf(source));
  const vault = openVault(':memory:');
  await collectFrom(server.url, vault, { tables: ['persons'] });
  const look = await collectFrom(server.url, vault, { tables: ['persons'], limits: { rows: 5 } });
  expect(look.table('persons')).toMatchObject({ state: 'collected', evidence: { rows: 5, complete: false } });
  source.persons = 40;
  const next = await collectFrom(server.url, vault, { tables: ['persons'] });
  expect(next.table('persons')).toMatchObject({
    state: 'held-back',
    error: { message: expect.stringContaining('40 rows where 100') as string },
  });
  vault.close();
});

test('a table that is not proven complete is held back all the same: what stays away would be created', async () => {
  const source: Source = { persons: 100, phones: 0 };
  await using server = await startServer(answerOf(source));
  const vault = openVault(':memory:');
  await collectFrom(server.url, vault, { tables: ['persons'] });
  source.persons = 40;
  source.announced = 100;
  const { table } = await collectFrom(server.url, vault, { tables: ['persons'] });
  expect(table('persons')).toMatchObject({ state: 'held-back', evidence: { complete: false } });
  expect(rowsOf(vault, 'hr', 'persons')).toHaveLength(100);
  vault.close();
});

test('what changed about a table stands in its evidence', async () => {
  const source: Source = { persons: 3, phones: 0 };
  await using server = await startServer(answerOf(source));
  const vault = openVault(':memory:');
  const first = await collectFrom(server.url, vault, { tables: ['persons'] });
  expect(first.table('persons').evidence).not.toHaveProperty('drift');
  source.persons = 5;
  const wider = connectorOf({
    schema: {
      crud_objects: {
        persons: {
          key: 'id',
          resources: { id: 'string*', name: 'string*' },
          operations: { persons_get: { method: 'get', call: { path: '/persons' }, processing_options: { output_field: 'items' } } },
        },
      },
    },
    rest: { config: { baseUrl: `${server.url}/` } },
  });
  const { table } = await collect(wider, systemOf('hr', ['persons']), testRun(), { vault });
  const drift = { since: first.report.endedAt, rowsBefore: 3, columnsNew: ['name'], columnsGone: [] };
  expect(table('persons').evidence?.drift).toEqual(drift);
  expect(vault.table('hr', 'persons')?.evidence.drift).toEqual(drift);
  const back = await collectFrom(server.url, vault, { tables: ['persons'] });
  expect(back.table('persons').evidence?.drift).toMatchObject({ columnsNew: [], columnsGone: ['name'] });
  vault.close();
});
