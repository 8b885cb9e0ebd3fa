import type { CompletionItem } from 'vscode-languageserver/node';
import { knownCodes } from '../../../engine/model/problems/codes/all.ts';
import { childOf, propertiesOf } from '../../../engine/model/text/json.ts';
import { indexLines } from '../../../engine/model/text/lines.ts';
import { rangeOf } from '../../convert.ts';
import { meaningOf } from '../../problem-pages.ts';
import type { FolderView } from '../../workspaces.ts';
import { caretAt } from '../connector/caret.ts';
import { CompletionItemKind, MarkupKind } from '../connector/json-service.ts';

/** Codes and files for `problems` of `sollist.json`: the names below `severities`, and `code` and `file` of a suppression. */
export function completeProblemSettings(view: FolderView, path: string, offset: number): CompletionItem[] {
  const text = view.files.get(path) ?? '';
  const caret = caretAt(text, offset);
  const [section, list, place, property] = caret.path;
  if (section !== 'problems') return [];
  const isName = list === 'severities' && caret.atKey && caret.path.length === 3;
  const isValue = list === 'suppressed' && typeof place === 'number' && !caret.atKey && caret.path.length === 4;
  if (!isName && !(isValue && (property === 'code' || property === 'file'))) return [];
  const range = rangeOf(indexLines(text), caret.span);
  const after = text.slice(caret.span.offset + caret.span.length);
  const rest = /^\s*:/.test(after) ? '' : `: "off"${/^\s*"/.test(after) ? ',' : ''}`;
  const item = (label: string, kind: NonNullable<CompletionItem['kind']>, documentation?: string): CompletionItem => {
    const json = JSON.stringify(label);
    return {
      label,
      kind,
      ...(documentation !== undefined && { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
      filterText: caret.quoted ? json : label,
      sortText: `0${label}`,
      textEdit: { range, newText: isName ? json + rest : json },
    };
  };
  if (property === 'file')
    return [...view.files.keys()]
      .sort()
      .map((file) => item(file, CompletionItemKind.File, 'The finding is silenced in this file only. Without `file`, in every file.'));
  const taken = isName ? namesBeside(view, caret.span.offset) : [];
  const codes = [...knownCodes].filter((code) => !taken.includes(code)).sort();
  return codes.map((code) => item(code, CompletionItemKind.EnumMember, meaningOf(code)));
}

/** The codes that have a severity already; the one under the caret may stay. */
function namesBeside({ workspace }: FolderView, offset: number): readonly string[] {
  const severities = childOf(workspace.settingsFile?.document.root, 'problems', 'severities');
  return propertiesOf(severities).flatMap(({ name }) => (name.span.offset === offset ? [] : [name.text]));
}
