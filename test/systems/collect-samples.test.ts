import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sampleSecrets } from '../../examples/systems/sample-secrets.ts';
import { startSampleSystems } from '../../examples/systems/start.ts';
import { readConnector } from '../../engine/model/connector/read-connector.ts';
import { readSystem } from '../../engine/model/system/read-system.ts';
import { parseJson } from '../../engine/model/text/json.ts';
import { collectSystem } from '../../engine/run/collect/collect-system.ts';
import { resolveConnection } from '../../engine/run/connection.ts';
import type { CollectionReport } from '../../engine/run/records.ts';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import { rowsOf, testRun, type TestRun } from '../unit/run/support.ts';

const env = { HR_CLIENT_SECRET: sampleSecrets.hrClientSecret, DIRECTORY_PASSWORD: sampleSecrets.directoryPassword };

test('both sample systems are collected whole, as the sample workspace says', async () => {
  const samples = await startSampleSystems();
  const vault = openVault(':memory:');
  const run = testRun();
  try {
    const hr = await collectSample('hr', samples.hr.address, vault, run);
    const directory = await collectSample('directory', samples.directory.address, vault, run);

    for (const outcome of [...hr.tables, ...directory.tables]) {
      expect(outcome).toMatchObject({ state: 'collected', evidence: { complete: true } });
      expect(outcome.evidence?.rows, outcome.table).toBeGreaterThan(0);
    }
    expect(rowsOf(vault, 'hr', 'persons')).toHaveLength(500);
    expect(hr.tables.find(({ table }) => table === 'contracts')?.evidence?.parents).toEqual({ total: 500, skipped: 0 });
    expect(directory.tables.map(({ table }) => table)).toEqual(['users', 'users_emails', 'groups', 'members']);

    const shown = JSON.stringify([run.trace, run.progress, hr, directory]);
    for (const secret of Object.values(env)) expect(shown).not.toContain(secret);
    expect([...samples.hr.writes(), ...samples.directory.writes()]).toEqual([]);
  } finally {
    vault.close();
    await samples.stop();
  }
});

async function collectSample(name: string, address: string, vault: ReturnType<typeof openVault>, run: TestRun): Promise<CollectionReport> {
  const read = (path: string): string => readFileSync(new URL(`../../examples/workspace/${path}`, import.meta.url), 'utf8');
  const connector = readConnector(parseJson(read(`connectors/${name}.json`), { strict: true }).root);
  const written = readSystem(name, parseJson(read(`systems/${name}.json`), { strict: false }).root);
  const system = { ...written, connection: new Map([...written.connection, ['tenant_id', { kind: 'literal', value: address }]] as const) };
  const connection = resolveConnection(connector, system, { env, secrets: new Map() });
  return collectSystem({ connector, system, connection, vault }, run.context);
}
