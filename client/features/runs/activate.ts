import { CancellationError, commands as editor, window, workspace, type ExtensionContext } from 'vscode';
import type { RunList } from '../../../engine/run/run-record.ts';
import type { RoleReport } from '../../../engine/run/roles/role-report.ts';
import type { Commands } from '../../infrastructure/commands.ts';
import { SollistFailure } from '../../infrastructure/failure.ts';
import type { History } from '../../infrastructure/history.ts';
import { commandIds, contextKeys, viewIds } from '../../infrastructure/ids.ts';
import type { RolesView } from '../../infrastructure/roles-view.ts';
import type { RunView } from '../../infrastructure/run-view.ts';
import { environmentSetting } from '../../infrastructure/settings.ts';
import { requireTrust } from '../../infrastructure/trust.ts';
import type { Folders } from '../../infrastructure/workspace.ts';
import { againOf } from './again.ts';
import { chooseRuns } from './choose-run.ts';
import { compareChosen, comparePrevious } from './compare.ts';
import { RunsTree } from './tree.ts';

/** What the commands of the history work with. */
export interface RunsParts {
  readonly commands: Commands;
  readonly folders: Folders;
  readonly history: History;
  readonly view: RunView;
  readonly roles: RolesView;
}

/** The *Runs* view: what was run here and on the command line, to be opened, pinned, compared, run again and taken away. */
export function activateRunsFeature(context: ExtensionContext, parts: RunsParts): void {
  const { commands, folders, history } = parts;
  const tree = new RunsTree(() => load(parts));
  const view = window.createTreeView(viewIds.runs, { treeDataProvider: tree, showCollapseAll: true, canSelectMany: true });
  const refresh = (): void => {
    view.description = folders.label();
    tree.refresh();
  };
  const group = (bySubject: boolean) => async (): Promise<void> => {
    tree.groupBySubject(bySubject);
    await editor.executeCommand('setContext', contextKeys.runsBySubject, bySubject);
  };
  const pin = async (argument: readonly unknown[], pinned: boolean): Promise<void> => {
    requireTrust();
    const { folder, runs } = await chooseRuns(argument, parts, {
      placeHolder: pinned ? 'Runs to keep' : 'Runs to keep no longer',
      many: true,
      fits: (run) => run.pinned !== pinned,
      whenNone: pinned ? 'Every run that is kept here is pinned.' : 'No run is pinned here.',
    });
    for (const { id } of runs) await history.pin(folder, id, pinned);
  };

  commands.register(commandIds.refreshRuns, refresh);
  commands.register(commandIds.runsByDay, group(false));
  commands.register(commandIds.runsBySubject, group(true));
  commands.register(commandIds.openRun, (...argument) => openRun(argument, parts));
  commands.register(commandIds.runAgain, (...argument) => runAgain(argument, parts));
  commands.register(commandIds.pinRun, (...argument) => pin(argument, true));
  commands.register(commandIds.unpinRun, (...argument) => pin(argument, false));
  commands.register(commandIds.compareRuns, (...argument) => compareChosen(argument, parts));
  commands.register(commandIds.compareWithPrevious, (...argument) => comparePrevious(argument, parts));
  commands.register(commandIds.deleteRuns, (...argument) => deleteRuns(argument, parts));
  context.subscriptions.push(view, history.onChange(refresh), folders.onChange(refresh), workspace.onDidGrantWorkspaceTrust(refresh));
}

async function load({ folders, history, commands }: RunsParts): Promise<{ readonly folder: string; readonly list: RunList } | undefined> {
  await folders.searched;
  const folder = folders.current();
  if (folder === undefined) return undefined;
  try {
    const list = await history.list(folder);
    await editor.executeCommand('setContext', contextKeys.runs, 'loaded');
    return { folder, list };
  } catch (error) {
    await editor.executeCommand('setContext', contextKeys.runs, 'failed');
    commands.inBackground('runs', () => Promise.reject(error instanceof Error ? error : new Error(String(error))));
    return undefined;
  }
}

async function openRun(argument: readonly unknown[], parts: RunsParts): Promise<void> {
  const { folder, runs } = await chooseRuns(argument, parts, { placeHolder: 'Run to open', many: false });
  const [first] = runs;
  if (first === undefined) return;
  const record = await parts.history.read(folder, first.id);
  if (record.kind === 'roles' && record.report !== undefined) {
    await parts.roles.showKept(folder, record.report as RoleReport, record.startedAt);
  } else await parts.view.showKept({ folder, record });
}

async function runAgain(argument: readonly unknown[], parts: RunsParts): Promise<unknown> {
  requireTrust();
  const { folders, history } = parts;
  const { folder, runs } = await chooseRuns(argument, parts, { placeHolder: 'Run to run again', many: false });
  const [first] = runs;
  if (first === undefined) return undefined;
  const record = await history.read(folder, first.id);
  const environment = environmentSetting();
  if (record.environment !== environment) {
    const was = record.environment === undefined ? 'without an environment' : `in the environment ${record.environment}`;
    throw new SollistFailure('other-environment', `That run was ${was}. Choose it with "Select Environment…", then run it again.`, {
      folder,
    });
  }
  const { command, arguments: own } = againOf(folder, record, await folders.overview(folder));
  return editor.executeCommand(command, ...own);
}

async function deleteRuns(argument: readonly unknown[], parts: RunsParts): Promise<void> {
  requireTrust();
  const { folder, runs } = await chooseRuns(argument, parts, { placeHolder: 'Runs to take out of the history', many: true });
  const pinned = runs.filter((run) => run.pinned).length;
  if (runs.length > 1 || pinned > 0) {
    const what = runs.length === 1 ? 'this pinned run' : `these ${String(runs.length)} runs`;
    const detail = pinned > 0 && runs.length > 1 ? `${String(pinned)} of them are pinned.` : 'They cannot be brought back.';
    const answer = await window.showWarningMessage(`Delete ${what} from the history?`, { modal: true, detail }, 'Delete');
    if (answer !== 'Delete') throw new CancellationError();
  }
  await parts.history.remove(
    folder,
    runs.map(({ id }) => id),
  );
}
