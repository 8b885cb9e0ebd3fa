import { EventEmitter, Uri, ViewColumn, window, workspace, type ExtensionContext } from 'vscode';

/** Documents that show a request and cannot be edited. */
export interface RequestDocuments {
  /** Shows a text beside the editor; the same `key` shows in the same document. */
  show(key: readonly string[], title: string, text: string): Promise<void>;
}

const scheme = 'sollist-request';

export function createRequestDocuments(context: ExtensionContext): RequestDocuments {
  const texts = new Map<string, string>();
  const change = new EventEmitter<Uri>();
  context.subscriptions.push(
    change,
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: change.event,
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
    }),
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === scheme) texts.delete(uri.toString());
    }),
  );
  return {
    show: async (key, title, text) => {
      // Not `.http`: other extensions would offer to send such a document.
      const uri = Uri.from({ scheme, path: `/${title.replace(/[^\p{L}\p{N}_-]+/gu, '-')} (request)`, query: JSON.stringify(key) });
      texts.set(uri.toString(), text);
      change.fire(uri);
      const document = await workspace.openTextDocument(uri);
      await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: true });
    },
  };
}
