import { Ajv } from 'ajv';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import planSchema from '../../../schemas/plan.schema.json' with { type: 'json' };
import roleSchema from '../../../schemas/role-report.schema.json' with { type: 'json' };
import { countChanges, planWorkspace } from '../../../engine/run/plan/plan-workspace.ts';
import type { Plan } from '../../../engine/run/plan/plan.ts';
import { printPlan } from '../../../engine/cli/output/plan.ts';
import { openSmall, options, secretValues, smallFolder, smallTables, vaultOf, withTable, type Tables } from './small.ts';

function plan(
  given: {
    readonly tables?: Tables;
    readonly files?: Readonly<Record<string, unknown>>;
    readonly env?: Readonly<Record<string, string>>;
    readonly mappings?: readonly string[];
  } = {},
): Plan {
  const vault = vaultOf(given.tables);
  try {
    const env = given.env ?? secretValues;
    return planWorkspace(
      openSmall(given.files),
      vault,
      { mappings: given.mappings ?? ['Create', 'Update', 'Delete'], roleModels: ['next'] },
      { ...options, env },
    );
  } finally {
    vault.close();
  }
}

test('the same inputs give the same bytes, whatever order the rows came in', () => {
  const reversed = Object.fromEntries(
    Object.entries(smallTables).map(([name, table]) => [name, { ...table, rows: table.rows.toReversed() }]),
  );
  const text = JSON.stringify(plan());
  expect(JSON.stringify(plan())).toBe(text);
  expect(JSON.stringify(plan({ tables: reversed }))).toBe(text);
});

test('no secret is inside, and none is needed', () => {
  const text = JSON.stringify(plan());
  expect(text).toContain('"x-key":"***"');
  for (const secret of Object.values(secretValues)) expect(text).not.toContain(secret);
  expect(plan({ env: {} }).mappings).toEqual(plan().mappings);
  // A secret in the base address is masked there, too.
  const connector = JSON.stringify(JSON.parse(openSmall().files.get('connectors/dir.json') ?? '')).replace(
    'http://{host}',
    'http://{host}/{api_key}',
  );
  const system = {
    connector: 'dir',
    connection: { user_name: 'a', password: { env: 'DIR_PASSWORD' }, api_key: { env: 'DIR_PASSWORD' } },
    tables: { users: {}, groups: {}, members: {} },
  };
  const hidden = JSON.stringify(plan({ files: { 'connectors/dir.json': connector, 'systems/dir.json': system } }));
  expect(hidden).toContain('http://127.0.0.1:1/***/users');
  expect(hidden).not.toContain(secretValues.DIR_PASSWORD);
});

test.each([
  ['as it is', {}],
  ['blocked by an incomplete table', { tables: withTable('dir.users', { evidence: { complete: false, caps: ['Stopped.'] } }) }],
])('the schema of the form holds: %s', (_, given) => {
  const ajv = new Ajv({ allErrors: true, strict: false }).addSchema(roleSchema);
  const validate = ajv.compile(planSchema);
  const made = plan(given);
  expect(validate(JSON.parse(JSON.stringify(made))), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...made, secret: 1 })).toBe(false);
  const report = ajv.getSchema('sollist:role-report');
  expect(report?.(JSON.parse(JSON.stringify(made.roles[0]))), JSON.stringify(report?.errors)).toBe(true);
});

test('what must be read first stands at the top', () => {
  const tables = withTable('hr.persons', { evidence: { complete: false, notes: ['A page failed.'] } });
  const files = { 'sollist.json': { name: 'Small', guards: { create: { count: 0 } } } };
  const { attention, guards } = plan({ tables, files });
  expect(attention[0]).toMatch(/^The guard stops mapping Create: 1 to create, 20\.0% of 5, and it allows at most 0 or 20%\./);
  expect(attention).toContain('hr.persons is not proven complete: A page failed.');
  expect(attention.join('\n')).toContain('No removal can be planned.');
  // Nothing is deleted, so no deletion is announced.
  expect(attention.join('\n')).not.toContain('The mapping Delete deletes');
  expect(guards.filter(({ tripped }) => tripped).map(({ subject }) => subject)).toEqual(['mapping Create']);
  expect(plan().attention[0]).toBe('The mapping Delete deletes 1 row of dir.users.');
});

test('blocked changes are not counted, and a mapping named twice is planned once', () => {
  expect(countChanges(plan())).toBe(3 + 5);
  expect(countChanges(plan({ tables: withTable('dir.users', { evidence: { complete: false } }) }))).toBe(2 + 3);
  expect(plan({ mappings: ['Create', 'Create'] }).mappings).toHaveLength(1);
});

test('the printed plan', async () => {
  await expect(printPlan(plan(), { colour: false, requests: true })).toMatchFileSnapshot(join(smallFolder, 'plan.txt'));
});
