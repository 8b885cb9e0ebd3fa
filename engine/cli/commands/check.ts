import { checkPaths } from '../../run/workspace/check-paths.ts';
import { withCommonOptions, withExamples, workspaceFolder, type AddCommand, type CommonOptions } from '../command.ts';
import { exitCodes } from '../io.ts';
import { problemFormats, printProblems } from '../output/problems.ts';

/** `sollist check [paths…]`: every problem of the files given, or of the workspace. */
export const addCheck: AddCommand = (program, io, done) => {
  const command = program
    .command('check')
    .argument('[paths...]', 'files or folders; default: the whole workspace')
    .description('every problem of the files given, or of the workspace');
  withCommonOptions(command, problemFormats).action((paths: string[], options: CommonOptions) => {
    const workspace = workspaceFolder(options, io);
    const result = checkPaths(paths, {
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
  ]);
};
