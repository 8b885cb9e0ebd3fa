import type { Problem, Span } from '../../../engine/model/text/problem.ts';
import { indexLines } from '../../../engine/model/text/lines.ts';

/** A text whose problems are marked under its lines: `  ^^^ unknown-column`, several marks to a line where needed. */
export interface Marked {
  readonly text: string;
  /** `line:column:length code`, lines and columns from 1, in order. */
  readonly expected: readonly string[];
}

const mark = /(\^+) ([a-z][a-z-]*[a-z])/g;

/** Takes the marks out of a text. A place without length, such as the end of a line, is marked by one `^`. */
export function readMarked(marked: string): Marked {
  const lines: string[] = [];
  const expected: string[] = [];
  for (const line of marked.split('\n')) {
    if (!/^\s*\^+ [a-z-]+(\s+\^+ [a-z-]+)*\s*$/.test(line)) {
      lines.push(line);
      continue;
    }
    for (const found of line.matchAll(mark)) expected.push(`${lines.length}:${found.index + 1}:${found[1]?.length ?? 0} ${found[2] ?? ''}`);
  }
  return { text: lines.join('\n'), expected: expected.sort() };
}

/** Problems in the form of `Marked.expected`; a span over several lines counts to the end of its first. */
export function showProblems(text: string, problems: readonly Problem[]): readonly string[] {
  const lines = indexLines(text);
  const place = ({ offset, length }: Span): string => {
    const { line, column } = lines.positionAt(offset);
    const lineEnd = text.indexOf('\n', offset);
    const end = Math.min(offset + length, lineEnd < 0 ? text.length : lineEnd);
    return `${line + 1}:${column + 1}:${Math.max(end - offset, 1)}`;
  };
  return problems.map((problem) => `${place(problem.span)} ${problem.code}`).sort();
}

/** A text with its problems marked under its lines; marks that would meet get lines of their own. */
export function writeMarked(text: string, problems: readonly Problem[]): string {
  const places = showProblems(text, problems).map((shown) => {
    const [place = '', code = ''] = shown.split(' ');
    const [line = 0, column = 1, length = 1] = place.split(':').map(Number);
    return { line, column, mark: `${'^'.repeat(length)} ${code}` };
  });
  return text
    .split('\n')
    .flatMap((line, i) => {
      const rows: string[] = [];
      for (const { column, mark: own } of places.filter((place) => place.line === i + 1).sort((a, b) => a.column - b.column)) {
        const row = rows.findIndex((one) => one.length < column - 1);
        const before = row < 0 ? '' : (rows[row] ?? '');
        rows[row < 0 ? rows.length : row] = before.padEnd(column - 1) + own;
      }
      return [line, ...rows];
    })
    .join('\n');
}
