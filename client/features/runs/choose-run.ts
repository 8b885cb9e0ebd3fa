import { CancellationError, window } from 'vscode';
import type { RunSummary } from '../../../engine/run/run-record.ts';
import { SollistFailure } from '../../infrastructure/failure.ts';
import type { History } from '../../infrastructure/history.ts';
import { runHeading, runTime } from '../../infrastructure/run-words.ts';
import { isTarget } from '../../infrastructure/targets.ts';
import type { Folders } from '../../infrastructure/workspace.ts';

/** Runs that a command is to work on, all of one folder. */
export interface ChosenRuns {
  readonly folder: string;
  readonly runs: readonly RunSummary[];
}

const none = 'Nothing has been run here yet: dry-run a table, or collect a system, and it stands here.';

/**
 * The runs that a command is given: the tree gives the one clicked and all that are selected, and others give `{folder, id}`; without any,
 * a person picks. `fits` leaves out those the command can do nothing with; `whenNone` says what is missing then.
 */
export async function chooseRuns(
  argument: readonly unknown[],
  about: { readonly folders: Folders; readonly history: History },
  question: {
    readonly placeHolder: string;
    readonly many: boolean;
    readonly fits?: (run: RunSummary) => boolean;
    readonly whenNone?: string;
  },
): Promise<ChosenRuns> {
  const { folders, history } = about;
  const [target, selected] = argument;
  const given = (Array.isArray(selected) && selected.length > 0 ? (selected as readonly unknown[]) : [target]).filter((each) =>
    isTarget(each, 'folder', 'id'),
  );
  const folder = given[0]?.folder ?? folders.require();
  const { runs } = await history.list(folder);
  if (given.length > 0) {
    const ids = new Set(given.filter((each) => each.folder === folder).map(({ id }) => id));
    const found = runs.filter(({ id }) => ids.has(id));
    if (found.length === 0) throw new SollistFailure('unknown-run', 'That run is not kept any more.', { folder });
    return { folder, runs: found };
  }
  const { fits = () => true, whenNone = none, placeHolder, many } = question;
  const choices = runs.filter(fits).map((run) => ({
    label: runHeading(run.kind, run.subject),
    description: runTime(run.startedAt),
    detail: run.state === 'failed' ? `Failed: ${run.result}` : run.result,
    run,
  }));
  if (choices.length === 0) throw new SollistFailure('nothing-to-choose', runs.length === 0 ? none : whenNone, { folder });
  const options = { placeHolder, matchOnDescription: true, matchOnDetail: true };
  if (many) {
    const picked = await window.showQuickPick(choices, { ...options, canPickMany: true as const });
    if (picked === undefined || picked.length === 0) throw new CancellationError();
    return { folder, runs: picked.map(({ run }) => run) };
  }
  const picked = await window.showQuickPick(choices, options);
  if (picked === undefined) throw new CancellationError();
  return { folder, runs: [picked.run] };
}
