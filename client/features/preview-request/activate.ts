import type { ExtensionContext } from 'vscode';
import type { Commands } from '../../infrastructure/commands.ts';
import { commandIds } from '../../infrastructure/ids.ts';
import type { Server } from '../../infrastructure/language-client.ts';
import type { Runs } from '../../infrastructure/run.ts';
import { requireTrust } from '../../infrastructure/trust.ts';
import { relativePath, type Folders } from '../../infrastructure/workspace.ts';
import { createRequestDocuments } from './documents.ts';
import { findOperation } from './find-operation.ts';

/** *Preview Request*: the request one operation would send, as a document that cannot be edited; it is not sent. */
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
}
