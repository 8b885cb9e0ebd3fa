import { checkPaths } from '../../run/workspace/check-paths.ts';
import { withCommonOptions, type AddCommand, type CommonOptions } from '../command.ts';
import { exitCodes } from '../io.ts';
import { problemFormats, printProblems } from '../output/problems.ts';

/** `sollist check [paths…]`: every problem of the files given, or of the workspace. */
export const addCheck: AddCommand = (program, io, done) => {
  withCommonOptions(program.command('check').argument('[paths...]', 'files or folders; default: the whole workspace').description('every problem of the files given, or of the workspace'), problemFormats).action(
    (paths: string[], options: CommonOptions) => {
      const result = checkPaths(paths, {
        cwd: io.cwd,
        ...(options.workspace !== undefined && { workspace: options.workspace }),
        ...(options.environment !== undefined && { environment: options.environment }),
      });
      io.stdout(printProblems(result, options.format, { colour: io.colour && options.color, quiet: options.quiet === true }));
      if (result.problems.some(({ severity }) => severity === 'error' || severity === 'warning')) done(exitCodes.problems);
    },
  );
};
