import { CancellationError, window } from 'vscode';
import type { TableVersion } from '../../../engine/run/records.ts';
import type { Commands } from '../../infrastructure/commands.ts';
import { SollistFailure } from '../../infrastructure/failure.ts';
import { commandIds } from '../../infrastructure/ids.ts';
import { pickOne } from '../../infrastructure/pick.ts';
import type { RunView } from '../../infrastructure/run-view.ts';
import { runTime } from '../../infrastructure/run-words.ts';
import type { Runs } from '../../infrastructure/run.ts';
import { isTarget } from '../../infrastructure/targets.ts';
import { requireTrust } from '../../infrastructure/trust.ts';
import type { Folders } from '../../infrastructure/workspace.ts';

interface Chosen {
  readonly folder: string;
  readonly version: TableVersion;
  /** It was named by the target, not picked from a list. */
  readonly isGiven: boolean;
  /** The one in use now. */
  readonly current?: TableVersion;
}

/** Versions of collected tables: *Load Version* and *Compare Version with Current*. */
export function activateHistoryFeature(commands: Commands, folders: Folders, runs: Runs, view: RunView): void {
  commands.register(commandIds.loadVersion, async (target) => {
    requireTrust();
    const { folder, version, isGiven } = await choose(target, 'Version to load', folders, runs);
    const name = `${version.system}.${version.table}`;
    // From the tree it is known what is loaded, and what is in use now is kept; what a guard held back is another matter.
    if (!isGiven || version.state === 'held-back') await confirmLoading(name, version);
    const current = await runs.run('loadVersion', { version: version.id }, { folder, secrets: [] });
    const others = current.filter((one) => one.table !== version.table).map(({ table }) => table);
    void window.setStatusBarMessage(`${name}: loaded${others.length === 0 ? '' : `, with ${others.join(', ')}`}.`, 8000);
  });
  commands.register(commandIds.compareVersion, async (target) => {
    requireTrust();
    const { folder, version, current } = await choose(target, 'Version to compare with the current one', folders, runs);
    const name = `${version.system}.${version.table}`;
    if (current === undefined)
      throw new SollistFailure('nothing-to-choose', `No version of ${name} is in use, so there is nothing to compare with.`, { folder });
    const [before, after] = version.id < current.id ? [version, current] : [current, version];
    const comparison = await runs.run('compareVersions', { before: before.id, after: after.id }, { folder, secrets: [] });
    await view.showComparison({ heading: `Versions of ${name}`, folder, comparison });
  });
}

async function confirmLoading(name: string, { state, evidence }: TableVersion): Promise<void> {
  const why = state === 'held-back' ? ' A guard held it back: deletes may rest on it from then on.' : '';
  const answer = await window.showWarningMessage(
    `Load ${name} as collected ${runTime(evidence.endedAt)}?`,
    {
      modal: true,
      detail: `Filters, previews and role inspections rest on it until the next collection.${why} What is in use now is kept.`,
    },
    'Load',
  );
  if (answer !== 'Load') throw new CancellationError();
}

/** The version of the tree, or one that a person picks: of the target's table, else of any that has several. */
async function choose(target: unknown, placeHolder: string, folders: Folders, runs: Runs): Promise<Chosen> {
  const folder = isTarget(target, 'folder') ? target.folder : folders.require();
  const own = isTarget(target, 'system', 'table') ? { system: target.system, table: target.table } : {};
  const versions = await runs.run('tableVersions', own, { folder, secrets: [] });
  const currentOf = (version: TableVersion): TableVersion | undefined =>
    versions.find(({ state, system, table }) => state === 'current' && system === version.system && table === version.table);
  const id = typeof target === 'object' && target !== null && 'version' in target ? target.version : undefined;
  const isHeld = isTarget(target, 'state', 'table') && target.state === 'held-back';
  // Newest first: of several that were held back it is the last one.
  const given = versions.find((version) => (isHeld && id === undefined ? version.state === 'held-back' : version.id === id));
  const version =
    given ??
    (await pickOne(
      versions
        .filter(({ state }) => state !== 'current')
        .map((each) => ({
          label: `${each.system}.${each.table}`,
          description: `${runTime(each.evidence.endedAt)} · ${String(each.evidence.rows)} rows${each.state === 'held-back' ? ' · held back' : ''}`,
          value: each,
        })),
      placeHolder,
      'No table has an older version yet: a second collection keeps the first one.',
    ));
  const current = currentOf(version);
  return { folder, version, isGiven: given !== undefined, ...(current && { current }) };
}
