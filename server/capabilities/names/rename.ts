import {
  LSPErrorCodes,
  ResponseError,
  type ClientCapabilities,
  type PrepareRenameResult,
  type RenameFile,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { isRefusal } from '../../../engine/model/references/rename/changes.ts';
import { planRename, prepareRename } from '../../../engine/model/references/rename/plan-rename.ts';
import { rangeOf } from '../../convert.ts';
import { linesOf } from './find.ts';
import type { NamesPlace } from './places.ts';

/** What could be renamed at a place; a `ResponseError` says why a name cannot be. */
export function prepare({ graph, path }: NamesPlace, offset: number): PrepareRenameResult | null {
  const found = prepareRename(graph.workspace, path, offset);
  if (!found) return null;
  if (isRefusal(found)) throw refusal(found.refused);
  return { range: rangeOf(linesOf(graph)(path), found.span), placeholder: found.placeholder };
}

/** What the editor needs to know of a client and its documents. */
export interface RenameClient {
  readonly capabilities: ClientCapabilities | undefined;
  /** The version of an open document. */
  versionOf(uri: string): number | null;
}

/** The edits that give what is named at a place another name, in every file; a `ResponseError` says why that cannot be. */
export function rename(place: NamesPlace, offset: number, name: string, client: RenameClient): WorkspaceEdit | null {
  const { graph, uriOf } = place;
  const plan = planRename(graph.workspace, { path: place.path, offset }, name);
  if (!plan) throw refusal('There is no name here that could be renamed.');
  if (isRefusal(plan)) throw refusal(plan.refused);
  const { documentChanges, resourceOperations } = client.capabilities?.workspace?.workspaceEdit ?? {};
  const canMove = documentChanges === true && resourceOperations?.includes('rename') === true;
  if (plan.moves.length > 0 && !canMove)
    throw refusal(
      'This name is that of a file, and this editor does not let a server rename files. Rename the file and what refers to it by hand.',
    );
  const lines = linesOf(graph);
  const edits = [...plan.edits].map(
    ([path, own]) => [uriOf(path), own.map(({ span, text }): TextEdit => ({ range: rangeOf(lines(path), span), newText: text }))] as const,
  );
  if (documentChanges !== true) return { changes: Object.fromEntries(edits) };
  return {
    documentChanges: [
      ...edits.map(([uri, own]): TextDocumentEdit => ({ textDocument: { uri, version: client.versionOf(uri) }, edits: own })),
      ...plan.moves.map(({ from, to }): RenameFile => ({ kind: 'rename', oldUri: uriOf(from), newUri: uriOf(to) })),
    ],
  };
}

function refusal(sentence: string): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, sentence);
}
