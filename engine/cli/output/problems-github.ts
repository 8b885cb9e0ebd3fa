import type { LocatedProblem } from '../../run/workspace/check-paths.ts';

/** Workflow commands that GitHub shows beside the lines of a pull request. */
export function printGithub(problems: readonly LocatedProblem[]): string {
  return problems.map((problem) => `::${level(problem)} ${properties(problem)}::${escapeData(problem.message)}\n`).join('');
}

function level({ severity }: LocatedProblem): string {
  return severity === 'error' || severity === 'warning' ? severity : 'notice';
}

function properties({ file, line, column, endLine, endColumn, code }: LocatedProblem): string {
  // GitHub takes columns only where a problem stays on one line.
  const columns = line === endLine ? `,col=${column},endColumn=${endColumn}` : '';
  return `file=${escapeProperty(file)},line=${line},endLine=${endLine}${columns},title=${escapeProperty(code)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
