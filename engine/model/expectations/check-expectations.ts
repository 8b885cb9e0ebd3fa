import { didYouMean } from '../text/nearest.ts';
import type { Problem } from '../text/problem.ts';
import type { FileOf, Workspace } from '../workspace/workspace.ts';
import type { Amount, ColumnCheck, Expectation, Expectations } from './expectations.ts';

/** What is wrong with expectations besides their shape and the names in them: what can never be met, and what always is. */
export function checkExpectations({ tables }: Expectations): readonly Problem[] {
  return tables.flatMap(({ expectations }) => expectations.flatMap(checkOne));
}

/** Expectations have the name of the system they are of. */
export function checkExpectationsPlace(workspace: Workspace, file: FileOf<Expectations> | undefined): readonly Problem[] {
  if (!file || workspace.systems.has(file.name)) return [];
  const names = [...workspace.systems.keys()];
  const message = `There is no system "${file.name}" in systems/, and expectations have the name of their system.${didYouMean(file.name, names)} Rename the file.`;
  return [{ code: 'unknown-system', severity: 'error', message, span: { offset: 0, length: 1 } }];
}

function checkOne(expectation: Expectation): readonly Problem[] {
  switch (expectation.kind) {
    case 'rows':
    case 'calls':
      return checkAmount(expectation.amount, expectation.kind);
    case 'column':
      return [
        ...expectation.checks.flatMap(checkPattern),
        ...(isAlwaysMet(expectation.checks)
          ? [
              always(
                expectation.span,
                `"${expectation.column.text}" may be empty and nothing else is expected of it, so this is met whatever is collected. Remove "filled", or say what its values are like.`,
              ),
            ]
          : []),
      ];
    default:
      return [];
  }
}

function checkAmount({ min, max, span }: Amount, kind: string): readonly Problem[] {
  if (min !== undefined && max !== undefined && min > max) {
    const message = `No number is at least ${min} and at most ${max}, so this can never be met. Write the smaller number as "min".`;
    return [{ code: 'expectation-never-met', severity: 'error', message, span }];
  }
  if ((min ?? 0) <= 0 && max === undefined)
    return [always(span, `Every table has at least ${min ?? 0} ${kind}, so this is met whatever is collected. Raise "min", or add "max".`)];
  return [];
}

function always(span: Problem['span'], message: string): Problem {
  return { code: 'expectation-always-met', severity: 'warning', message, span };
}

function isAlwaysMet(checks: readonly ColumnCheck[]): boolean {
  return checks.every((check) => check.kind === 'filled' && check.share !== undefined && check.share <= 0);
}

function checkPattern(check: ColumnCheck): readonly Problem[] {
  if (check.kind !== 'matches') return [];
  try {
    new RegExp(check.pattern, 'u');
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(error.message.lastIndexOf(': ') + 2) : '';
    const message = `This is no regular expression: ${reason}. Mend it; in JSON a backslash is written twice.`;
    return [{ code: 'bad-pattern', severity: 'error', message, span: check.span }];
  }
}
