import { Command, CommanderError } from 'commander';
import { SollistError } from '../run/error.ts';
import { addCheck } from './commands/check.ts';
import { addCollect } from './commands/collect.ts';
import { addDemo } from './commands/demo.ts';
import { addFilter } from './commands/filter.ts';
import { addPlan } from './commands/plan.ts';
import { addRoles } from './commands/roles.ts';
import { exitCodes, type Io } from './io.ts';
import type { AddCommand } from './command.ts';

/** Every command, in the order of the chain. */
const commands: readonly AddCommand[] = [addCheck, addCollect, addFilter, addPlan, addRoles, addDemo];

/** Runs one command line and gives its exit code. The one border of the command line: nothing is thrown through it. */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const program = new Command('sollist')
    .description('Check, collect, filter and plan identity connectors. No command here writes to a target.')
    .exitOverride()
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr, getOutHasColors: () => io.colour, getErrHasColors: () => io.colour })
    .showHelpAfterError('Run it with --help to see what it takes.')
    .helpCommand(true);
  for (const add of commands) add(program, io, (code) => (exitCode = code));
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error, io);
  }
}

function report(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.couldNotRun;
  if (error instanceof SollistError) {
    io.stderr(`${error.message}\n`);
    return error.exitCode;
  }
  // A bug: a stack trace helps nobody at a prompt, but the first line helps whoever mends it.
  io.stderr(`Sollist failed in a way it should not have: ${error instanceof Error ? error.message : String(error)}\nPlease report it. Nothing was changed.\n`);
  return exitCodes.couldNotRun;
}
