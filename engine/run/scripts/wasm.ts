import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSWASMModule } from 'quickjs-emscripten-core';

/** Set where everything is bundled: the file beside the bundle. */
declare const SOLLIST_QUICKJS: string | undefined;

/** The part of the platform's WebAssembly that is used; its types come with a browser's only. */
interface Platform {
  readonly WebAssembly: { compile(bytes: Uint8Array): Promise<CompiledCode> };
}
type CompiledCode = object;

/** One instance of the interpreter: a memory of its own, which is lost as a whole when its code is stopped from outside. */
export interface Machine {
  readonly module: QuickJSWASMModule;
  /** Its code was stopped within, or fell: nothing of it may be used any more. */
  dead: boolean;
}

/** Machines that are kept ready: they cannot be made while a query waits. */
const inReserve = 2;

const ready: Machine[] = [];
let code: Promise<CompiledCode> | undefined;

/** Loads the interpreter, once a process. Throws where its file is missing. */
export async function loadMachines(): Promise<void> {
  while (ready.length < 1 + inReserve) ready.push(await makeMachine());
}

/** The machine to work with; undefined where all were lost and none is made again yet. */
export function currentMachine(): Machine | undefined {
  return ready[0];
}

/** Takes a machine out of use, and has another made. */
export function bury(machine: Machine): void {
  machine.dead = true;
  const at = ready.indexOf(machine);
  if (at < 0) return;
  ready.splice(at, 1);
  // What was loaded once loads again; a failure shows where no machine is left.
  void loadMachines().catch(() => undefined);
}

async function makeMachine(): Promise<Machine> {
  code ??= readFile(wasmFile()).then((bytes) => (globalThis as unknown as Platform).WebAssembly.compile(bytes));
  const wasmModule = await code;
  const { default: variant } = await import('@jitl/quickjs-ng-wasmfile-release-sync');
  return { module: await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmModule })), dead: false };
}

function wasmFile(): string {
  if (typeof SOLLIST_QUICKJS === 'string') return join(__dirname, SOLLIST_QUICKJS);
  return createRequire(import.meta.url).resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm');
}
