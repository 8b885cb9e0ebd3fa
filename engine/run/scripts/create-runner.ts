import type { ScriptStage } from '../../model/script/script-stage.ts';
import type { Cell } from '../records.ts';
import { limits } from './limits.ts';
import { settleDay } from './script-days.ts';
import type { ScriptedRow, ScriptRunner, ScriptServices } from './script-runner.ts';
import { createScriptVm, type Made, type ScriptVm } from './script-vm.ts';
import { currentMachine } from './wasm.ts';

/** A stretch of rows to work off: `from` row and column, `to` excluded; the script of column `without` has its problem already. */
interface Task {
  readonly from: number;
  readonly to: number;
  readonly column: number;
  readonly without?: number;
}

/** Why a script is not run any more, and from which row of all that were given. */
interface GivenUp {
  readonly after: number;
  readonly why: string;
}

const said = {
  slow: `The script was stopped: it took more than ${limits.row} ms for this row.`,
  memory: `The script was stopped: it needs more than ${limits.memory / 1024 / 1024} MB.`,
  stuck: 'The script was stopped: it is within one call of JavaScript that takes for ever, such as a search in a huge list.',
  fell: 'The script was stopped: it nests too deeply.',
  large: 'The values of this row are too long for a script.',
  nowhere: 'The script was not run: the interpreter of scripts had to be stopped too often. Try again.',
} as const;

/** Makes what runs the scripts of a stage. */
export function createRunner(stage: ScriptStage, services: ScriptServices): ScriptRunner {
  const { columns } = stage;
  const { timeZone } = services;
  const now = services.now ?? Date.now();
  const stops = columns.map(() => 0);
  const givenUp = new Map<number, GivenUp>();
  let vm: ScriptVm | undefined;
  let done = 0;

  const ready = (): ScriptVm | undefined => {
    if (vm && !vm.dead) return vm;
    // One that fell while it was made is not tried with the same code for ever.
    for (let machine = currentMachine(), tries = 0; machine && tries < 2; machine = currentMachine(), tries++) {
      vm = createScriptVm(machine, stage, services, now);
      if (!vm) continue;
      for (const [column, why] of vm.broken) if (!givenUp.has(column)) givenUp.set(column, { after: -1, why });
      return vm;
    }
    return undefined;
  };
  const retire = (): void => {
    vm?.dispose();
    vm = undefined;
  };

  const runBatch = (rows: readonly (readonly Cell[])[]): readonly ScriptedRow[] => {
    const values: Cell[][] = rows.map(() => []);
    const problems = new Map<number, Map<number, string>>();
    const fail = (row: number, column: number, problem: string): void => {
      const known = problems.get(row) ?? new Map<number, string>();
      problems.set(row, known.set(column, problem));
      const cells = values[row];
      if (cells) cells[column] = null;
    };
    const stop = (row: number, column: number, problem: string, forGood: boolean): void => {
      fail(row, column, problem);
      const count = (stops[column] ?? 0) + 1;
      stops[column] = count;
      if (!forGood && count < limits.stops) return;
      const why = forGood ? 'it had to be stopped with the whole interpreter before.' : `it was stopped ${limits.stops} times before.`;
      if (!givenUp.has(column)) givenUp.set(column, { after: done + row, why: `The script was not run: ${why}` });
    };
    const take = (
      { values: made, problems: failed }: Made,
      { from, column: first }: Task,
      until: { readonly row: number; readonly column: number },
    ): void => {
      const count = columns.length;
      const end = (until.row - from) * count + until.column;
      for (let i = first, row = from, column = first; i < end; i++) {
        const cells = values[row];
        if (cells && !problems.get(row)?.has(column)) {
          const settled = settleDay(columns[column]?.type, made[i] ?? null, timeZone);
          if ('problem' in settled) fail(row, column, settled.problem);
          else cells[column] = settled.value;
        }
        if (++column === count) [row, column] = [row + 1, 0];
      }
      for (let i = 0; i < failed.length; i += 3) fail(from + Number(failed[i]), Number(failed[i + 1]), String(failed[i + 2]));
    };

    const tasks: Task[] = [{ from: 0, to: rows.length, column: 0 }];
    for (let task = tasks.pop(); task; task = tasks.pop()) {
      if (task.column >= columns.length) task = { from: task.from + 1, to: task.to, column: 0 };
      const { from, to, column, without } = task;
      if (from >= to) continue;
      const machine = ready();
      if (!machine) {
        for (let row = from; row < to; row++)
          for (let k = row === from ? column : 0; k < columns.length; k++) if (k !== without) fail(row, k, said.nowhere);
        continue;
      }
      const cut = (at: number): Task[] => [
        { from: at, to, column: 0 },
        { from, to: at, column },
      ];
      const text = JSON.stringify(compact(rows, from, to, machine.inputs));
      if (text.length > limits.text && to - from > 1) {
        tasks.push(...cut(from + Math.ceil((to - from) / 2)));
        continue;
      }
      const off = columns.map((_, k) => (k === without || done + from > (givenUp.get(k)?.after ?? Infinity) ? 1 : 0));
      const fresh = machine.fresh;
      if (text.length > limits.longestRow) {
        tasks.push({ from: from + 1, to, column: 0 });
        for (let k = column; k < columns.length; k++) fail(from, k, said.large);
        continue;
      }
      let outcome = machine.start(text, to - from, column, off);
      for (let going = true; going;) {
        const place = machine.place();
        const row = from + place.row;
        const first = place.row === 0 && place.column === column;
        switch (outcome.kind) {
          case 'breath':
            outcome = machine.goOn();
            break;
          case 'unloaded':
            going = false;
            if (!fresh) tasks.push(task);
            else if (to - from > 1) tasks.push(...cut(from + Math.ceil((to - from) / 2)));
            else for (let k = column; k < columns.length; k++) fail(from, k, said.large);
            retire();
            break;
          case 'slow':
            stop(row, place.column, said.slow, false);
            if (givenUp.has(place.column)) machine.leave(place.column);
            outcome = machine.goOn();
            break;
          case 'made':
            going = false;
            if (!outcome.made.full) {
              take(outcome.made, task, { row: to, column: 0 });
              break;
            }
            take(outcome.made, task, { row, column: place.column });
            if (fresh && first) stop(row, place.column, said.memory, false);
            tasks.push({ from: row, to, column: fresh && first ? place.column + 1 : place.column });
            retire();
            break;
          case 'memory':
            going = false;
            // What was made is lost with it: the rows before are made again, and this one alone.
            if (fresh && first) {
              stop(row, place.column, said.memory, false);
              tasks.push({ from: row, to, column: place.column + 1 });
            } else if (row > from) tasks.push(...cut(row));
            else {
              tasks.push(
                { from: row, to, column: place.column },
                ...(place.column > column ? [{ from, to: row + 1, column, without: place.column }] : []),
              );
            }
            retire();
            break;
          case 'lost':
            going = false;
            stop(row, place.column, said[outcome.why], true);
            tasks.push(
              { from: row + 1, to, column: 0 },
              { from: row, to: row + 1, column: row === from ? column : 0, without: place.column },
            );
            if (row > from) tasks.push({ from, to: row, column });
            retire();
            break;
        }
      }
    }
    for (const [column, { after, why }] of givenUp)
      for (let row = Math.max(0, after + 1 - done); row < rows.length; row++) if (!problems.get(row)?.has(column)) fail(row, column, why);
    done += rows.length;
    return values.map((cells, row) => ({ values: cells, problem: sentence(problems.get(row)) }));
  };

  const sentence = (failed: ReadonlyMap<number, string> | undefined): string | null =>
    failed
      ? [...failed]
          .sort(([a], [b]) => a - b)
          .map(([column, problem]) => `${columns[column]?.name ?? ''}: ${problem}`)
          .join(' ')
      : null;

  return {
    run(rows) {
      if (rows.length <= limits.rows) return runBatch(rows);
      const made: ScriptedRow[] = [];
      for (let from = 0; from < rows.length; from += limits.rows) made.push(...runBatch(rows.slice(from, from + limits.rows)));
      return made;
    },
    dispose: retire,
  };
}

/** Only the cells that scripts read, row after row. */
function compact(rows: readonly (readonly Cell[])[], from: number, to: number, inputs: readonly number[]): readonly Cell[] {
  const cells: Cell[] = [];
  for (let i = from; i < to; i++) {
    const row = rows[i] ?? [];
    for (const index of inputs) cells.push(row[index] ?? null);
  }
  return cells;
}
