import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is gone when it is no longer wanted. */
export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

const gone = { recursive: true, force: true, maxRetries: 5 } as const;

/** Makes a temporary folder; it also goes when this process ends before anyone called `remove`. */
export async function temporaryFolder(prefix: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), prefix));
  const atExit = (): void => {
    try {
      rmSync(path, gone);
    } catch {
      // The system clears its temporary folder; a file held open for one more moment is no reason to fail.
    }
  };
  process.once('exit', atExit);
  return {
    path,
    async remove() {
      process.removeListener('exit', atExit);
      await rm(path, gone);
    },
  };
}
