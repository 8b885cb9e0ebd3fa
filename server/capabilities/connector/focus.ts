import type { JSONDocument, LanguageService, TextDocument as Text } from 'vscode-json-languageservice';
import { documentSections, sectionAt } from '../../../engine/model/text/sections.ts';
import { derive, type ConnectorDocument } from './document.ts';
import { TextDocument } from './json-service.ts';

interface Position {
  readonly line: number;
  readonly character: number;
}

interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A small document for the JSON service that says the same as the connector at one place, and how its places are those of the connector. */
export interface Focus {
  readonly text: Text;
  readonly json: JSONDocument;
  readonly position: Position;
  /** A range of the small document, in the connector. */
  real(range: Range): { start: Position; end: Position };
}

/**
 * The connector as the JSON service needs it at `offset`: the section around it, with nothing beside it on the way down to it. The service
 * reads its document anew for every question, which in a large file would take longer than a key stroke.
 */
export function focusOn(service: LanguageService, document: ConnectorDocument, offset: number): Focus {
  const sections = sectionAt(document.json.root, documentSections, offset, offset) ?? [];
  const value = sections.at(-1)?.children?.[1];
  const before = sections.map((section) => `{${JSON.stringify(String(section.children?.[0]?.value))}:`).join('');
  const inside = value ? document.text.slice(value.offset, value.offset + value.length) : document.text;
  const moved = (value?.offset ?? 0) - before.length;
  const text = TextDocument.create(document.uri, 'json', 1, before + inside + '}'.repeat(sections.length));
  const { position } = derive(document);
  const real = (place: Position): Position => position(text.offsetAt(place) + moved);
  return {
    text,
    json: service.parseJSONDocument(text),
    position: text.positionAt(offset - moved),
    real: ({ start, end }) => ({ start: real(start), end: real(end) }),
  };
}
