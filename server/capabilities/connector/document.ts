import type { Connector } from '../../../engine/model/connector/connector.ts';
import type { JsonDocument } from '../../../engine/model/text/json.ts';
import { indexLines, type Lines } from '../../../engine/model/text/lines.ts';
import type { Span } from '../../../engine/model/text/problem.ts';

/** One version of an open connector, read once. */
export interface ConnectorDocument {
  readonly uri: string;
  readonly text: string;
  readonly json: JsonDocument;
  readonly connector: Connector;
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** What the capabilities derive from a document; kept as long as the document itself. */
export interface Derived {
  readonly lines: Lines;
  readonly position: (offset: number) => Position;
  readonly range: (span: Span) => { start: Position; end: Position };
}

const cache = new WeakMap<ConnectorDocument, Derived>();

export function derive(document: ConnectorDocument): Derived {
  const known = cache.get(document);
  if (known) return known;
  const lines = indexLines(document.text);
  const position = (offset: number): Position => {
    const { line, column } = lines.positionAt(offset);
    return { line, character: column };
  };
  const derived: Derived = {
    lines,
    position,
    range: ({ offset, length }) => ({ start: position(offset), end: position(offset + length) }),
  };
  cache.set(document, derived);
  return derived;
}
