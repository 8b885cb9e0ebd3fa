import { join } from 'node:path';
import * as vscode from 'vscode';
import { waitFor } from '../../../scripts/editor/wait-for.ts';

/** The sample workspace's folder. */
export function folder(): string {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  if (!first) throw new Error('No folder is open.');
  return first.uri.fsPath;
}

/** Opens a file of the sample workspace and waits until it has its own language. */
export async function open(path: string, language: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(join(folder(), path));
  await vscode.window.showTextDocument(document);
  // A change of language replaces the document.
  const current = (): vscode.TextDocument | undefined =>
    vscode.workspace.textDocuments.find(({ uri, languageId }) => uri.toString() === document.uri.toString() && languageId === language);
  await waitFor(`${path} to be ${language}`, () => current() !== undefined);
  return current() ?? document;
}

/** Replaces the only place where `from` stands. */
export async function replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const at = document.getText().indexOf(from);
  if (at < 0) throw new Error(`"${from}" is not in ${document.uri.fsPath}`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
  await vscode.workspace.applyEdit(edit);
}

/** The place right after `text`. */
export function after(document: vscode.TextDocument, text: string): vscode.Position {
  const at = document.getText().indexOf(text);
  if (at < 0) throw new Error(`"${text}" is not in ${document.uri.fsPath}`);
  return document.positionAt(at + text.length);
}

/** Waits for diagnostics that fit. */
export async function diagnostics(
  uri: vscode.Uri,
  what: string,
  fit: (found: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  await waitFor(`diagnostics: ${what}`, () => fit(vscode.languages.getDiagnostics(uri)));
  return vscode.languages.getDiagnostics(uri);
}

export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
