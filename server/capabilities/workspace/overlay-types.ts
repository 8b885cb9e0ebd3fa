import type { CompletionItem } from 'vscode-languageserver/node';
import { connectorOf } from '../../../engine/model/references/resolve.ts';
import { indexLines } from '../../../engine/model/text/lines.ts';
import type { FileIdentity } from '../../../engine/model/workspace/file-kind.ts';
import { rangeOf } from '../../convert.ts';
import type { FolderView } from '../../workspaces.ts';
import { caretAt } from '../connector/caret.ts';
import { CompletionItemKind, MarkupKind } from '../connector/json-service.ts';
import { namesFor } from '../connector/name-items.ts';

/** The types a column of an overlay may have, where the value of a column is wanted; nothing elsewhere. */
export function completeOverlayType(view: FolderView, path: string, { kind, name }: FileIdentity, offset: number): CompletionItem[] {
  if (kind !== 'overlay') return [];
  const text = view.files.get(path) ?? '';
  const caret = caretAt(text, offset);
  const [first, second, , section, column] = caret.path;
  if (caret.atKey || first !== 'schema' || second !== 'crud_objects' || section !== 'resources' || column === undefined) return [];
  const connector = connectorOf(view.workspace, name)?.model;
  if (!connector) return [];
  const range = rangeOf(indexLines(text), caret.span);
  return namesFor(connector, { kind: 'type' }).map(({ label, json, detail, documentation }, index) => ({
    label,
    kind: CompletionItemKind.Value,
    detail,
    documentation: { kind: MarkupKind.Markdown, value: documentation },
    filterText: caret.quoted ? json : label,
    sortText: `0${String(index).padStart(4, '0')}`,
    textEdit: { range, newText: json },
  }));
}
