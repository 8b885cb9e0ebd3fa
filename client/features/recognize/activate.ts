import { languages, workspace, type ExtensionContext, type TextDocument } from 'vscode';
import { languageIds } from '../../infrastructure/ids.ts';
import type { Log } from '../../infrastructure/log.ts';
import { folderOf, relativePath } from '../../infrastructure/workspace.ts';
import { languageOf } from './language-of.ts';

const jsonLanguages: readonly string[] = ['json', 'jsonc'];
const candidates: readonly string[] = [...jsonLanguages, 'plaintext'];
const ours: readonly string[] = Object.values(languageIds);

/**
 * Gives our documents their own language ids, so that our server, and no other JSON server, speaks about them. `onOurs` is told of each
 * document that is ours. A document is changed once as long as it stays open: a person who chooses another language keeps it.
 */
export function activateRecognizeFeature(context: ExtensionContext, log: Log, onOurs: () => void): void {
  const settled = new Set<string>();
  const look = (document: TextDocument): void => {
    if (ours.includes(document.languageId)) {
      settled.add(document.uri.toString());
      onOurs();
      return;
    }
    if (!isCandidate(document) || settled.has(document.uri.toString())) return;
    const language = languageOf({
      place: placeOf(document),
      isJson: jsonLanguages.includes(document.languageId),
      text: () => document.getText(),
    });
    if (language === undefined) return;
    settled.add(document.uri.toString());
    languages.setTextDocumentLanguage(document, language).then(undefined, (error: unknown) => {
      log.warn(`${document.uri.toString()} could not be given the language ${language}: ${String(error)}`);
    });
  };
  context.subscriptions.push(
    workspace.onDidOpenTextDocument(look),
    // A file that became a connector by being filled is seen when it is saved; looking at every keystroke would cost too much.
    workspace.onDidSaveTextDocument(look),
    workspace.onDidCloseTextDocument(({ uri }) => {
      // A change of language closes and opens a document in one breath; only one that stays closed is forgotten.
      setTimeout(() => {
        const key = uri.toString();
        if (!workspace.textDocuments.some((document) => document.uri.toString() === key)) settled.delete(key);
      }, 500);
    }),
  );
  for (const document of workspace.textDocuments) look(document);
}

function isCandidate({ languageId, uri }: TextDocument): boolean {
  return candidates.includes(languageId) && (uri.scheme === 'file' || uri.scheme === 'untitled');
}

function placeOf({ uri }: TextDocument): string | undefined {
  const folder = uri.scheme === 'file' ? folderOf(uri.fsPath) : undefined;
  return folder === undefined ? undefined : relativePath(folder, uri.fsPath);
}
