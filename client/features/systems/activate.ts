import { commands as editor, window, workspace, type ExtensionContext } from 'vscode';
import type { Overview } from '../../../engine/host/protocol.ts';
import type { Commands } from '../../infrastructure/commands.ts';
import { commandIds, contextKeys, viewIds } from '../../infrastructure/ids.ts';
import { isTrusted } from '../../infrastructure/trust.ts';
import type { Folders } from '../../infrastructure/workspace.ts';
import { SystemsTree } from './tree.ts';

const untrusted = 'Runs are off until this workspace is trusted.';

/** The *Systems* view: systems and their tables, with *Collect* and *Dry Run*. */
export function activateSystemsFeature(context: ExtensionContext, commands: Commands, folders: Folders): void {
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
  };
  commands.register(commandIds.refreshSystems, load);
  context.subscriptions.push(
    view,
    folders.onChange(() => {
      commands.inBackground('systems', load);
    }),
    workspace.onDidGrantWorkspaceTrust(() => {
      view.message = '';
    }),
  );
}
