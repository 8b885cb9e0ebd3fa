import { cp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sampleSecrets } from '../../examples/systems/sample-secrets.ts';
import { startSampleSystems } from '../../examples/systems/start.ts';
import type { SampleSystems, SampleSystemsOptions } from '../../examples/systems/start.ts';
import { root } from './paths.ts';
import { temporaryFolder } from './temporary.ts';

/** The sample workspace in the clone. */
export const sampleWorkspace = join(root, 'examples', 'workspace');

/** The environment variables by which the sample workspace finds the running sample systems. */
export function sampleEnvironment(systems: SampleSystems): Readonly<Record<string, string>> {
  return {
    HR_ADDRESS: systems.hr.address,
    DIRECTORY_ADDRESS: systems.directory.address,
    HR_CLIENT_SECRET: sampleSecrets.hrClientSecret,
    DIRECTORY_PASSWORD: sampleSecrets.directoryPassword,
  };
}

/** A copy of the sample workspace with systems of its own. */
export interface Sample {
  readonly workspace: string;
  readonly env: Readonly<Record<string, string>>;
  readonly systems: SampleSystems;
  close(): Promise<void>;
}

/** Starts the sample systems and copies the workspace without its vault, so that a test changes nothing in the clone. */
export async function startSample(options: SampleSystemsOptions = {}): Promise<Sample> {
  const folder = await temporaryFolder('sollist-sample-');
  try {
    const workspace = join(folder.path, 'workspace');
    await cp(sampleWorkspace, workspace, { recursive: true, filter: (path) => basename(path) !== '.sollist' });
    const systems = await startSampleSystems(options);
    return {
      workspace,
      systems,
      env: sampleEnvironment(systems),
      async close() {
        await systems.stop();
        await folder.remove();
      },
    };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
