import { directorySystem } from './directory.ts';
import { hrSystem } from './hr.ts';
import { start } from './running-system.ts';
import type { RunningSystem } from './running-system.ts';
import { sampleSecrets } from './sample-secrets.ts';

export type { Fault, FaultAction, Faults } from './faults.ts';
export type { LoggedRequest } from './request-log.ts';
export { PortInUse } from './running-system.ts';
export type { RunningSystem } from './running-system.ts';

/** How to start the sample systems; a port of 0 or none is any free one, a secret left out is the published one. */
export type SampleSystemsOptions = {
  readonly hrPort?: number;
  readonly directoryPort?: number;
  readonly hrSecret?: string;
  readonly directoryPassword?: string;
};

/** Both sample systems, listening. */
export type SampleSystems = {
  readonly hr: RunningSystem;
  readonly directory: RunningSystem;
  stop(): Promise<void>;
};

/**
 * Starts HR and Directory on loopback with fresh sample data. Several pairs can run at once; each keeps its own data.
 * Fails with {@link PortInUse} if a port is taken, and then leaves nothing running.
 */
export async function startSampleSystems(options: SampleSystemsOptions = {}): Promise<SampleSystems> {
  const hr = await start(hrSystem(options.hrPort ?? 0, options.hrSecret ?? sampleSecrets.hrClientSecret));
  try {
    const password = options.directoryPassword ?? sampleSecrets.directoryPassword;
    const directory = await start(directorySystem(options.directoryPort ?? 0, password));
    const stop = async (): Promise<void> => {
      await Promise.all([hr.stop(), directory.stop()]);
    };
    return { hr, directory, stop };
  } catch (error) {
    await hr.stop();
    throw error;
  }
}
