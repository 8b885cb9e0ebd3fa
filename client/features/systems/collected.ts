import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Runs } from '../../infrastructure/run.ts';
import { isTrusted } from '../../infrastructure/trust.ts';
import { nothingCollected, type Collected } from './tree.ts';

/** What runs have left behind in a folder. Where that is nothing, and in an untrusted workspace, no engine is started to say so. */
export async function collectedIn(folder: string, runs: Runs): Promise<Collected> {
  if (!isTrusted()) return nothingCollected;
  const options = { folder, secrets: [] };
  const isRecorded = existsSync(join(folder, 'recordings'));
  const [{ tables }, versions, { recordings }] = await Promise.all([
    runs.run('describeVault', {}, options),
    runs.run('tableVersions', {}, options),
    isRecorded ? runs.run('describeRecordings', {}, options) : { recordings: nothingCollected.recordings },
  ]);
  return { vault: tables, versions, recordings };
}
