import { readFileSync } from 'node:fs';
import type { CompletionItem } from 'vscode-json-languageservice';
import { indexLines } from '../../engine/model/text/lines.ts';
import { createConnectorLanguage } from '../../server/capabilities/connector/language.ts';
import { declarationsAt } from '../../server/capabilities/names/find.ts';
import { aloneIn } from '../../server/capabilities/names/places.ts';
import { connectorFixtures, openConnector } from './connector.ts';
import { parseCaret } from './marks.ts';

export const language = createConnectorLanguage();

export const sample = readFileSync(new URL('sample.json', connectorFixtures), 'utf8');

/** The sample with one piece replaced, usually to put a caret in. The piece must occur; the first one counts. */
export function sampleWith(piece: string, replacement: string): string {
  if (!sample.includes(piece)) throw new Error(`The sample has no ${piece}.`);
  return sample.replace(piece, () => replacement);
}

/** What completion offers at the caret. */
export async function completionsAt(marked: string): Promise<{ readonly text: string; readonly items: readonly CompletionItem[] }> {
  const { text, caret } = parseCaret(marked);
  return { text, items: await language.complete(openConnector(text), caret) };
}

export async function labelsAt(marked: string): Promise<readonly string[]> {
  return (await completionsAt(marked)).items.map(({ label }) => label);
}

/** The line of the caret after choosing an item. */
export async function lineAfter(marked: string, label: string): Promise<string> {
  const { after, line } = await textAfter(marked, label);
  return after.split('\n')[line]?.trim() ?? '';
}

/** The whole text after choosing an item, with snippet placeholders as the editor first shows them, and the line of the edit. */
export async function textAfter(marked: string, label: string): Promise<{ readonly after: string; readonly line: number }> {
  const { text, items } = await completionsAt(marked);
  const item = items.find((candidate) => candidate.label === label);
  if (!item?.textEdit) throw new Error(`There is no "${label}" among ${items.map((candidate) => candidate.label).join(', ')}.`);
  const lines = indexLines(text);
  const { start, end } = 'range' in item.textEdit ? item.textEdit.range : item.textEdit.insert;
  const from = lines.offsetAt({ line: start.line, column: start.character });
  const to = lines.offsetAt({ line: end.line, column: end.character });
  const { newText } = item.textEdit;
  const plain = item.insertTextFormat === 2 ? expandSnippet(newText) : newText;
  return { after: text.slice(0, from) + plain + text.slice(to), line: start.line };
}

function expandSnippet(snippet: string): string {
  return snippet
    .replaceAll(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1')
    .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll(/\$\d+/g, '')
    .replaceAll(/\\([$}\\])/g, '$1');
}

/** The Markdown that a hover at the caret shows. */
export async function hoverAt(marked: string): Promise<string> {
  const { text, caret } = parseCaret(marked);
  const found = await language.hover(openConnector(text), caret);
  const contents = found?.contents;
  return contents !== undefined && typeof contents === 'object' && 'value' in contents ? contents.value : '';
}

/** The text that the definition of the name at the caret points at, with its line. */
export function definitionAt(marked: string): string {
  const { text, caret } = parseCaret(marked);
  const [location] = declarationsAt(aloneIn(openConnector(text)), caret);
  if (!location) return '';
  return (text.split('\n')[location.range.start.line] ?? '').slice(location.range.start.character).trim();
}
