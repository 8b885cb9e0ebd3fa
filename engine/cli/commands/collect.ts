import { runCollection } from '../../run/collect/run-collection.ts';
import { SollistError } from '../../run/error.ts';
import type { TrafficKind } from '../../run/http/recording/choose-traffic.ts';
import type { RunContext } from '../../run/context.ts';
import type { CollectionReport, RunLimits, TableOutcome } from '../../run/records.ts';
import { createTraceKeeper } from '../../run/runs/keep-traces.ts';
import { collectionEnding } from '../../run/runs/outcome-of.ts';
import { kept } from '../../run/runs/record-run.ts';
import { openVault } from '../../run/vault/open-vault.ts';
import { systemToRun, vaultPath } from '../../run/workspace/open-workspace.ts';
import { openFrom, parseCount, repeatable, withCommonOptions, withExamples, type AddCommand, type CommonOptions } from '../command.ts';
import { createContext, secretsOf } from '../context.ts';
import { environmentOf, recordingOf } from '../history.ts';
import { exitCodes, type Io } from '../io.ts';
import { failuresOf, printCollection } from '../output/collection.ts';
import { planCollection } from './collect-plan.ts';
import { printRecording } from '../output/recording.ts';

/** Exchanges that are kept with the run. */
const mostTraces = 200;

interface CollectOptions extends CommonOptions {
  readonly table?: readonly string[];
  readonly limit?: string;
  readonly plan?: boolean;
  readonly connector?: string;
  readonly record?: boolean;
  readonly replay?: boolean;
  readonly resume?: boolean;
  readonly accept?: readonly string[];
}

/** `sollist collect <system>`: runs get operations into the vault. */
export const addCollect: AddCommand = (program, io, done) => {
  const command = program
    .command('collect')
    .argument('[system]', 'a system of the workspace')
    .description('read a system through its API into the vault');
  withCommonOptions(command)
    .option('--table <table>', 'only this table; may be repeated', repeatable)
    .option('--limit <rows>', 'at most so many rows of each table; such a table is never complete')
    .option('--resume', 'go on with the last collection: its tables and limits, without what it brought in before it stopped')
    .option('--accept <table>', 'let this table lose rows beyond its guard, this time; may be repeated', repeatable)
    .option('--record', 'also write what goes over the wire, without secrets, to recordings/<system>')
    .option('--replay', 'answers from recordings/<system>: no network, no secrets')
    .option('--plan', 'only show each first request, and what is assumed; nothing is called, and no secret is needed')
    .option('--connector <file>', 'with --plan: a connector file instead of a system, anywhere on the disk')
    .action(async (name: string | undefined, options: CollectOptions) => {
      if (options.plan === true) {
        done(planCollection(name, options, io));
        return;
      }
      if (options.connector !== undefined)
        throw new SollistError('usage', '--connector only goes with --plan: a collection needs a system.');
      if (name === undefined) throw new SollistError('usage', 'collect needs the name of a system, such as "sollist collect hr".');
      done(await collect(name, options, io));
    });
  withExamples(command, [
    ['sollist collect hr', 'every table of the system hr'],
    ['sollist collect hr --table persons --limit 20', 'a first look'],
    ['sollist collect hr --plan', 'each first request, without calling anything'],
    ['sollist collect --plan --connector Intranet.json', 'the same for a connector without a system'],
    ['sollist collect hr --resume', 'what a cancelled or failed collection left over'],
    ['sollist collect hr --accept persons', 'the source really has far fewer persons now'],
    ['sollist collect hr --record', 'keep the answers, to work offline or in a test'],
    ['sollist collect hr --replay', 'the same vault again, without the system'],
  ]);
};

async function collect(name: string, options: CollectOptions, io: Io): Promise<number> {
  const limits: RunLimits = options.limit === undefined ? {} : { rows: parseCount(options.limit, '--limit') };
  const traffic = trafficOf(options);
  const { table: tables, accept } = options;
  if (options.resume === true && (tables ?? options.limit) !== undefined)
    throw new SollistError(
      'usage',
      '--resume takes the tables and the limit of the collection it goes on with. Leave --table and --limit out.',
    );
  const open = openFrom(options, io);
  const { system } = systemToRun(open, name);
  const path = vaultPath(open);
  const sources = { env: io.env, secrets: traffic === 'replay' ? new Map<string, string>() : await secretsOf(system, io) };
  const context = createContext(io, options);
  const vault = openVault(path);
  try {
    // The first exchanges show how it began; keeping all would slow a large collection down.
    const traces = createTraceKeeper(8 * 1024);
    const traced: RunContext = { ...context, onTrace: traces.add, wantsTrace: () => traces.total < mostTraces };
    const wish = {
      system: name,
      limits,
      traffic,
      ...(tables && { tables }),
      ...(accept && { accept }),
      ...(options.resume === true && { resume: true }),
    };
    const report = await kept(
      { kind: 'collect', subject: name, ...environmentOf(open), limits, inputs: wish },
      recordingOf(open, io, options, sources.secrets),
      () => runCollection(open, wish, sources, vault, traced),
      (made) => ({ report: { ...made, requests: traces.kept() }, source: made.source, ...collectionEnding(made) }),
    );
    context.clearProgress();
    io.stdout(printCollection(report, options.format, io.colour && options.color));
    if (options.format !== 'text') for (const message of failuresOf(report)) io.stderr(`${message}\n`);
    if (report.recording && (options.quiet !== true || report.recording.error)) io.stderr(printRecording(report.recording));
    if (options.quiet !== true && options.format === 'text') io.stderr(nextStep(report, traffic));
    return exitCodeOf(report, tables);
  } finally {
    context.clearProgress();
    vault.close();
  }
}

function trafficOf({ record, replay }: CollectOptions): TrafficKind {
  if (record === true && replay === true)
    throw new SollistError('usage', '--record and --replay exclude each other: a replay has nothing new to record. Leave one of them out.');
  return record === true ? 'record' : replay === true ? 'replay' : 'live';
}

/** What to do next, where that is not plain from what was said: after Ctrl+C, and where there was nothing to go on with. */
function nextStep({ system, tables }: CollectionReport, traffic: TrafficKind): string {
  const again = `sollist collect ${system}`;
  if (tables.some(({ state }) => state === 'cancelled') && traffic === 'live')
    return `Go on with "${again} --resume", or begin anew with "${again}".\n`;
  if (tables.length > 0 && tables.every(({ earlier }) => earlier === true))
    return `Nothing was left over: the last collection of ${system} brought in all its tables. "${again}" reads them anew.\n`;
  return '';
}

/**
 * A table that stayed as it was is a failure, or a guard's doing and what rests on that; one that is not proven complete is a problem, unless that
 * was asked for.
 */
function exitCodeOf({ tables, limits, recording }: CollectionReport, asked: readonly string[] | undefined): number {
  if (recording?.state === 'not-saved') return exitCodes.couldNotRun;
  if (tables.some(({ state }) => state === 'failed' || state === 'cancelled')) return exitCodes.couldNotRun;
  if (tables.some(({ state }) => state === 'held-back')) return exitCodes.guard;
  if (tables.some(({ state }) => state !== 'collected')) return exitCodes.couldNotRun;
  // That NIM keeps tables of its own is no trouble of a collection, unless it is one of these that was wanted.
  const isWanting = ({ table, evidence }: TableOutcome): boolean =>
    evidence?.complete !== true && (evidence?.withoutFile !== true || asked?.includes(table) === true);
  return limits.rows === undefined && tables.some(isWanting) ? exitCodes.problems : exitCodes.ok;
}
