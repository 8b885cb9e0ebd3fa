import type { Commands } from '../../infrastructure/commands.ts';
import { commandIds } from '../../infrastructure/ids.ts';
import type { Server } from '../../infrastructure/language-client.ts';
import type { Runs } from '../../infrastructure/run.ts';
import { requireTrust } from '../../infrastructure/trust.ts';
import type { Folders } from '../../infrastructure/workspace.ts';
import { checkRelations } from './check-relations.ts';
import { newSystem } from './new-system.ts';
import { findRelations } from './find-relations.ts';

/** *New System*, and the data model against the collected values: *Find Relations* and *Check Relations*, which only read the vault. */
export function activateDataModelFeature(commands: Commands, folders: Folders, server: Server, runs: Runs): void {
  commands.register(commandIds.newSystem, (target) => newSystem(folders, server, target));
  commands.register(commandIds.findRelations, async (target) => {
    requireTrust();
    return findRelations(folders, runs, target);
  });
  commands.register(commandIds.checkRelations, async (document, relation) => {
    requireTrust();
    await checkRelations(folders, runs, document, relation);
  });
}
