import { DiagnosticSeverity, type Diagnostic, type Range } from 'vscode-languageserver/node';
import { capProblems } from '../engine/model/problems/cap-problems.ts';
import { indexLines, type Lines } from '../engine/model/text/lines.ts';
import type { Fix, Problem, Severity, Span } from '../engine/model/text/problem.ts';
import { hrefOf } from './problem-pages.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function rangeOf(lines: Lines, span: Span): Range {
  const start = lines.positionAt(span.offset);
  const end = lines.positionAt(span.offset + span.length);
  return { start: { line: start.line, character: start.column }, end: { line: end.line, character: end.column } };
}

/** The fixes travel with the diagnostic, so that the action needs no second look. */
export interface DiagnosticData {
  readonly fixes: readonly Fix[];
}

/** Problems of one text as the protocol has them, the worst of too many. `uriOf` resolves the files of related places, `textOf` gives their texts. */
export function diagnosticsOf(
  text: string,
  problems: readonly Problem[],
  related: { readonly uriOf: (path: string) => string; readonly textOf: (path: string) => string | undefined },
): Diagnostic[] {
  if (problems.length === 0) return [];
  const indexes = new Map<string, Lines>();
  const linesOf = (content: string): Lines => {
    const known = indexes.get(content) ?? indexLines(content);
    indexes.set(content, known);
    return known;
  };
  const lines = linesOf(text);
  return capProblems(problems).map((problem) => {
    const places = (problem.related ?? []).flatMap(({ path, span, message }) => {
      const other = related.textOf(path);
      return other === undefined ? [] : [{ location: { uri: related.uriOf(path), range: rangeOf(linesOf(other), span) }, message }];
    });
    const href = hrefOf(problem.code);
    return {
      range: rangeOf(lines, problem.span),
      severity: severities[problem.severity],
      source: 'sollist',
      code: problem.code,
      ...(href !== undefined && { codeDescription: { href } }),
      message: problem.message,
      ...(places.length > 0 && { relatedInformation: places }),
      ...(problem.fixes && { data: { fixes: problem.fixes } satisfies DiagnosticData }),
    };
  });
}
