import type { CheckResult, LocatedProblem } from '../../run/workspace/check-paths.ts';
import { printGithub } from './problems-github.ts';
import { printSarif } from './problems-sarif.ts';
import { createStyle, type Style } from './style.ts';
import { plain } from './table.ts';

export interface PrintOptions {
  readonly colour: boolean;
  readonly quiet: boolean;
}

/** How `check` can print; `json` is the array of the command line's contract. */
export const problemFormats: readonly string[] = ['text', 'json', 'sarif', 'github'];

export function printProblems(result: CheckResult, format: string, options: PrintOptions): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(result.problems, undefined, 2)}\n`;
    case 'sarif':
      return printSarif(result.problems);
    case 'github':
      return printGithub(result.problems);
    default:
      return printText(result, options);
  }
}

function printText({ problems, files }: CheckResult, { colour, quiet }: PrintOptions): string {
  const style = createStyle(colour);
  let text = '';
  let file = '';
  for (const problem of problems) {
    if (problem.file !== file) text += `${file === '' ? '' : '\n'}${style.bold(plain(problem.file))}\n`;
    file = problem.file;
    text += `  ${style.dim(`${problem.line}:${problem.column}`.padEnd(9))} ${severityOf(problem, style)} ${plain(problem.message)} ${style.dim(problem.code)}\n`;
  }
  if (quiet) return text;
  return `${text}${text === '' ? '' : '\n'}${summary(problems, files)}\n`;
}

function severityOf({ severity }: LocatedProblem, style: Style): string {
  const paint = { error: style.red, warning: style.yellow, info: style.blue, hint: style.dim }[severity];
  return paint(severity.padEnd(7));
}

function summary(problems: readonly LocatedProblem[], files: number): string {
  const looked = `${files} file${files === 1 ? '' : 's'} checked`;
  if (problems.length === 0) return `${looked}: nothing wrong.`;
  const counts = (['error', 'warning', 'info', 'hint'] as const).flatMap((severity) => {
    const count = problems.filter((problem) => problem.severity === severity).length;
    return count > 0 ? [`${count} ${severity}${count === 1 ? '' : 's'}`] : [];
  });
  return `${looked}: ${counts.join(', ')}.`;
}
