import type { RehearsalReport } from '../../run/rehearsal-report.ts';
import { faults } from '../../run/rehearse/faults.ts';
import { rehearse } from '../../run/rehearse/rehearse.ts';
import { rehearsalEnding } from '../../run/runs/outcome-of.ts';
import { kept } from '../../run/runs/record-run.ts';
import { todayIn } from '../../run/workspace/time-zone.ts';
import { systemToRun, vaultPath } from '../../run/workspace/open-workspace.ts';
import { openFrom, parseCount, repeatable, withCommonOptions, withExamples, type AddCommand, type CommonOptions } from '../command.ts';
import { createContext } from '../context.ts';
import { environmentOf, recordingOf } from '../history.ts';
import { exitCodes, type Io } from '../io.ts';
import { printRehearsal } from '../output/rehearsal.ts';

interface RehearseOptions extends CommonOptions {
  readonly fault?: readonly string[];
  readonly seed?: string;
}

/** `sollist rehearse <system>`: what would become of data and plans if the system failed. */
export const addRehearse: AddCommand = (program, io, done) => {
  const width = Math.max(...faults.map(({ id }) => id.length));
  const command = program
    .command('rehearse')
    .argument('<system>', 'a system with a recording')
    .description('replay a recording with faults in it, and say what would become of data and plans; nothing is sent')
    .addHelpText('after', `\nFaults:\n${faults.map(({ id, title }) => `  ${id.padEnd(width)}  ${title}`).join('\n')}`);
  withCommonOptions(command)
    .option('--fault <fault>', 'only this fault; may be repeated', repeatable)
    .option('--seed <number>', 'where faults strike: the same number gives the same places (default: 1)')
    .action(async (name: string, options: RehearseOptions) => done(await run(name, options, io)));
  withExamples(command, [
    ['sollist collect hr --record', 'make the recording first'],
    ['sollist rehearse hr', 'every fault'],
    ['sollist rehearse hr --fault empty-source --fault page-fails', 'two of them'],
    ['sollist rehearse hr --seed 7', 'at other places'],
  ]);
};

async function run(name: string, options: RehearseOptions, io: Io): Promise<number> {
  const seed = options.seed === undefined ? 1 : parseCount(options.seed, '--seed');
  const open = openFrom(options, io);
  systemToRun(open, name);
  const context = createContext(io, options);
  let report: RehearsalReport;
  try {
    const faultsWished = options.fault && { faults: options.fault };
    report = await kept(
      { kind: 'rehearsal', subject: name, ...environmentOf(open), inputs: { system: name, seed, ...faultsWished } },
      recordingOf(open, io, options),
      () =>
        rehearse(
          open,
          { system: name, seed, vault: vaultPath(open), today: todayIn(open), ...faultsWished },
          { env: io.env, secrets: new Map() },
          context,
        ),
      (made) => ({ report: made, source: { kind: 'replay', recording: made.recording }, ...rehearsalEnding(made) }),
    );
  } finally {
    context.clearProgress();
  }
  io.stdout(printRehearsal(report, options.format, io.colour && options.color));
  const unsafe = report.faults.filter(({ safe }) => !safe).length;
  if (options.format === 'text' && options.quiet !== true) io.stderr('Nothing was sent, and the vault is as it was.\n');
  return unsafe > 0 ? exitCodes.problems : exitCodes.ok;
}
