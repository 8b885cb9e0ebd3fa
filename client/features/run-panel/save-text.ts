import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Uri, window, workspace } from 'vscode';

/**
 * Asks where to, and writes. The suggestion is not in the workspace, where rows of persons would soon be committed, and its name keeps only
 * what cannot lead to another folder.
 */
export async function saveText(name: string, text: string): Promise<void> {
  const safe =
    name
      .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
      .replace(/^\.+/, '')
      .slice(0, 100) || 'rows.csv';
  const downloads = join(homedir(), 'Downloads');
  const target = await window.showSaveDialog({
    defaultUri: Uri.file(join(existsSync(downloads) ? downloads : homedir(), safe)),
    filters: { 'Comma-separated values': ['csv'], 'All files': ['*'] },
  });
  if (target !== undefined) await workspace.fs.writeFile(target, Buffer.from(text, 'utf8'));
}
