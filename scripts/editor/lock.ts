import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from './run.ts';
import { waitFor } from './wait-for.ts';

const patience = 15 * 60_000;

/**
 * Does `work` while holding the lock folder `path`, so that two test runs never install the same thing at once. The lock of a
 * process that is gone is taken over.
 */
export async function withLock<T>(path: string, log: Log, work: () => Promise<T>): Promise<T> {
  let told = false;
  await waitFor(
    `the lock ${path}`,
    async () => {
      if (await take(path)) return true;
      if (!told) log(`waiting for another run that holds ${path}`);
      told = true;
      return false;
    },
    patience,
  );
  try {
    return await work();
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (await abandoned(path)) await rm(path, { recursive: true, force: true });
    return false;
  }
  await writeFile(join(path, 'pid'), String(process.pid));
  return true;
}

async function abandoned(path: string): Promise<boolean> {
  // Between mkdir and writeFile the file is not there yet; an empty lock is therefore somebody's fresh one.
  const text = await readFile(join(path, 'pid'), 'utf8').catch(() => '');
  const pid = Number(text);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
