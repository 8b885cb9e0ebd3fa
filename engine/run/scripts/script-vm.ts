import { createContext, Script } from 'node:vm';
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten-core';
import type { ScriptStage } from '../../model/script/script-stage.ts';
import { limits } from './limits.ts';
import { localTimeServices } from './local-time.ts';
import { sandboxCode } from './sandbox-code.ts';
import type { ScriptServices } from './script-runner.ts';
import { defineServices } from './services.ts';
import { makeStageCode, type StageCode } from './stage-code.ts';
import { startWatch, type Watch } from './watch.ts';
import { bury, type Machine } from './wasm.ts';

/** What scripts made of the rows that were loaded, as far as they got: values row by row, and `[row, column, problem]` one after the other. */
export interface Made {
  /** Memory ran out at `place`; nothing was made from there on. */
  readonly full: boolean;
  readonly values: readonly (string | number | null)[];
  readonly problems: readonly (string | number)[];
}

/** How a call ended: `slow` in a script that takes too long for its row; `unloaded`: memory does not suffice for the rows; `lost` where nothing that was made can be had any more. */
export type Outcome =
  | { readonly kind: 'made'; readonly made: Made }
  | { readonly kind: 'breath' | 'slow' | 'memory' | 'unloaded' }
  | { readonly kind: 'lost'; readonly why: 'stuck' | 'fell' };

/** One interpreter with the scripts of a stage; it has no memory of rows that were worked off. */
export interface ScriptVm {
  /** Places of the cells that a row must hold, in that order. */
  readonly inputs: readonly number[];
  /** What is wrong with the code of a column, by its place; it is not run. */
  readonly broken: ReadonlyMap<number, string>;
  /** Whether nothing was run in it yet. */
  fresh: boolean;
  /** Works off rows (JSON, one array of all cells), the first one from a column on; scripts with a 1 in `off` are not run. */
  start(cells: string, rows: number, column: number, off: readonly number[]): Outcome;
  /** Goes on after `breath`, or after `slow` behind the script that was stopped, whose value is null. */
  goOn(): Outcome;
  /** Runs the script of a column no more. */
  leave(column: number): void;
  /** Where work stands: a row of those loaded, and a column. */
  place(): { readonly row: number; readonly column: number };
  readonly dead: boolean;
  dispose(): void;
}

const guarded = new Script('call()');
const guardedContext = createContext({ call: undefined as unknown });

/** Calls what might not come back. Throws where it was stopped. */
function withinTime<Value>(call: () => Value): Value {
  guardedContext['call'] = call;
  try {
    return guarded.runInContext(guardedContext, { timeout: limits.stuck }) as Value;
  } finally {
    guardedContext['call'] = undefined;
  }
}

/** Makes an interpreter for a stage; undefined where the machine fell over it. */
export function createScriptVm(machine: Machine, stage: ScriptStage, services: ScriptServices, now: number): ScriptVm | undefined {
  const code = makeStageCode(stage);
  try {
    return withinTime(() => setUp(machine, code, stage, services, now));
  } catch {
    bury(machine);
    return undefined;
  }
}

function setUp(machine: Machine, code: StageCode, stage: ScriptStage, world: ScriptServices, now: number): ScriptVm {
  const runtime = machine.module.newRuntime();
  runtime.setMemoryLimit(limits.memory);
  runtime.setMaxStackSize(limits.stack);
  const context = runtime.newContext();
  const kept: QuickJSHandle[] = [];
  const keep = (handle: QuickJSHandle): QuickJSHandle => {
    kept.push(handle);
    return handle;
  };
  const services = localTimeServices(context, world.timeZone).map(keep);
  const kit = keep(call(context, keep(evaluate(context, sandboxCode)), context.newNumber(now), ...services));
  const watch = startWatch(machine.module, (mark) => method(context, kit, 'mark', mark));
  runtime.setInterruptHandler(() => watch.late());
  method(context, kit, 'builtIns');
  defineServices(context, kit, world, watch);
  method(context, kit, 'seal');
  const broken = new Map<number, string>();
  const functions = code.scripts.map((script, k) => {
    watch.begin('library');
    const result = context.evalCode(script.code, 'script');
    watch.end();
    if (!result.error) return keep(result.value);
    const { message } = errorOf(context, result.error);
    broken.set(k, `The script does not compile: ${message}`);
    return context.undefined;
  });
  const freeze = keep(evaluate(context, '(function (f) { if (f) { Object.freeze(f); Object.freeze(f.prototype); } })'));
  for (const script of functions) call(context, freeze, script).dispose();
  const loop = keep(call(context, keep(evaluate(context, code.code)), kit, ...functions));
  return vmOf({ machine, runtime, context, kept, watch, loop, broken, inputs: code.inputs, columns: stage.columns.length });
}

interface Parts {
  readonly machine: Machine;
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
  readonly kept: readonly QuickJSHandle[];
  readonly watch: Watch;
  readonly loop: QuickJSHandle;
  readonly broken: ReadonlyMap<number, string>;
  readonly inputs: readonly number[];
  readonly columns: number;
}

function vmOf({ machine, runtime, context, kept, watch, loop, broken, inputs }: Parts): ScriptVm {
  const [loadRows, goOn, skipOne, leaveOut] = ['load', 'go', 'skip', 'leave'].map((name) => context.getProp(loop, name));
  if (!loadRows || !goOn || !skipOne || !leaveOut) throw new Error('The loop of a stage lacks a part.');
  const handles = [loadRows, goOn, skipOne, leaveOut, ...[...kept].reverse()];
  const enter = (work: () => Outcome): Outcome => {
    try {
      return withinTime(work);
    } catch (error) {
      bury(machine);
      // The error may be of the other context's making.
      const stuck = (error as { readonly code?: unknown } | undefined)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
      return { kind: 'lost', why: stuck ? 'stuck' : 'fell' };
    }
  };
  let stopped = false;
  const outcomeOf = (error: QuickJSHandle): Outcome => {
    const { name, message } = errorOf(context, error);
    if (name === 'InternalError' && message.includes('interrupted')) {
      stopped = watch.why() === 'slow';
      return { kind: watch.why() };
    }
    return { kind: 'memory' };
  };
  const run = (): Outcome => {
    watch.begin('row');
    const result = context.callFunction(goOn, loop);
    watch.end();
    if (result.error) return outcomeOf(result.error);
    const text = context.getString(result.value);
    result.value.dispose();
    const [full, values, problems] = JSON.parse(text) as [number, Made['values'], Made['problems']];
    return { kind: 'made', made: { full: full === 1, values, problems } };
  };
  const tell = (target: QuickJSHandle, ...values: readonly QuickJSHandle[]): boolean => {
    const result = context.callFunction(target, loop, ...values);
    for (const handle of [...values, result.error ?? result.value]) handle.dispose();
    return !result.error;
  };
  return {
    inputs,
    broken,
    fresh: true,
    start(cells, rows, column, off) {
      this.fresh = false;
      stopped = false;
      return enter(() =>
        tell(loadRows, context.newString(`[${cells},${rows},${column},${JSON.stringify(off)}]`)) ? run() : { kind: 'unloaded' },
      );
    },
    goOn() {
      const skips = stopped;
      return enter(() => {
        if (skips) tell(skipOne);
        return run();
      });
    },
    leave(column) {
      enter(() => ({ kind: tell(leaveOut, context.newNumber(column)) ? 'breath' : 'memory' }));
    },
    place: () => watch.place(),
    get dead() {
      return machine.dead;
    },
    dispose() {
      if (machine.dead) return;
      enter(() => {
        for (const handle of handles) handle.dispose();
        context.dispose();
        runtime.dispose();
        return { kind: 'breath' };
      });
    },
  };
}

/** Evaluates code of ours. Throws where it fails. */
function evaluate(context: QuickJSContext, code: string): QuickJSHandle {
  return context.unwrapResult(context.evalCode(code, 'sandbox'));
}

function call(context: QuickJSContext, target: QuickJSHandle, ...values: readonly QuickJSHandle[]): QuickJSHandle {
  return context.unwrapResult(context.callFunction(target, context.undefined, ...values));
}

function method(context: QuickJSContext, owner: QuickJSHandle, name: string, numbers: readonly number[] = []): void {
  context
    .getProp(owner, name)
    .consume((target) =>
      context.unwrapResult(context.callFunction(target, owner, ...numbers.map((number) => context.newNumber(number)))).dispose(),
    );
}

/** Name and message of an error that came out of the interpreter, which is let go. */
export function errorOf(context: QuickJSContext, error: QuickJSHandle): { readonly name: string; readonly message: string } {
  const shown: unknown = context.dump(error);
  error.dispose();
  const { name, message } = (typeof shown === 'object' && shown !== null ? shown : {}) as {
    readonly name?: unknown;
    readonly message?: unknown;
  };
  return { name: typeof name === 'string' ? name : '', message: typeof message === 'string' ? message : '' };
}
