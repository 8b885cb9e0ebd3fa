import type { SemanticTokensLegend } from 'vscode-languageserver/node';
import type { Lines } from '../../engine/model/text/lines.ts';
import type { Span } from '../../engine/model/text/problem.ts';

const types = ['namespace', 'class', 'method', 'type', 'variable', 'parameter', 'property', 'function', 'keyword'] as const;
const modifiers = ['declaration', 'readonly'] as const;

/** Only types and modifiers that every theme knows. */
export const semanticLegend: SemanticTokensLegend = { tokenTypes: [...types], tokenModifiers: [...modifiers] };

/** What one stretch of text is, for its colour. */
export interface SemanticToken {
  readonly span: Span;
  readonly type: (typeof types)[number];
  readonly modifier?: (typeof modifiers)[number];
}

/** Tokens as the protocol has them: five numbers each, relative to the token before. Of two that meet, the first one stays. */
export function encodeTokens(tokens: readonly SemanticToken[], lines: Lines, within?: Span): number[] {
  const data: number[] = [];
  let [line, column, end] = [0, 0, 0];
  for (const { span, type, modifier } of [...tokens].sort((a, b) => a.span.offset - b.span.offset)) {
    const outside = within && (span.offset + span.length <= within.offset || span.offset >= within.offset + within.length);
    const start = lines.positionAt(span.offset);
    // No token goes over the end of a line.
    const broken = lines.positionAt(span.offset + span.length).line !== start.line;
    if (outside === true || span.length <= 0 || span.offset < end || broken) continue;
    data.push(
      start.line - line,
      start.line === line ? start.column - column : start.column,
      span.length,
      types.indexOf(type),
      modifier ? 1 << modifiers.indexOf(modifier) : 0,
    );
    [line, column, end] = [start.line, start.column, span.offset + span.length];
  }
  return data;
}
