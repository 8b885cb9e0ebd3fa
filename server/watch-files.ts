import { DidChangeWatchedFilesNotification, type Connection, type InitializeParams } from 'vscode-languageserver/node';

/** The files of a workspace, as its kinds of files have them. */
const patterns = [
  '**/{sollist,relations}.json',
  '**/{connectors,systems,mappings,roles}/**/*.json',
  '**/filters/*.filter',
  '**/.sollist/*.db',
];

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
    watchers: patterns.map((globPattern) => ({ globPattern })),
  });
}
