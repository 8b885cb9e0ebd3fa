import type { ExtensionContext } from 'vscode';
import type { Commands } from '../../infrastructure/commands.ts';
import { commandIds } from '../../infrastructure/ids.ts';
import type { Server } from '../../infrastructure/language-client.ts';
import { pickOne } from '../../infrastructure/pick.ts';
import type { Runs } from '../../infrastructure/run.ts';
import { isTarget } from '../../infrastructure/targets.ts';
import { requireTrust } from '../../infrastructure/trust.ts';
import { relativePath, type Folders } from '../../infrastructure/workspace.ts';
import { createRequestDocuments } from './documents.ts';
import { findOperation } from './find-operation.ts';
import { planText } from './plan-text.ts';

/**
 * *Preview Request* and *Plan Requests*: the request one operation would send, and those a collection would begin with, as documents that
 * cannot be edited; none is sent.
 */
export function activatePreviewRequestFeature(
  context: ExtensionContext,
  commands: Commands,
  folders: Folders,
  server: Server,
  runs: Runs,
): void {
  const documents = createRequestDocuments(context);
  commands.register(commandIds.previewRequest, async (...argument) => {
    requireTrust();
    const { folder, connector, table, operation, system } = await findOperation(folders, server, argument);
    const own = { connector: relativePath(folder, connector), table, operation, ...(system !== undefined && { system }) };
    const preview = await runs.run('previewRequest', own, { folder, secrets: [] });
    await documents.show([folder, own.connector, table, operation], operation, preview.text);
  });
  commands.register(commandIds.planCollection, async (target) => {
    requireTrust();
    const folder = isTarget(target, 'folder') ? target.folder : folders.require();
    const system = isTarget(target, 'system') ? target.system : await pickSystem(folders, folder);
    const tables = isTarget(target, 'table') ? [target.table] : undefined;
    const plan = await runs.run('planCollection', { system, ...(tables && { tables }) }, { folder, secrets: [] });
    await documents.show([folder, 'plan', system, ...(tables ?? [])], [system, ...(tables ?? []), 'plan'].join(' '), planText(plan));
  });
}

/** A system that speaks to an API; one of files asks nobody. */
async function pickSystem(folders: Folders, folder: string): Promise<string> {
  const { systems } = await folders.overview(folder);
  const choices = systems.filter((system) => system.folder === undefined);
  const none = 'This workspace has no system with a connector: add one in systems/.';
  return pickOne(
    choices.map(({ name, connector }) => ({ label: name, description: connector, value: name })),
    'System whose requests to plan',
    none,
  );
}
