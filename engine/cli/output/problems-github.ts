import type { LocatedProblem } from '../../run/workspace/check-paths.ts';
import { command } from './github-command.ts';

/** Workflow commands that GitHub shows beside the lines of a pull request. */
export function printGithub(problems: readonly LocatedProblem[]): string {
  return problems.map((problem) => command(level(problem), properties(problem), problem.message)).join('');
}

function level({ severity }: LocatedProblem): string {
  return severity === 'error' || severity === 'warning' ? severity : 'notice';
}

function properties({ file, line, column, endLine, endColumn, code }: LocatedProblem): Readonly<Record<string, string>> {
  // GitHub takes columns only where a problem stays on one line.
  const columns = line === endLine ? { col: String(column), endColumn: String(endColumn) } : {};
  return { file, line: String(line), endLine: String(endLine), ...columns, title: code };
}
