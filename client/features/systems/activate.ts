import { commands as editor, window, workspace, type ExtensionContext } from 'vscode';
import type { Overview } from '../../../engine/host/protocol.ts';
import type { Commands } from '../../infrastructure/commands.ts';
import { commandIds, contextKeys, settingIds, viewIds } from '../../infrastructure/ids.ts';
import type { Runs } from '../../infrastructure/run.ts';
import { fullSettingId } from '../../infrastructure/settings.ts';
import { isTrusted } from '../../infrastructure/trust.ts';
import type { Folders } from '../../infrastructure/workspace.ts';
import { collectedIn } from './collected.ts';
import { SystemsTree } from './tree.ts';

const untrusted = 'Runs are off until this workspace is trusted.';

/** The *Systems* view: systems and their tables, what was collected of them and when, with what can be run. */
export function activateSystemsFeature(context: ExtensionContext, commands: Commands, folders: Folders, runs: Runs): void {
  const tree = new SystemsTree();
  const view = window.createTreeView(viewIds.systems, { treeDataProvider: tree, showCollapseAll: true });
  const overviewOf = async (folder: string): Promise<Overview> => {
    try {
      return await folders.overview(folder);
    } catch (error) {
      // What was shown stays; where nothing was, the view says that the log knows why.
      await editor.executeCommand('setContext', contextKeys.overview, 'failed');
      throw error;
    }
  };
  const load = async (): Promise<void> => {
    await folders.searched;
    const folder = folders.current();
    const overview = folder === undefined ? undefined : await overviewOf(folder);
    tree.show(folder, overview);
    view.description = folders.label();
    await editor.executeCommand('setContext', contextKeys.overview, 'loaded');
    if (!isTrusted() && folder !== undefined) view.message = untrusted;
    await editor.executeCommand('setContext', contextKeys.roleModels, (overview?.roleModels.length ?? 0) > 0);
    commands.inBackground('systems', loadCollected);
  };
  const loadCollected = async (): Promise<void> => {
    const folder = folders.current();
    // Nobody looks: the engine is not started for it.
    if (folder === undefined || !view.visible) return;
    tree.showCollected(folder, await collectedIn(folder, runs));
  };
  const refreshCollected = (): void => {
    commands.inBackground('systems', loadCollected);
  };
  commands.register(commandIds.refreshSystems, load);
  context.subscriptions.push(
    view,
    folders.onChange(() => {
      commands.inBackground('systems', load);
    }),
    view.onDidChangeVisibility(refreshCollected),
    runs.onFinished(({ name }) => {
      if (name === 'collect' || name === 'loadVersion') refreshCollected();
    }),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(fullSettingId(settingIds.environment))) refreshCollected();
    }),
    workspace.onDidGrantWorkspaceTrust(() => {
      view.message = '';
      refreshCollected();
    }),
  );
}
