import type { Location } from 'vscode-json-languageservice';
import { findColumn, findOperation, findTable } from '../../../engine/model/connector/connector.ts';
import { scopeAt, type VariableOrigin } from '../../../engine/model/connector/scope.ts';
import { parseTemplate, variablesOf } from '../../../engine/model/connector/template.ts';
import type { Span } from '../../../engine/model/text/problem.ts';
import { caretAt } from './caret.ts';
import { derive, type ConnectorDocument } from './document.ts';
import { placeAt, slotAt } from './name-slot.ts';

/** Where the table, column, operation or connection item that is named at `offset` is declared in this file. */
export function definition(document: ConnectorDocument, offset: number): Location[] {
  const span = declarationAt(document, offset);
  return span ? [{ uri: document.uri, range: derive(document).range(span) }] : [];
}

function declarationAt({ connector, text }: ConnectorDocument, offset: number): Span | undefined {
  const caret = caretAt(text, offset);
  if (!caret.quoted) return undefined;
  const inside = text.slice(caret.span.offset + 1, caret.span.offset + caret.span.length - 1);
  const place = caret.atKey ? undefined : placeAt(connector, caret.path);
  if (place) {
    const variable = variablesOf(parseTemplate(inside, caret.span)).find(
      ({ span }) => span.offset <= offset && offset <= span.offset + span.length,
    );
    const origin = variable && scopeAt(connector, place).get(variable.name);
    return origin && originSpan(origin);
  }
  const slot = slotAt(connector, caret.path, caret.atKey);
  switch (slot?.kind) {
    case 'table':
      return findTable(connector, inside)?.span;
    case 'column':
      return findColumn(slot.table, inside)?.span;
    case 'operation':
      return findOperation(slot.table, inside)?.name.span;
    default:
      return undefined;
  }
}

function originSpan(origin: VariableOrigin): Span | undefined {
  switch (origin.kind) {
    case 'item':
      return origin.item.name.span;
    case 'column':
      return origin.column.span;
    case 'iteration':
      return origin.column?.span;
    case 'base':
    case 'membership':
    case 'handler':
      return origin.span;
    case 'authentication':
    case 'engine':
      return undefined;
  }
}
