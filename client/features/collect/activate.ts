import { window } from 'vscode';
import type { CollectParameters } from '../../../engine/host/protocol.ts';
import type { Commands } from '../../infrastructure/commands.ts';
import { SollistFailure, plainText } from '../../infrastructure/failure.ts';
import { commandIds } from '../../infrastructure/ids.ts';
import type { Log } from '../../infrastructure/log.ts';
import { pickOne } from '../../infrastructure/pick.ts';
import type { RunView } from '../../infrastructure/run-view.ts';
import { runHeading } from '../../infrastructure/run-words.ts';
import type { Runs } from '../../infrastructure/run.ts';
import { isTarget } from '../../infrastructure/targets.ts';
import { requireTrust } from '../../infrastructure/trust.ts';
import type { Folders } from '../../infrastructure/workspace.ts';
import { collectionSummary } from './summary.ts';
import { continuationOf, type Continuation } from './wish.ts';

type Traffic = NonNullable<CollectParameters['traffic']>;

/** What stands over the list a person picks from. */
const questions: Readonly<Record<Traffic, string>> = {
  live: 'System to collect',
  record: 'System to collect and record',
  replay: 'System to collect from its recording',
};

/**
 * *Collect System*, *Record Collection* and *Collect from Recording*: the get operations of a system into the vault, its report in the panel.
 * Resolve to whether every table was collected, so that what needed the data can go on.
 */
export function activateCollectFeature(commands: Commands, folders: Folders, runs: Runs, view: RunView, log: Log): void {
  const collect = async (target: unknown, traffic: Traffic): Promise<boolean> => {
    requireTrust();
    const folder = isTarget(target, 'folder') ? target.folder : folders.require();
    const { name, secrets } = await systemFor(folders, runs, folder, target, traffic);
    const tables = tablesOf(target);
    const own = { system: name, ...(tables && { tables }), ...(traffic !== 'live' && { traffic }) };
    // *Run again* is a new collection: what was left over is in by then, and a loss is allowed once.
    let once: Continuation = await continuationOf(target);
    let isWhole = false;
    await view.show({
      heading: runHeading('collect', name),
      folder,
      kind: 'collect',
      subject: name,
      secrets,
      whenCancelled: `${name}: cancelled; tables that did not finish are as they were.`,
      execute: async (token, onProgress) => {
        isWhole = false;
        const wish = { ...own, ...once };
        once = {};
        // A replay speaks to nobody.
        const { requests, requestsMade, ...report } = await runs.run('collect', wish, {
          folder,
          secrets: traffic === 'replay' ? [] : secrets,
          token,
          onProgress,
        });
        const { headline, brief, lines, failed, cancelled } = collectionSummary(report);
        log.info(headline);
        for (const line of lines) log.info(line);
        void window.setStatusBarMessage(plainText(brief, 120), 8000);
        isWhole = failed === undefined && !cancelled;
        return { kind: 'collection', report, requests, requestsMade };
      },
    });
    return isWhole;
  };
  commands.register(commandIds.collect, (target) => collect(target, 'live'));
  commands.register(commandIds.recordCollection, (target) => collect(target, 'record'));
  commands.register(commandIds.replayCollection, (target) => collect(target, 'replay'));
}

/** The system that the target names, or the one a person picks; for a replay one that has a recording. */
async function systemFor(
  folders: Folders,
  runs: Runs,
  folder: string,
  target: unknown,
  traffic: Traffic,
): Promise<{ readonly name: string; readonly secrets: readonly string[] }> {
  const { systems } = await folders.overview(folder);
  const choices = systems.map((system) => ({ label: system.name, description: system.connector, value: system }));
  const wanted = isTarget(target, 'system') ? choices.filter(({ label }) => label.toLowerCase() === target.system.toLowerCase()) : choices;
  if (traffic !== 'replay' || wanted.length === 0)
    return pickOne(wanted, questions[traffic], 'This workspace has no system to collect: add one in systems/.');
  const { recordings } = await runs.run('describeRecordings', {}, { folder, secrets: [] });
  const recorded = wanted.filter(({ value }) => recordings.some(({ system }) => system === value.name));
  const none = isTarget(target, 'system')
    ? `${target.system} has no recording yet: make one with "Record Collection…".`
    : 'No system of this workspace has a recording yet: make one with "Record Collection…".';
  if (recorded.length === 0)
    throw new SollistFailure('no-recording', none, { folder, ...(isTarget(target, 'system') && { subject: target.system }) });
  const { name, secrets } = await pickOne(recorded, questions.replay, none);
  const problem = recordings.find(({ system }) => system === name)?.problem;
  if (problem !== undefined) throw new SollistFailure('recording-broken', problem, { folder });
  return { name, secrets };
}

/** The tables that the target names: a table of the tree, or those of a run that is run again. */
function tablesOf(target: unknown): readonly string[] | undefined {
  if (isTarget(target, 'table')) return [target.table];
  if (typeof target !== 'object' || target === null || !('tables' in target) || !Array.isArray(target.tables)) return undefined;
  return target.tables.filter((table): table is string => typeof table === 'string');
}
