import type { Commands } from '../../infrastructure/commands.ts';
import { SollistFailure } from '../../infrastructure/failure.ts';
import { commandIds } from '../../infrastructure/ids.ts';
import type { RunView } from '../../infrastructure/run-view.ts';
import { runHeading } from '../../infrastructure/run-words.ts';
import type { Runs } from '../../infrastructure/run.ts';
import { dryRunLimits } from '../../infrastructure/settings.ts';
import { requireTrust } from '../../infrastructure/trust.ts';
import { relativePath, type Folders } from '../../infrastructure/workspace.ts';
import { findTarget } from './find-target.ts';

/** *Dry Run*: the get operation of one table, its rows and requests in the panel; the vault is not touched, nothing is written. */
export function activateDryRunFeature(commands: Commands, folders: Folders, runs: Runs, view: RunView): void {
  commands.register(commandIds.dryRun, async (...argument) => {
    requireTrust();
    const { folder, system, connector, table, limits } = await findTarget(folders, argument);
    const overview = await folders.overview(folder);
    const secrets = overview.systems.find(({ name }) => name === system)?.secrets;
    if (secrets === undefined) throw new SollistFailure('unknown-system', `There is no system ${system} in this workspace.`, { folder });
    await view.show({
      heading: runHeading('dry-run', `${system}.${table}`),
      folder,
      kind: 'dry-run',
      subject: `${system}.${table}`,
      secrets,
      execute: async (token, onProgress) => {
        // Limits are read when the run starts, so that *Run again* takes the settings of now.
        const own = { connector: relativePath(folder, connector), table, system, limits: limits ?? dryRunLimits() };
        return { kind: 'dry-run', report: await runs.run('dryRun', own, { folder, secrets, token, onProgress }) };
      },
    });
  });
}
