import { createRunner } from './create-runner.ts';
import type { CreateScriptRunner } from './script-runner.ts';
import { loadMachines } from './wasm.ts';

/** Loads the interpreter of scripts, once a process. Throws where its file is missing. */
export async function loadScripts(): Promise<CreateScriptRunner> {
  await loadMachines();
  return createRunner;
}
