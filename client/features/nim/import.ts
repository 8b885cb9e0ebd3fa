import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CancellationError, FileType, ProgressLocation, Uri, window, workspace } from 'vscode';
import { importLimits, importNimMethod, type ImportNimParameters, type ImportNimResult } from '../../../engine/host/protocol.ts';
import { SollistFailure, plainText } from '../../infrastructure/failure.ts';
import type { Server } from '../../infrastructure/language-client.ts';
import type { Log } from '../../infrastructure/log.ts';
import { isTarget } from '../../infrastructure/targets.ts';
import type { Folders } from '../../infrastructure/workspace.ts';
import { jsonFiles, type ReadableFolder } from './json-files.ts';

type Files = Extract<ImportNimResult, { readonly kind: 'made' }>['files'];

/** Imports an export, a filter or a configuration folder into the workspace; gives how many files were written. */
export async function importFromNim(argument: unknown, folders: Folders, server: Server, log: Log): Promise<number> {
  const told = isTarget(argument, 'source', 'folder') ? argument : undefined;
  const source = told ? Uri.file(told.source) : await askForSource();
  const folder = told?.folder ?? folders.current() ?? workspace.workspaceFolders?.[0]?.uri.fsPath ?? (await askForFolder());
  const given = await read(source, folder);
  const made = await window.withProgress({ location: ProgressLocation.Window, title: 'Importing from NIM' }, () =>
    server.request<ImportNimResult>(importNimMethod, given),
  );
  if (made.kind === 'refused') throw new SollistFailure('no-export', made.message);
  const changed = made.files.filter(({ path, text }) => isNews(folder, path, text));
  await askToReplace(folder, changed);
  for (const { path, text } of changed) await workspace.fs.writeFile(Uri.file(join(folder, path)), new TextEncoder().encode(text));
  tell(changed, made.notes, log);
  return changed.length;
}

async function askForSource(): Promise<Uri> {
  const file = { label: 'An export or a filter', detail: 'A JSON file that NIM wrote', canSelectFolders: false };
  const folder = { label: "NIM's configuration folder", detail: 'The folder config, or filters in it', canSelectFolders: true };
  const kind = await window.showQuickPick([file, folder], { title: 'Import from NIM', placeHolder: 'What is to be imported?' });
  if (!kind) throw new CancellationError();
  const [chosen] =
    (await window.showOpenDialog({
      canSelectFolders: kind.canSelectFolders,
      canSelectFiles: !kind.canSelectFolders,
      openLabel: 'Import',
      ...(!kind.canSelectFolders && { filters: { JSON: ['json'] } }),
    })) ?? [];
  if (!chosen) throw new CancellationError();
  return chosen;
}

async function askForFolder(): Promise<string> {
  const [chosen] =
    (await window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, openLabel: 'Import into this folder' })) ?? [];
  if (!chosen) throw new CancellationError();
  return chosen.fsPath;
}

async function read(source: Uri, folder: string): Promise<ImportNimParameters> {
  const name = source.path.split('/').at(-1) ?? '';
  const { type, size } = await workspace.fs.stat(source);
  if (size > importLimits.bytes)
    throw new SollistFailure(
      'file-too-large',
      `${name} has ${String(Math.round(size / 1024 / 1024))} MB: too large to be an export. Choose the JSON file that NIM wrote.`,
    );
  const isFolder = (type & FileType.Directory) !== 0;
  const files = isFolder ? await jsonFiles(readable(source)) : [{ path: name, text: await textOf(source) }];
  return { name, kind: isFolder ? 'folder' : 'file', files, connectors: await connectorsOf(folder) };
}

function readable(folder: Uri): ReadableFolder {
  const at = (path: string): Uri => (path === '' ? folder : Uri.joinPath(folder, path));
  return {
    shown: folder.fsPath,
    list: async (path) =>
      (await workspace.fs.readDirectory(at(path))).map(([name, type]) => ({
        name,
        // A link is both that and what it leads to: it is not followed.
        kind: type === FileType.Directory ? 'folder' : type === FileType.File ? 'file' : 'other',
      })),
    size: async (path) => (await workspace.fs.stat(at(path))).size,
    text: (path) => textOf(at(path)),
  };
}

async function connectorsOf(folder: string): Promise<ImportNimParameters['connectors']> {
  const connectors = Uri.file(join(folder, 'connectors'));
  if (!existsSync(connectors.fsPath)) return [];
  const files = (await workspace.fs.readDirectory(connectors)).filter(([name, type]) => type === FileType.File && name.endsWith('.json'));
  return Promise.all(
    files.map(async ([name]) => ({ name: name.slice(0, -'.json'.length), text: await textOf(Uri.joinPath(connectors, name)) })),
  );
}

/** As UTF-8, or as what Windows PowerShell writes; other bytes are not guessed at. */
async function textOf(uri: Uri): Promise<string> {
  const bytes = await workspace.fs.readFile(uri);
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new SollistFailure('file-unreadable', `${uri.fsPath} is not written in UTF-8. Export it from NIM again, or save it as UTF-8.`);
  }
}

/** `sollist.json` is the author's: what is there stays. */
function isNews(folder: string, path: string, text: string): boolean {
  const target = join(folder, path);
  if (!existsSync(target)) return true;
  // Version control may have changed line breaks.
  const plain = (one: string): string => one.replace(/\r\n/g, '\n');
  return path !== 'sollist.json' && plain(readFileSync(target, 'utf8')) !== plain(text);
}

async function askToReplace(folder: string, changed: Files): Promise<void> {
  const there = changed.filter(({ path }) => existsSync(join(folder, path)));
  const [first] = there;
  if (!first) return;
  const replace = 'Replace';
  const message =
    there.length === 1
      ? `${first.path} is there already, with other content.`
      : `${String(there.length)} files are there already, with other content.`;
  const names = there
    .slice(0, 5)
    .map(({ path }) => path)
    .join(', ');
  const detail = `${names}${there.length > 5 ? ' and others' : ''}. What is in them is lost, unless it is under version control.`;
  if ((await window.showWarningMessage(message, { modal: true, detail }, replace)) !== replace) throw new CancellationError();
}

function tell(written: Files, notes: readonly { readonly path: string; readonly message: string }[], log: Log): void {
  log.info(`Imported from NIM: ${String(written.length)} files`);
  for (const { path, message } of notes) log.info(`To look at: ${path}: ${message}`);
  const filters = written.filter(({ path }) => path.startsWith('filters/')).length;
  const said = `${filters === 1 ? '1 filter' : `${String(filters)} filters`} and ${String(written.length - filters)} other files were imported.`;
  const look =
    notes.length === 0 ? '' : ` ${notes.length === 1 ? 'One thing' : `${String(notes.length)} things`} to look at: the log says what.`;
  const show = 'Show log';
  void window.showInformationMessage(plainText(`${said}${look}`), ...(look === '' ? [] : [show])).then((chosen) => {
    if (chosen === show) log.show();
  });
}
