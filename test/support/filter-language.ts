import { join } from 'node:path';
import type { CompletionItem, MarkupContent } from 'vscode-languageserver-types';
import { createWorkspaceReader } from '../../engine/model/workspace/read-workspace.ts';
import { indexLines } from '../../engine/model/text/lines.ts';
import { readFiles } from '../../engine/run/workspace/read-files.ts';
import { filterLanguage, type FilterLanguage } from '../../server/capabilities/filter/language.ts';
import type { FolderView } from '../../server/workspaces.ts';
import { parseCaret } from './marks.ts';

const sample = join(import.meta.dirname, '../../examples/workspace');
const onDisk = readFiles(sample);
const reader = createWorkspaceReader();
const path = 'filters/Test.filter';

/** The sample workspace with one more filter, or with other texts in place of its own. */
export function viewWith(texts: Readonly<Record<string, string>>): FolderView {
  const files = new Map([...onDisk, ...Object.entries(texts)]);
  return { folder: sample, files, workspace: reader(files) };
}

/** A filter of the sample workspace with this text. */
export function openFilterText(text: string): FilterLanguage {
  return filterLanguage('file:///test.filter', text, { view: viewWith({ [path]: text }), path });
}

/** What completion offers at the caret, the likeliest first. */
export function completionsAt(marked: string): readonly CompletionItem[] {
  const { text, caret } = parseCaret(marked);
  const key = ({ sortText, label }: CompletionItem): string => sortText ?? label;
  return [...openFilterText(text).complete(caret)].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

export function labelsAt(marked: string): readonly string[] {
  return completionsAt(marked).map(({ label }) => label);
}

/** The line of the caret after choosing an item. */
export function lineAfter(marked: string, label: string): string {
  const { text } = parseCaret(marked);
  const edit = completionsAt(marked).find((item) => item.label === label)?.textEdit;
  if (!edit || !('range' in edit)) throw new Error(`There is no "${label}" among ${labelsAt(marked).join(', ')}.`);
  const lines = indexLines(text);
  const [from = 0, to = 0] = [edit.range.start, edit.range.end].map(({ line, character }) => lines.offsetAt({ line, column: character }));
  const after = text.slice(0, from) + edit.newText + text.slice(to);
  return after.split('\n')[edit.range.start.line] ?? '';
}

/** The Markdown that a hover at the caret shows. */
export function hoverAt(marked: string): string {
  const { text, caret } = parseCaret(marked);
  return (openFilterText(text).hover(caret)?.contents as MarkupContent | undefined)?.value ?? '';
}

/** `file:line text` that the definition of the name at the caret points at; without a file when it is the same one. */
export function definitionAt(marked: string): string {
  const { text, caret } = parseCaret(marked);
  const [location] = openFilterText(text).definition(caret, (other) => other);
  if (!location) return '';
  const own = location.uri === 'file:///test.filter';
  const line = (own ? text : (onDisk.get(location.uri) ?? '')).split('\n')[location.range.start.line] ?? '';
  return `${own ? '' : `${location.uri}:`}${line.slice(location.range.start.character)}`;
}

export function symbolsOf(text: string): readonly string[] {
  return openFilterText(text)
    .symbols()
    .map(({ name, detail }) => `${name} ${detail ?? ''}`.trim());
}
