import { expect, test } from 'vitest';
import { sampleSecrets } from '../../examples/systems/sample-secrets.ts';
import type { DryRunReport, FilterReport, MappingPreview, ProgressMessage } from '../../engine/host/protocol.ts';
import type { CollectionReport } from '../../engine/run/records.ts';
import type { RoleReport } from '../../engine/run/roles/role-report.ts';
import { setStage } from '../support/sample-systems.ts';

const persons = { connector: 'connectors/hr.json', table: 'persons', limits: { rows: 5, calls: 2 } };

test('nothing runs in an untrusted workspace, until it is trusted', async () => {
  await using stage = await setStage({ trusted: false });
  const { editor, samples, input } = stage;
  for (const [name, own] of [
    ['dryRun', persons],
    ['collect', { system: 'hr' }],
    ['runFilter', { filter: 'Employees', parameters: {} }],
    ['previewMapping', { mapping: 'New accounts' }],
    ['inspectRoles', { model: 'development' }],
  ] as const) {
    await expect(editor.request(`sollist/run/${name}`, input(own))).rejects.toMatchObject({ code: -32050, data: { code: 'untrusted' } });
  }
  expect([...samples.hr.log, ...samples.directory.log]).toEqual([]);
  await editor.connection.sendNotification('sollist/trusted');
  expect(await editor.request('sollist/run/dryRun', input(persons))).toMatchObject({ table: 'persons' });
});

test('a dry run gives rows, requests and evidence, and touches no vault', async () => {
  await using stage = await setStage();
  const { editor, samples, input } = stage;
  const report = await editor.request<DryRunReport>('sollist/run/dryRun', input(persons));
  expect(report).toMatchObject({
    system: 'hr',
    table: 'persons',
    limits: { rows: 5, calls: 2 },
    outcome: { state: 'collected', evidence: { rows: 5, complete: false } },
    rowSet: { total: 5 },
  });
  const employeeNumber = report.rowSet.columns.findIndex(({ name }) => name === 'employeeNumber');
  expect(report.rowSet.rows.map((row) => row[employeeNumber])).toEqual(expect.arrayContaining([expect.stringMatching(/^\d+$/) as unknown]));
  expect(report.requests.map(({ verb, status }) => [verb, status])).toEqual([
    ['POST', 200],
    ['GET', 200],
  ]);
  expect(JSON.stringify(report)).not.toContain(sampleSecrets.hrClientSecret);
  expect(samples.hr.writes()).toEqual([]);
  await expect(editor.request('sollist/run/runFilter', input({ filter: 'Employees', parameters: {} }))).rejects.toMatchObject({
    data: { code: 'not-collected', subject: 'hr' },
  });
});

test('a run uses the text in the editor, not that on the disk', async () => {
  await using stage = await setStage();
  const { editor, input } = stage;
  await editor.open('connectors/hr.json');
  await editor.edit('connectors/hr.json', '"path": "/api/v1/persons"', '"path": "/api/v1/nobody"');
  const failed = await editor.request<DryRunReport>('sollist/run/dryRun', input(persons));
  expect(failed.outcome).toMatchObject({ state: 'failed' });
  expect(failed.requests.at(-1)?.url).toContain('/api/v1/nobody');
  await editor.edit('connectors/hr.json', '/api/v1/nobody', '/api/v1/persons');
  await editor.edit('connectors/hr.json', '"output_field": "items"', '"output_field": "nothing"');
  expect((await editor.request<DryRunReport>('sollist/run/dryRun', input(persons))).rowSet.total).toBe(0);
  await editor.close('connectors/hr.json');
  expect((await editor.request<DryRunReport>('sollist/run/dryRun', input(persons))).requests.at(-1)?.url).toContain('/api/v1/persons');
});

test('collected tables feed filters, previews and role inspection', async () => {
  await using stage = await setStage();
  const { editor, samples, input } = stage;
  const progress: ProgressMessage[] = [];
  editor.connection.onNotification('sollist/progress', (message: ProgressMessage) => void progress.push(message));
  for (const system of ['hr', 'directory']) {
    const report = await editor.request<CollectionReport>('sollist/run/collect', input({ system, runId: `collect-${system}` }));
    expect(report.tables.filter(({ state }) => state !== 'collected')).toEqual([]);
  }
  expect(new Set(progress.map(({ runId }) => runId))).toEqual(new Set(['collect-hr', 'collect-directory']));
  expect(progress.some(({ rows }) => (rows ?? 0) > 0)).toBe(true);

  const filter = await editor.request<FilterReport>(
    'sollist/run/runFilter',
    input({ filter: 'Staff of a department', parameters: { department: 'Sales' } }),
  );
  expect(filter.rowSet.columns.map(({ name }) => name)).toEqual(['employeeNumber', 'displayName', 'department', 'accountId']);
  expect(filter.rowSet.total).toBeGreaterThan(0);
  expect(filter.sql).toMatch(/^(WITH|SELECT)/);

  await editor.open('filters/Employees.filter');
  await editor.edit('filters/Employees.filter', "where  p.status = 'active'", "where  p.status = 'active' and 1 = 2");
  expect(await editor.request<FilterReport>('sollist/run/runFilter', input({ filter: 'Employees', parameters: {} }))).toMatchObject({
    rowSet: { total: 0 },
  });
  await editor.close('filters/Employees.filter');

  const preview = await editor.request<MappingPreview>('sollist/run/previewMapping', input({ mapping: 'New accounts' }));
  expect(preview.plan).toMatchObject({ mapping: 'New accounts' });
  const roles = await editor.request<RoleReport>('sollist/run/inspectRoles', input({ model: 'development' }));
  expect(roles).toMatchObject({ model: 'development' });
  expect([...samples.hr.writes(), ...samples.directory.writes()]).toEqual([]);
});

test('what goes wrong has a code, a sentence, and no secret', async () => {
  const secret = 'a-wrong-secret-nobody-may-see';
  await using stage = await setStage({ env: { HR_CLIENT_SECRET: secret } });
  const { editor, samples, input } = stage;
  const run = (name: string, own: object): Promise<unknown> =>
    editor.request(`sollist/run/${name}`, input(own)).catch((error: unknown) => error);
  expect(await run('dryRun', { ...persons, connector: 'connectors/nothing.json' })).toMatchObject({
    code: -32050,
    data: { code: 'unknown-connector' },
  });
  expect(await run('collect', { system: 'nothing' })).toMatchObject({ data: { code: 'unknown-system' } });
  expect(await run('previewMapping', { mapping: 'nothing' })).toMatchObject({ data: { code: 'unknown-mapping' } });
  expect(await run('inspectRoles', { model: 'nothing' })).toMatchObject({ data: { code: expect.stringMatching(/^unknown-/) as unknown } });
  expect(await run('collect', { system: 'hr', environment: 'nowhere' })).toMatchObject({ data: { code: 'unknown-environment' } });
  expect(await run('collect', { system: 'hr', folder: '/' })).toMatchObject({ data: { code: 'no-workspace' } });
  const wrong = await run('dryRun', persons);
  expect(wrong).toMatchObject({ outcome: { state: 'failed' } });
  expect(JSON.stringify(wrong)).not.toContain(secret);
  await editor.open('systems/hr.json');
  await editor.edit('systems/hr.json', '"HR_CLIENT_SECRET"', '"NOBODY_SET_THIS"');
  expect(await run('dryRun', persons)).toMatchObject({ data: { code: 'env-missing', subject: 'NOBODY_SET_THIS' } });
  await editor.edit('systems/hr.json', '{ "env": "NOBODY_SET_THIS" }', '{ "secret": "hr" }');
  expect(await run('dryRun', persons)).toMatchObject({ data: { code: 'secret-missing', subject: 'hr' } });
  expect(await run('dryRun', { ...persons, secrets: { hr: sampleSecrets.hrClientSecret } })).toMatchObject({
    outcome: { state: 'collected' },
  });
  await samples.hr.stop();
  const down = await run('dryRun', { ...persons, secrets: { hr: sampleSecrets.hrClientSecret } });
  expect(down).toMatchObject({ outcome: { state: 'failed', error: { code: expect.any(String) as unknown } } });
  expect(editor.log.join('\n')).not.toContain(secret);
});
