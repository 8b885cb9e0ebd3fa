import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CancellationError, Uri, window, workspace } from 'vscode';
import { languageIds } from '../../infrastructure/ids.ts';
import type { Folders } from '../../infrastructure/workspace.ts';

/** Writes `connectors/<name>.json` and opens it; what is there is never replaced without asking. Outside a workspace it is an untitled document. */
export async function writeConnector(folders: Folders, name: string, text: string): Promise<void> {
  const folder = folders.current();
  if (folder === undefined) {
    await window.showTextDocument(await workspace.openTextDocument({ language: languageIds.connector, content: text }));
    return;
  }
  const path = join(folder, 'connectors', `${name}.json`);
  if (existsSync(path)) await askToReplace(name);
  const uri = Uri.file(path);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await window.showTextDocument(await workspace.openTextDocument(uri));
}

async function askToReplace(name: string): Promise<void> {
  const replace = 'Replace';
  const chosen = await window.showWarningMessage(
    `connectors/${name}.json is there already.`,
    { modal: true, detail: 'What is in it is lost, unless it is under version control.' },
    replace,
  );
  if (chosen !== replace) throw new CancellationError();
}
