import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Verdict } from '../figures.ts';
import type { Measured, Task } from './task.ts';

const execute = promisify(execFile);

/**
 * A collection by Sollist and by a hand-written loop, each time in a fresh process with a fresh database. The two sides of a round follow each
 * other at once and take turns in beginning, so that a machine that grows slower meets both; the median of the rounds' ratios counts.
 */
export async function race(input: {
  readonly what: string;
  readonly unit: 'rows' | 'calls';
  readonly task: Omit<Task, 'path'>;
  /** Of the loop's rows or calls a second. */
  readonly least: number;
  readonly rounds: number;
  readonly folder: string;
}): Promise<readonly Verdict[]> {
  const { what, unit, task, rounds, folder } = input;
  const count = task.kind.name === 'pages' ? task.kind.rows : task.kind.parents;
  const ours: Measured[] = [];
  const loop: Measured[] = [];
  const taskOf = (name: string): Task => ({ ...task, path: join(folder, `${task.kind.name}-${name}.db`) });
  console.log(`\n${what}: thousand ${unit} a second, and MB over the idle process`);
  for (let round = 1; round <= rounds; round++) {
    const loopRuns = async (): Promise<number> => loop.push(await measure('loop', taskOf(`loop-${round}`)));
    const oursRuns = async (): Promise<number> => ours.push(await measure('ours', taskOf(`ours-${round}`)));
    for (const run of round % 2 === 0 ? [oursRuns, loopRuns] : [loopRuns, oursRuns]) await run();
    console.log(`  Sollist ${shown(ours.at(-1), count)}   loop ${shown(loop.at(-1), count)}`);
  }
  const [rowsOurs, rowsLoop] = [ours[0]?.rows, loop[0]?.rows];
  if (rowsOurs !== rowsLoop)
    throw new Error(`Sollist has ${String(rowsOurs)} rows and the loop ${String(rowsLoop)}: nothing was compared.`);
  const ratios = ours.map(({ milliseconds }, round) => (loop[round]?.milliseconds ?? NaN) / milliseconds);
  return [
    {
      what: `${what}, as a share of the loop's ${unit} a second`,
      figure: median(ratios),
      unit: 'times',
      budget: input.least,
      atLeast: true,
    },
    { what: `${what}, peak memory over the idle engine`, figure: median(ours.map(({ megabytes }) => megabytes)), unit: 'MB', budget: 100 },
  ];
}

async function measure(side: 'ours' | 'loop', task: Task): Promise<Measured> {
  const subject = join(import.meta.dirname, 'subject.ts');
  // Ours as the editor starts the engine, the loop as anyone would start one by hand.
  const flags = side === 'ours' ? ['--max-semi-space-size=4'] : [];
  const { stdout } = await execute(process.execPath, [...flags, subject, side, JSON.stringify(task)]);
  return JSON.parse(stdout) as Measured;
}

function shown(measured: Measured | undefined, count: number): string {
  if (!measured) return '';
  return `${(count / measured.milliseconds).toFixed(1).padStart(6)} ${measured.megabytes.toFixed(0).padStart(4)} MB`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
