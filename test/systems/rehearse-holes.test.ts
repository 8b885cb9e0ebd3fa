import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleSecrets } from '../../examples/systems/sample-secrets.ts';
import { startSampleSystems } from '../../examples/systems/start.ts';
import { rehearse } from '../../engine/run/rehearse/rehearse.ts';
import { runCollection } from '../../engine/run/collect/run-collection.ts';
import { openVault } from '../../engine/run/vault/open-vault.ts';
import { openWorkspace } from '../../engine/run/workspace/open-workspace.ts';
import { testRun } from '../unit/run/support.ts';

/** What rehearsals have shown to be unsafe, until it is not. */

test('a table of one page in which a row took the key of another is not taken for complete', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-holes-'));
  const systems = await startSampleSystems();
  try {
    cpSync(join(import.meta.dirname, '../../examples/workspace'), folder, { recursive: true });
    rmSync(join(folder, '.sollist'), { recursive: true, force: true });
    const open = openWorkspace(folder, { environment: 'elsewhere' });
    const env = { HR_ADDRESS: systems.hr.address, HR_CLIENT_SECRET: sampleSecrets.hrClientSecret };
    const vault = openVault(':memory:');
    const { context } = testRun();
    await runCollection(open, { system: 'hr', traffic: 'record' }, { env, secrets: new Map() }, vault, context);
    vault.close();
    const report = await rehearse(
      open,
      { system: 'hr', faults: ['duplicate-keys'], seed: 1, vault: join(folder, 'none.db'), today: '2026-11-22' },
      { env: {}, secrets: new Map() },
      context,
    );
    const departments = report.faults[0]?.tables.find(({ table }) => table === 'departments');
    expect(departments).toMatchObject({ lost: 1, deletesAllowed: false });
  } finally {
    await systems.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
