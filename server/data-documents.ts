import { dirname, resolve } from 'node:path';
import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  TextDocumentSyncKind,
  type BulkUnregistration,
  type Connection,
} from 'vscode-languageserver/node';
import { BulkRegistration } from 'vscode-languageserver/node';

/** Asks the editor for the texts of data files while they are edited; those of other CSV files are none of ours. */
export interface DataDocuments {
  /** The folders, absolute, that systems read their tables from. */
  follow(folders: readonly string[]): void;
}

export function createDataDocuments(connection: Connection, canAsk: () => boolean, log: (line: string) => void): DataDocuments {
  let followed = '';
  let registered: Promise<BulkUnregistration> | undefined;
  return {
    follow(folders) {
      const patterns = [...new Set(folders)].sort().map((folder) => `${globOf(folder)}/*.{csv,tsv,txt,CSV,TSV,TXT}`);
      const key = patterns.join('\n');
      if (key === followed || !canAsk()) return;
      followed = key;
      void registered?.then((old) => old.dispose()).catch(() => undefined);
      registered = undefined;
      if (patterns.length === 0) return;
      const documentSelector = patterns.map((pattern) => ({ scheme: 'file', pattern }));
      const asked = BulkRegistration.create();
      asked.add(DidOpenTextDocumentNotification.type, { documentSelector });
      asked.add(DidChangeTextDocumentNotification.type, { documentSelector, syncKind: TextDocumentSyncKind.Incremental });
      asked.add(DidCloseTextDocumentNotification.type, { documentSelector });
      registered = connection.client.register(asked);
      registered.catch((error: unknown) =>
        log(`The editor does not tell of data files: ${error instanceof Error ? error.message : String(error)}`),
      );
    },
  };
}

/** A path as a glob: what means something there is named by any one character. */
function globOf(path: string): string {
  return path.replaceAll('\\', '/').replaceAll(/[*?{}[\]]/g, '?');
}

/** Whether a file lies in one of the data folders of a workspace; these are as systems write them. */
export function liesIn(root: string, folders: readonly string[], file: string): boolean {
  const own = dirname(file);
  return folders.some((folder) => resolve(root, folder.replaceAll('\\', '/')) === own);
}
