import { CancellationTokenSource, commands as editor, window, type ExtensionContext } from 'vscode';
import type { Commands } from '../../infrastructure/commands.ts';
import { plainText } from '../../infrastructure/failure.ts';
import { findFile } from '../../infrastructure/find-file.ts';
import { commandIds, contextKeys, viewIds } from '../../infrastructure/ids.ts';
import { hasCollected, type Runs } from '../../infrastructure/run.ts';
import { isTarget, type ModelTarget } from '../../infrastructure/targets.ts';
import type { RolesView } from '../../infrastructure/roles-view.ts';
import { requireTrust } from '../../infrastructure/trust.ts';
import type { Folders } from '../../infrastructure/workspace.ts';
import { RolesTree } from './tree.ts';

/** The *Roles* view: who would be added to which group, who removed, who stays, and why. */
export function activateRolesFeature(context: ExtensionContext, commands: Commands, folders: Folders, runs: Runs): RolesView {
  const tree = new RolesTree();
  const view = window.createTreeView(viewIds.roles, { treeDataProvider: tree, showCollapseAll: true });
  let running: CancellationTokenSource | undefined;
  commands.register(commandIds.inspectRoles, async (...argument) => {
    requireTrust();
    const { folder, model } = await findModel(folders, argument);
    running?.cancel();
    const source = new CancellationTokenSource();
    running = source;
    await editor.executeCommand('setContext', contextKeys.rolesRunning, true);
    await editor.executeCommand(`${viewIds.roles}.focus`, { preserveFocus: true });
    try {
      const secrets = (await folders.overview(folder)).systems.flatMap((system) => system.secrets);
      const report = await window.withProgress({ location: { viewId: viewIds.roles } }, () =>
        runs.run(
          'inspectRoles',
          { model },
          {
            folder,
            secrets,
            token: source.token,
            onProgress: ({ message }) => {
              view.message = plainText(message, 120);
            },
          },
        ),
      );
      tree.show(folder, report);
    } catch (error) {
      // What was shown belongs to an older run: a failed one leaves nothing that could be taken for its result.
      if (!source.token.isCancellationRequested) tree.forget(folder, model);
      throw error;
    } finally {
      source.dispose();
      if (running === source) {
        running = undefined;
        view.message = tree.summary();
        await editor.executeCommand('setContext', contextKeys.rolesRunning, false);
      }
    }
  });
  commands.register(commandIds.cancelRoles, () => {
    running?.cancel();
  });
  const summarize = (): void => {
    if (running === undefined) view.message = tree.summary();
  };
  const filter = (all: boolean) => async (): Promise<void> => {
    tree.showAll(all);
    summarize();
    await editor.executeCommand('setContext', contextKeys.rolesAll, all);
  };
  commands.register(commandIds.showAllMembers, filter(true));
  commands.register(commandIds.showMemberChanges, filter(false));
  context.subscriptions.push(
    view,
    folders.onChange(() => {
      tree.select(folders.current());
      view.description = folders.label();
      summarize();
    }),
    runs.onFinished((finished) => {
      if (!hasCollected(finished)) return;
      tree.collected(finished.folder);
      summarize();
    }),
  );
  return {
    showKept: async (folder, report, inspectedAt) => {
      tree.show(folder, report, inspectedAt);
      summarize();
      await editor.executeCommand(`${viewIds.roles}.focus`, { preserveFocus: true });
    },
  };
}

async function findModel(folders: Folders, argument: readonly unknown[]): Promise<ModelTarget> {
  const [first] = argument;
  if (isTarget(first, 'folder', 'model')) return first;
  const { folder, name } = await findFile(folders, argument, {
    what: 'role model',
    place: 'roles/',
    placeHolder: 'Role model to inspect',
    choices: ({ roleModels }) =>
      roleModels.map(({ name, state, roles }) => ({ name, description: `${state} · ${String(roles.length)} roles` })),
  });
  return { folder, model: name };
}
