import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Range, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import type { RelationsDraft } from '../../../engine/host/protocol.ts';
import { SollistFailure } from '../../infrastructure/failure.ts';
import { changed } from './changed.ts';

/** Puts the text into the file as one edit that can be undone, and shows it; nothing is saved. */
export async function writeDraft(folder: string, { path, text }: RelationsDraft): Promise<void> {
  const uri = Uri.file(join(folder, path));
  const edit = new WorkspaceEdit();
  if (existsSync(uri.fsPath)) {
    const document = await workspace.openTextDocument(uri);
    const before = document.getText();
    const { from, to, piece } = changed(before, text);
    edit.replace(uri, new Range(document.positionAt(from), document.positionAt(to)), piece);
  } else {
    edit.createFile(uri, { contents: new TextEncoder().encode(text) });
  }
  if (!(await workspace.applyEdit(edit))) {
    throw new SollistFailure('file-unwritable', `${path} could not be changed. Check that it may be written, and try again.`, { folder });
  }
  await window.showTextDocument(await workspace.openTextDocument(uri));
}
