import { Command, CommanderError } from 'commander';
import { SollistError } from '../run/error.ts';
import { createRedactor } from '../run/http/redact.ts';
import { addCheck } from './commands/check.ts';
import { addCollect } from './commands/collect.ts';
import { addDemo } from './commands/demo.ts';
import { addExplain } from './commands/explain.ts';
import { addExport } from './commands/export.ts';
import { addFilter } from './commands/filter.ts';
import { addImport } from './commands/import.ts';
import { addNew } from './commands/new.ts';
import { addPlan } from './commands/plan.ts';
import { addRehearse } from './commands/rehearse.ts';
import { addRelations } from './commands/relations.ts';
import { addRequest } from './commands/request.ts';
import { addRoles } from './commands/roles.ts';
import { addRuns } from './commands/runs.ts';
import { addTest } from './commands/test.ts';
import { addVault } from './commands/vault.ts';
import type { AddCommand } from './command.ts';
import { exitCodes, type Io } from './io.ts';
import { plain } from './output/table.ts';
import { usageMessage } from './usage.ts';

/** Put in when the command line is bundled, from the package's own version. */
declare const SOLLIST_VERSION: string | undefined;

/** Every command, in the order of the chain; those after roles stand beside it. */
const commands: readonly AddCommand[] = [
  addCheck,
  addCollect,
  addFilter,
  addPlan,
  addRoles,
  addRehearse,
  addTest,
  addRequest,
  addRuns,
  addVault,
  addRelations,
  addExplain,
  addNew,
  addImport,
  addExport,
  addDemo,
];

const closing = `
Start in a folder with a sollist.json: "sollist check" first, then "collect" each system, then "filter", "plan" and "roles".
Exit codes: 0 nothing to do or nothing wrong, 1 problems found, 2 the command could not run, 3 a guard stopped it,
4 there are changes (plan --exit-code, filter --against … --exit-code).`;

/** Runs one command line and gives its exit code. The one border of the command line: nothing is thrown through it. */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const program = new Command('sollist')
    .description('Check, collect, filter and plan identity connectors. No command here writes to a target.')
    .version(typeof SOLLIST_VERSION === 'string' ? SOLLIST_VERSION : 'unbuilt', '-v, --version', 'show the version')
    .exitOverride()
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      outputError: () => undefined,
      getOutHasColors: () => io.colour,
      getErrHasColors: () => io.colour,
    })
    .configureHelp({ helpWidth: 100 })
    .addHelpText('after', closing)
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command');
  for (const add of commands) add(program, io, (code) => (exitCode = code));
  for (const command of program.commands) command.helpOption('-h, --help', 'show this help');
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help that was asked for has ended well; help that was not has been printed, and is answer enough.
      if (error.exitCode === 0) return exitCodes.ok;
      if (error.code !== 'commander.help')
        io.stderr(
          `${plain(
            usageMessage(
              error,
              args,
              new Map(program.commands.map((command) => [command.name(), command.commands.map((part) => part.name())])),
            ),
          )}\n`,
        );
      return exitCodes.couldNotRun;
    }
    return report(error, io);
  }
}

function report(error: unknown, io: Io): number {
  if (error instanceof SollistError) {
    io.stderr(`${plain(error.message)}\n`);
    return error.exitCode;
  }
  // A bug: a stack trace helps nobody at a prompt, but the first line helps whoever mends it. What it says is anybody's guess.
  const secrets = Object.entries(io.env).flatMap(([name, value]) =>
    value !== undefined && /SECRET|PASSWORD|PASSWD|TOKEN|KEY/i.test(name) ? [value] : [],
  );
  const message = createRedactor(secrets).text(error instanceof Error ? error.message : String(error));
  io.stderr(`Sollist failed in a way it should not have: ${plain(message)}. Please report it.\n`);
  return exitCodes.couldNotRun;
}
