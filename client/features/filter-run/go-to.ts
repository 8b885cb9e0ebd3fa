import { join } from 'node:path';
import { Range, Uri, ViewColumn, window, workspace } from 'vscode';
import type { Span } from '../../../engine/model/text/problem.ts';
import { SollistFailure } from '../../infrastructure/failure.ts';

/** Shows a stretch of a file of the folder, in the editor that has it where there is one, else beside the panel. */
export async function goTo(folder: string, path: string, { offset, length }: Span): Promise<void> {
  if (path.split(/[\\/]/).includes('..')) throw new SollistFailure('no-file', `${path} lies outside the workspace.`);
  const uri = Uri.file(join(folder, path));
  const document = await workspace.openTextDocument(uri);
  const selection = new Range(document.positionAt(offset), document.positionAt(offset + length));
  const visible = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  await window.showTextDocument(document, { viewColumn: visible?.viewColumn ?? ViewColumn.One, selection });
}
