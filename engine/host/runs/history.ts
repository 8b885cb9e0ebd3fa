import { SollistError } from '../../run/error.ts';
import { compareRuns as compare } from '../../run/runs/compare-runs.ts';
import { openRunStore, type RunStore } from '../../run/runs/store.ts';
import { systemClock } from '../../run/system-clock.ts';
import { findWorkspaceFolder } from '../../run/workspace/read-files.ts';
import type { RunName, RunRequests } from '../protocol.ts';

/**
 * A look at the runs of a workspace, or a change of them. It needs no file of the workspace to be sound: a history can be read when nothing can
 * run.
 */
export type HistoryRun<Name extends RunName> = (
  parameters: RunRequests[Name]['parameters'],
  store: RunStore,
) => RunRequests[Name]['result'];

export const listRuns: HistoryRun<'listRuns'> = (_, store) => store.list();

export const readRun: HistoryRun<'readRun'> = ({ id }, store) => store.read(id);

export const compareRuns: HistoryRun<'compareRuns'> = ({ before, after }, store) => compare(store.read(before), store.read(after));

export const pinRun: HistoryRun<'pinRun'> = ({ id, pinned }, store) => store.pin(id, pinned);

export const deleteRuns: HistoryRun<'deleteRuns'> = ({ ids }, store) => {
  store.remove(Array.isArray(ids) ? ids.map(String) : []);
  return store.list();
};

/** The history of the workspace at or above a folder. Throws `no-workspace`. */
export function historyOf(folder: string): RunStore {
  const workspace = findWorkspaceFolder(folder);
  if (workspace === undefined) throw new SollistError('no-workspace', `No sollist.json was found in ${folder} or any folder above it.`);
  return openRunStore(workspace, () => systemClock.now());
}
