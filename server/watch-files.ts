import { DidChangeWatchedFilesNotification, type Connection, type InitializeParams } from 'vscode-languageserver/node';
import { watchedFiles } from '../engine/host/protocol.ts';

/**
 * How the server learns that a file changed on the disk: our own client tells it unasked, another one is asked to, and one that cannot
 * leaves the moments when a document is saved.
 */
export type Watching = 'told' | 'asked' | 'saves';

export function watchingOf({ capabilities, initializationOptions }: InitializeParams): Watching {
  if ((initializationOptions as { readonly watches?: boolean } | undefined)?.watches === true) return 'told';
  return capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true ? 'asked' : 'saves';
}

/** Asks the editor to tell of changes. */
export async function askToWatch(connection: Connection): Promise<void> {
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: watchedFiles.map((globPattern) => ({ globPattern })),
  });
}
