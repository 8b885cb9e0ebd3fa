import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FilterReport } from '../../../engine/host/protocol.ts';
import type { RunRecord } from '../../../engine/run/run-record.ts';
import { waitFor } from '../../../scripts/editor/wait-for.ts';

/** The sample workspace's folder. */
export function folder(): string {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  if (!first) throw new Error('No folder is open.');
  return first.uri.fsPath;
}

/** The address of a file of the sample workspace. */
export function uriOf(path: string): vscode.Uri {
  return vscode.Uri.file(join(folder(), path));
}

/** The path of a file in the sample workspace. */
export function pathOf(uri: vscode.Uri): string {
  return uri.path.slice(vscode.Uri.file(folder()).path.length + 1);
}

/** The language that a file of the sample workspace is given. */
function languageOf(path: string): string {
  if (path.endsWith('.filter')) return 'sollist-filter';
  return path.startsWith('connectors/') ? 'sollist-connector' : 'sollist-json';
}

/** Opens a file of the sample workspace and waits until it has its own language. */
export async function open(path: string, language = languageOf(path)): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uriOf(path));
  await vscode.window.showTextDocument(document);
  // A change of language replaces the document.
  const current = (): vscode.TextDocument | undefined =>
    vscode.workspace.textDocuments.find(({ uri, languageId }) => uri.toString() === document.uri.toString() && languageId === language);
  await waitFor(`${path} to be ${language}`, () => current() !== undefined);
  await speaking(document.uri);
  return current() ?? document;
}

let spoke = false;

/** The server is started by the first document of ours: until it speaks, every answer is empty. */
async function speaking(uri: vscode.Uri): Promise<void> {
  if (spoke) return;
  await waitFor('the language server to speak', async () => {
    const symbols = await vscode.commands.executeCommand<readonly unknown[] | undefined>('vscode.executeDocumentSymbolProvider', uri);
    return symbols !== undefined && symbols.length > 0;
  });
  spoke = true;
}

/** Replaces the first place where `from` stands. */
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

/** The place of the caret `<|>` in the first piece of the document that reads so. */
export function caret(document: vscode.TextDocument, marked: string): vscode.Position {
  const [before, behind] = marked.split('<|>');
  if (before === undefined || behind === undefined) throw new Error(`"${marked}" has no caret`);
  const at = document.getText().indexOf(before + behind);
  if (at < 0) throw new Error(`"${before}${behind}" is not in ${document.uri.fsPath}`);
  return document.positionAt(at + before.length);
}

/** The range of a piece of the document. */
export function rangeOf(document: vscode.TextDocument, piece: string): vscode.Range {
  return new vscode.Range(caret(document, `<|>${piece}`), after(document, piece));
}

/** Opens a file, writes `marked` in the place of `piece`, looks at it with the place of its caret, and takes the change back. */
export async function typed<T>(
  path: string,
  piece: string,
  marked: string,
  look: (document: vscode.TextDocument, at: vscode.Position) => PromiseLike<T>,
): Promise<T> {
  const document = await open(path);
  await replace(document, piece, marked.replace('<|>', ''));
  try {
    return await look(document, caret(document, marked));
  } finally {
    await revertAll();
  }
}

/** Takes back whatever was not saved, in every document. */
export async function revertAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
}

/** Waits for diagnostics that fit. */
export async function diagnostics(
  uri: vscode.Uri,
  what: string,
  fit: (found: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  const found = (): readonly vscode.Diagnostic[] => vscode.languages.getDiagnostics(uri);
  await waitFor(`diagnostics: ${what}`, () => fit(found())).catch((error: unknown) => {
    throw new Error(
      `${(error as Error).message} There are: ${
        found()
          .map((one) => `${codeOf(one)} ${one.message}`)
          .join(' | ') || 'none'
      }`,
    );
  });
  return found();
}

export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** What a hover or an item says, as plain Markdown. */
export function textOf(content: vscode.Hover['contents'][number] | undefined): string {
  if (content === undefined) return '';
  return content instanceof vscode.MarkdownString ? content.value : typeof content === 'string' ? content : '';
}

/** The label of a suggestion or a hint. */
export function labelOf({
  label,
}: {
  readonly label: string | { readonly label: string } | readonly { readonly value: string }[];
}): string {
  if (typeof label === 'string') return label;
  return 'label' in label ? label.label : label.map(({ value }) => value).join('');
}

/** Everything that hovers say at the caret of a marked piece. */
export async function hoverAt(path: string, marked: string): Promise<string> {
  const document = await open(path);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, caret(document, marked));
  return hovers
    .flatMap(({ contents }) => contents)
    .map(textOf)
    .join('\n');
}

/** What is offered at a place, in the order in which it comes. */
export async function offered({ uri }: vscode.TextDocument, at: vscode.Position): Promise<readonly vscode.CompletionItem[]> {
  return (await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', uri, at)).items;
}

/** The environment with the addresses of the running sample systems; a test's systems listen on free ports. */
export function useRunningSystems(used: boolean): Thenable<void> {
  const setting = vscode.workspace.getConfiguration('sollist');
  return setting.update('environment', used ? 'elsewhere' : undefined, vscode.ConfigurationTarget.Workspace);
}

let collected = false;

/** Both sample systems in the vault; what one suite has collected is there for the next. */
export async function collectSamples(): Promise<void> {
  if (collected) return;
  for (const system of ['hr', 'directory']) await vscode.commands.executeCommand('sollist.collect', { folder: folder(), system });
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  collected = true;
}

/** The runs of filters on the disk, the newest first. */
export function filterRuns(): readonly RunRecord<FilterReport>[] {
  const runs = join(folder(), '.sollist/runs');
  if (!existsSync(runs)) return [];
  return readdirSync(runs)
    .filter((file) => /-filter-.*\.json$/.test(file))
    .sort()
    .reverse()
    .map((file) => JSON.parse(readFileSync(join(runs, file), 'utf8')) as RunRecord<FilterReport>);
}

/** Runs a command that asks, and takes what every question proposes. */
export async function accepting<T>(command: string, ...given: readonly unknown[]): Promise<T | undefined> {
  let ended = false;
  const result = Promise.resolve(vscode.commands.executeCommand<T | undefined>(command, ...given)).finally(() => {
    ended = true;
  });
  await waitFor(`${command} to end`, async () => {
    // Where nothing asks it does nothing.
    if (!ended) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return ended;
  });
  return result;
}
