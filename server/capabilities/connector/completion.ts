import type { CompletionItem, LanguageService } from 'vscode-json-languageservice';
import { propertySchema, schemaAt } from '../../../engine/model/connector/schema-walk.ts';
import { scopeAt } from '../../../engine/model/connector/scope.ts';
import { caretAt, type Caret } from './caret.ts';
import { describeOrigin, originLabel } from './describe.ts';
import { derive, type ConnectorDocument } from './document.ts';
import { fitsMethod, rankOf } from './fitting.ts';
import { focusOn, type Focus } from './focus.ts';
import { CompletionItemKind, InsertTextFormat, MarkupKind } from './json-service.ts';
import { namesFor, type NameItem } from './name-items.ts';
import { placeAt, slotAt } from './name-slot.ts';
import { mapSnippets } from './map-snippets.ts';

/** What could stand at `offset`: variables inside a text, names of this connector, snippets, and what the schema allows. */
export async function complete(service: LanguageService, document: ConnectorDocument, offset: number): Promise<CompletionItem[]> {
  const caret = caretAt(document.text, offset, document.json.root);
  const variables = variableItems(document, caret, offset);
  if (variables) return variables;
  const names = nameItems(document, caret);
  const { text, json, position, real } = focusOn(service, document, offset);
  const fromSchema = ((await service.doComplete(text, position, json))?.items ?? []).map((item) => withRealPlace(item, real));
  const fits = caret.atKey ? fitsMethod(document.connector, caret.path) : () => true;
  const fitting = fromSchema.filter(({ label }) => fits(label.replace(/^"|"$/g, '')));
  return [...names, ...snippetItems(document, caret), ...withoutRepeats(fitting, names)];
}

/** A range that stands in the small document the service was given is one of the connector. */
function withRealPlace(item: CompletionItem, real: Focus['real']): CompletionItem {
  const { textEdit } = item;
  return textEdit && 'range' in textEdit ? { ...item, textEdit: { ...textEdit, range: real(textEdit.range) } } : item;
}

/** The schema's items without those that a better one stands for, or that are only an empty text beside real names. */
function withoutRepeats(items: readonly CompletionItem[], names: readonly CompletionItem[]): CompletionItem[] {
  if (names.length === 0) return [...items];
  const known = new Set(names.map(({ label }) => label));
  return items.filter(({ label }) => label !== '""' && !known.has(label.replace(/^"|"$/g, '')));
}

const openVariable = /\{[^{}"]*$/;
const restOfVariable = /^[\p{L}\p{N}_.:-]*\}?/u;

/** Inside a text after `{`: every variable that has a value here, written with both braces. */
function variableItems(document: ConnectorDocument, caret: Caret, offset: number): CompletionItem[] | undefined {
  if (caret.atKey || !caret.quoted) return undefined;
  const place = placeAt(document.connector, caret.path);
  const open = openVariable.exec(document.text.slice(caret.span.offset, offset));
  if (!place || !open) return undefined;
  const start = caret.span.offset + open.index;
  const inside = document.text.slice(offset, caret.span.offset + caret.span.length);
  const rest = restOfVariable.exec(inside)?.[0] ?? '';
  // What follows without a closing brace is the text's own, not the variable's.
  const end = offset + (rest.endsWith('}') ? rest.length : 0);
  const range = derive(document).range({ offset: start, length: end - start });
  return [...scopeAt(document.connector, place)].map(([name, origin]) => ({
    label: `{${name}}`,
    kind: CompletionItemKind.Variable,
    detail: originLabel(origin),
    documentation: { kind: MarkupKind.Markdown, value: describeOrigin(origin) },
    filterText: `{${name}}`,
    sortText: `${rankOf(name, origin, place)}${name}`,
    textEdit: { range, newText: `{${name}}` },
  }));
}

const kinds = {
  table: CompletionItemKind.Class,
  column: CompletionItemKind.Field,
  operation: CompletionItemKind.Method,
  value: CompletionItemKind.Value,
} as const;

function nameItems(document: ConnectorDocument, caret: Caret): CompletionItem[] {
  const slot = slotAt(document.connector, caret.path, caret.atKey);
  if (!slot) return [];
  const range = derive(document).range(caret.span);
  const after = document.text.slice(caret.span.offset + caret.span.length);
  return namesFor(document.connector, slot).map((name, index) => ({
    label: name.label,
    kind: kinds[name.kind],
    detail: name.detail,
    documentation: { kind: MarkupKind.Markdown, value: name.documentation },
    filterText: caret.quoted ? name.json : name.label,
    sortText: `0${String(index).padStart(4, '0')}`,
    ...(caret.atKey && { insertTextFormat: InsertTextFormat.Snippet }),
    textEdit: { range, newText: newText(name, caret, after) },
  }));
}

function newText(name: NameItem, caret: Caret, after: string): string {
  if (!caret.atKey) return name.json + separator(after);
  // A key that has its colon already is only renamed.
  return /^\s*:/.test(after)
    ? escapeSnippet(name.json)
    : `${escapeSnippet(name.json)}: "\${1:${escapeSnippet(name.label)}}"${separator(after)}`;
}

/** The comma that is missing where another entry follows. */
function separator(after: string): string {
  return /^\s*["{[\d]/.test(after) ? ',' : '';
}

function escapeSnippet(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}

/** Snippets for a new entry of a map, such as a table of `crud_objects`: the JSON service offers them only for the map as a whole. */
function snippetItems(document: ConnectorDocument, caret: Caret): CompletionItem[] {
  if (!caret.atKey) return [];
  const after = document.text.slice(caret.span.offset + caret.span.length);
  const owner = schemaAt(caret.path.slice(0, -1));
  if (/^\s*:/.test(after) || !owner || owner.properties || !propertySchema(owner, 'x')) return [];
  const range = derive(document).range(caret.span);
  return mapSnippets(owner).map(({ label, description, text }) => ({
    label,
    kind: CompletionItemKind.Snippet,
    documentation: { kind: MarkupKind.Markdown, value: description },
    filterText: caret.quoted ? JSON.stringify(label) : label,
    sortText: `1${label}`,
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range, newText: text + separator(after) },
  }));
}
