import type { Lines } from './lines.ts';
import type { Span } from './problem.ts';

/** A stretch of a text as records show it; lines and columns count from 1, columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function placeOf(lines: Lines, { offset, length }: Span): Place {
  const start = lines.positionAt(offset);
  const end = lines.positionAt(offset + length);
  return { line: start.line + 1, column: start.column + 1, endLine: end.line + 1, endColumn: end.column + 1 };
}
