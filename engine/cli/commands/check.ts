import { knownCodes } from '../../model/problems/codes/all.ts';
import { safeCodes } from '../../model/problems/safe-fixes.ts';
import { didYouMean } from '../../model/text/nearest.ts';
import { SollistError } from '../../run/error.ts';
import { checkPaths, type CheckOptions, type CheckResult } from '../../run/workspace/check-paths.ts';
import { fixPaths } from '../../run/workspace/fix-paths.ts';
import { repeatable, withCommonOptions, withExamples, workspaceFolder, type AddCommand, type CommonOptions } from '../command.ts';
import { exitCodes, type Io } from '../io.ts';
import { printFixes } from '../output/fixes.ts';
import { problemFormats, printProblems } from '../output/problems.ts';

interface Options extends CommonOptions {
  readonly fix?: boolean;
  readonly code?: readonly string[];
}

/** `sollist check [paths…]`: every problem of the files given, or of the workspace; with `--fix`, what is left after the safe repairs. */
export const addCheck: AddCommand = (program, io, done) => {
  const command = program
    .command('check')
    .argument('[paths...]', 'files or folders; default: the whole workspace')
    .description('every problem of the files given, or of the workspace')
    .option('--fix', 'first make the repairs that change nothing in what a file means')
    .option('--code <code>', 'with --fix: only problems of this code; may be repeated', repeatable);
  withCommonOptions(command, problemFormats).action((paths: string[], options: Options) => {
    const workspace = workspaceFolder(options, io);
    const result = check(paths, options, io, {
      cwd: io.cwd,
      ...(workspace !== undefined && { workspace }),
      ...(options.environment !== undefined && { environment: options.environment }),
    });
    io.stdout(printProblems(result, options.format, { colour: io.colour && options.color, quiet: options.quiet === true }));
    if (result.problems.some(({ severity }) => severity === 'error' || severity === 'warning')) done(exitCodes.problems);
  });
  withExamples(command, [
    ['sollist check', 'the whole workspace'],
    ['sollist check exports/', 'connectors that lie anywhere'],
    ['sollist check --format github', 'marks on the lines of a pull request'],
    ['sollist check --fix', 'repairs what is safe to repair, and shows the rest'],
    ['sollist check --fix --code empty-property', 'repairs problems of one kind'],
  ]);
};

function check(paths: readonly string[], options: Options, io: Io, where: CheckOptions): CheckResult {
  const codes = wantedCodes(options);
  if (options.fix !== true) return checkPaths(paths, where);
  const { fixed, left } = fixPaths(paths, { ...where, ...(codes && { codes }) });
  // Where other programs read the problems, nothing else stands among them.
  if (options.quiet !== true) (options.format === 'text' ? io.stdout : io.stderr)(printFixes(fixed));
  return left;
}

function wantedCodes({ fix, code }: Options): ReadonlySet<string> | undefined {
  if (!code) return undefined;
  if (fix !== true) throw new SollistError('usage', '--code says what to repair; use it together with --fix.');
  for (const one of code) {
    if (!knownCodes.has(one))
      throw new SollistError('unknown-code', `--code: no problem has the code "${one}".${didYouMean(one, safeCodes)}`);
    if (!safeCodes.includes(one)) {
      throw new SollistError(
        'usage',
        `--code: what repairs "${one}" is for its author to choose, in the editor. Repaired here are: ${safeCodes.join(', ')}.`,
      );
    }
  }
  return new Set(code);
}
