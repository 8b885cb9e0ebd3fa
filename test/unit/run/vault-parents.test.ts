import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readParents } from '../../../engine/run/collect/parents.ts';
import { openVault } from '../../../engine/run/vault/open-vault.ts';
import { commitRows } from './vault-support.ts';

test.each([':memory:', 'a file'])('an iteration runs over one version of its parents, whoever swaps the table meanwhile (%s)', (where) => {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-parents-'));
  const vault = openVault(where === 'a file' ? join(folder, 'vault.db') : where);
  const other = where === 'a file' ? openVault(join(folder, 'vault.db')) : vault;
  const ids = Array.from({ length: 1_200 }, (_, i) => [`old ${i}`]);
  commitRows(vault, ids);
  const read: unknown[] = [];
  for (const row of readParents(vault, 'hr', 'persons', ['id'])) {
    read.push(row.get('id'));
    if (read.length === 100 || read.length === 700) commitRows(other, [['new'], ['newer']]);
  }
  expect(read).toEqual(ids.flat());
  if (other !== vault) other.close();
  vault.close();
  rmSync(folder, { recursive: true });
});
