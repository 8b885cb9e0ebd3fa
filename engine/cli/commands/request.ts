import { previewOperation } from '../../run/plan/preview-operation.ts';
import { openFrom, withCommonOptions, withExamples, type AddCommand, type CommonOptions } from '../command.ts';
import { exitCodes, type Io } from '../io.ts';
import { plain } from '../output/table.ts';

/** `sollist request <system> <table> <operation>`: the request an operation would send. Sends nothing. */
export const addRequest: AddCommand = (program, io, done) => {
  const command = program
    .command('request')
    .argument('<system>', 'a system of the workspace, or a connector')
    .argument('<table>', 'a table of its connector')
    .argument('<operation>', 'an operation of that table')
    .description('the request an operation would send; it is not sent');
  withCommonOptions(command).action((system: string, table: string, operation: string, options: CommonOptions) =>
    done(request(system, table, operation, options, io)),
  );
  withExamples(command, [
    ['sollist request directory users user_create', 'with the first row of the vault, or with names for values'],
    ['sollist request directory users user_update --format json', 'for another program'],
  ]);
};

/** 1 where no request can be built of what is there. */
function request(name: string, table: string, operation: string, options: CommonOptions, io: Io): number {
  const open = openFrom(options, io);
  const choice = open.workspace.systems.has(name) || !open.workspace.connectors.has(name) ? { system: name } : { connector: name };
  const preview = previewOperation(open, { ...choice, table, operation }, io.env);
  io.stdout(options.format === 'json' ? `${JSON.stringify(preview, undefined, 2)}\n` : preview.text.split('\n').map(plain).join('\n'));
  return preview.request ? exitCodes.ok : exitCodes.problems;
}
