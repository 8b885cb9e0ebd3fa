import type { ExtensionContext } from 'vscode';
import type { Commands } from '../../infrastructure/commands.ts';
import { commandIds } from '../../infrastructure/ids.ts';
import type { RunView } from '../../infrastructure/run-view.ts';
import type { Runs } from '../../infrastructure/run.ts';
import { requireTrust } from '../../infrastructure/trust.ts';
import type { Folders } from '../../infrastructure/workspace.ts';
import type { FilterTab } from '../../webviews/run/filter/questions.ts';
import { findFilter } from './find-filter.ts';
import { createRemembered, valuesOf } from './remembered.ts';
import { viewedFilter } from './viewed-filter.ts';

/**
 * *Run Filter* shows the rows of a filter as they come, with a form for its parameters; *Explain*, *Why Not* and *Effect* look at one part of the
 * same page, and run nothing.
 */
export function activateFilterRunFeature(context: ExtensionContext, commands: Commands, folders: Folders, runs: Runs, view: RunView): void {
  const remembered = createRemembered(context.workspaceState);
  commands.register(commandIds.runFilter, async (...argument) => {
    requireTrust();
    const found = await findFilter(folders, argument, 'Filter to run');
    // A caller that knows the values gives them as a third argument.
    const given = argument[2] === undefined ? remembered.read(found.folder, found.filter) : valuesOf(argument[2]);
    await view.show(await viewedFilter({ ...found, given }, runs, remembered));
  });
  const look = async (opens: FilterTab, argument: readonly unknown[], placeHolder: string): Promise<void> => {
    requireTrust();
    const found = await findFilter(folders, argument, placeHolder);
    await view.show(await viewedFilter({ ...found, given: remembered.read(found.folder, found.filter), opens }, runs, remembered));
  };
  commands.register(commandIds.explainFilter, (...argument) => look('sql', argument, 'Filter to explain'));
  commands.register(commandIds.whyNot, (...argument) => look('why-not', argument, 'Filter in which a row is missing'));
  commands.register(commandIds.filterEffect, (...argument) => look('effect', argument, 'Filter whose edit to look at'));
}
