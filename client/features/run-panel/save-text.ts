import { Uri, window, workspace } from 'vscode';

/** Asks where to, and writes. The suggested name is made of what cannot be part of a path. */
export async function saveText(name: string, text: string): Promise<void> {
  const safe =
    name
      .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
      .replace(/^\.+/, '')
      .slice(0, 100) || 'rows.csv';
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    ...(folder !== undefined && { defaultUri: Uri.joinPath(folder, safe) }),
    filters: { 'Comma-separated values': ['csv'], 'All files': ['*'] },
  });
  if (target !== undefined) await workspace.fs.writeFile(target, Buffer.from(text, 'utf8'));
}
