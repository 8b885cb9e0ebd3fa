import type { Hover, LanguageService } from 'vscode-json-languageservice';
import { addressOf } from '../../../engine/model/connector/address.ts';
import { findColumn, findOperation, findTable } from '../../../engine/model/connector/connector.ts';
import { scopeAt } from '../../../engine/model/connector/scope.ts';
import { variablesOf, parseTemplate } from '../../../engine/model/connector/template.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import { hoverText } from '../json/hover-text.ts';
import { caretAt, type Caret } from './caret.ts';
import { describeCalls, type Caller } from './callers.ts';
import { describeColumn, describeOperation, describeOrigin, describeTable } from './describe.ts';
import { derive, type ConnectorDocument } from './document.ts';
import { focusOn } from './focus.ts';
import { MarkupKind } from './json-service.ts';
import { namesFor } from './name-items.ts';
import { placeAt, slotAt } from './name-slot.ts';

/** What the thing at `offset` is: our own knowledge of the name first, then the schema's text about the property. */
export async function hover(
  service: LanguageService,
  document: ConnectorDocument,
  offset: number,
  callers: readonly Caller[] = [],
): Promise<Hover | undefined> {
  const caret = caretAt(document.text, offset, document.json.root);
  const variable = variableAt(document, caret, offset);
  const parts = variable ? [variable.text] : ownParts(document, caret, callers);
  let range = derive(document).range(variable?.span ?? caret.span);
  if (!variable) {
    const { text, json, position, real } = focusOn(service, document, offset);
    const fromSchema = await service.doHover(text, position, json);
    if (fromSchema) {
      parts.push(hoverText(fromSchema));
      if (fromSchema.range) range = real(fromSchema.range);
    }
  }
  const value = parts.filter((part) => part !== '').join('\n\n');
  return value === '' ? undefined : { contents: { kind: MarkupKind.Markdown, value }, range };
}

/** A variable under the caret, where its value comes from, and its place. */
function variableAt(document: ConnectorDocument, caret: Caret, offset: number): { readonly text: string; readonly span: Span } | undefined {
  const place = caret.quoted && !caret.atKey ? placeAt(document.connector, caret.path) : undefined;
  if (!place) return undefined;
  const inside = document.text.slice(caret.span.offset + 1, caret.span.offset + caret.span.length - 1);
  const found = variablesOf(parseTemplate(inside, caret.span)).find(
    ({ span }) => span.offset <= offset && offset <= span.offset + span.length,
  );
  if (!found) return undefined;
  const origin = scopeAt(document.connector, place).get(found.name);
  const text = origin ? describeOrigin(origin) : 'It has no value here.';
  const modifier = found.modifier === 'no_encode' ? ' Put in as it stands, without URL encoding.' : '';
  return { text: `\`{${found.name}}\` ${text}${modifier}`, span: found.span };
}

function ownParts(document: ConnectorDocument, caret: Caret, callers: readonly Caller[]): string[] {
  const { connector, text } = document;
  const [first, second, tableName, section, name, ...rest] = caret.path;
  const table =
    first === 'schema' && second === 'crud_objects' && typeof tableName === 'string' ? findTable(connector, tableName) : undefined;
  if (table && section === undefined) return caret.atKey ? [describeTable(table)] : [];
  const operation = table && section === 'operations' && typeof name === 'string' ? findOperation(table, name) : undefined;
  if (table && operation) {
    const calls = describeCalls(connector, table, operation, callers);
    if (rest.length === 0) return caret.atKey ? [describeOperation(connector, table, operation), calls] : [];
    if (rest.join('.') === 'call.path') return [calls || `\`${operation.verb} ${addressOf(connector, table, operation)}\``];
  }
  if (section === 'resources' && caret.atKey) {
    for (const owner of connector.tables) {
      const column = owner.columns.find(({ span, source }) => span.offset === caret.span.offset && source !== 'parent-key');
      if (column) return [describeColumn(owner, column)];
    }
    return [];
  }
  const slot = slotAt(connector, caret.path, caret.atKey);
  const written = text.slice(caret.span.offset, caret.span.offset + caret.span.length);
  if (!slot) return [];
  // A name that is taken already is the one hovered.
  if (slot.kind === 'column') {
    const column = findColumn(slot.table, written.slice(1, -1));
    return column ? [describeColumn(slot.table, column)] : [];
  }
  const item = namesFor(connector, slot).find(({ json }) => json === written);
  return item ? [item.documentation] : [];
}
