import { performance } from 'node:perf_hooks';
import type { QuickJSWASMModule } from 'quickjs-emscripten-core';
import { limits } from './limits.ts';

/** Knows where the interpreter is and how long it has been there. */
export interface Watch {
  /** Whether what runs is to be stopped; the interpreter asks every now and then. */
  late(): boolean;
  begin(what: 'row' | 'library'): void;
  end(): void;
  /** Why it was stopped last. */
  why(): 'slow' | 'breath';
  place(): { readonly row: number; readonly column: number };
}

let marks = 0;

/**
 * Watches the loop of a stage, which writes row and column into an Int32Array of the interpreter: that memory can be read whatever becomes
 * of its code. `mark` writes four numbers behind them, by which the place is found, since the interpreter does not tell it.
 */
export function startWatch(module: QuickJSWASMModule, mark: (numbers: readonly number[]) => void): Watch {
  const memory = module.getWasmMemory() as { readonly buffer: ArrayBuffer };
  const numbers = [0x50115700, ++marks, ~marks, 0x00751105];
  mark(numbers);
  const address = Buffer.from(memory.buffer).indexOf(Buffer.from(Int32Array.from(numbers).buffer)) - 3 * Int32Array.BYTES_PER_ELEMENT;
  let view = new Int32Array(memory.buffer, address, 3);
  const look = (): Int32Array => {
    // A memory that grew is another buffer.
    if (view.buffer !== memory.buffer) view = new Int32Array(memory.buffer, address, 3);
    return view;
  };
  let work: 'row' | 'library' | undefined;
  let begun = 0;
  let row = -1;
  let column = -1;
  let since = 0;
  let used = 0;
  let reason: 'slow' | 'breath' = 'slow';
  return {
    late() {
      if (!work) return false;
      const now = performance.now();
      const at = look();
      if (work === 'row' && (at[0] !== row || at[1] !== column)) {
        row = at[0] ?? 0;
        column = at[1] ?? 0;
        since = now;
        used = processorTime();
      }
      // A machine that has other things to do does not make a script slow.
      if (now - since > limits[work] && processorTime() - used > limits[work]) {
        reason = 'slow';
        return true;
      }
      if (work === 'library' || now - begun < limits.breath) return false;
      reason = 'breath';
      return true;
    },
    begin(what) {
      work = what;
      row = -1;
      begun = performance.now();
      since = begun;
      used = processorTime();
    },
    end() {
      work = undefined;
    },
    why: () => reason,
    place() {
      const at = look();
      return { row: at[0] ?? 0, column: at[1] ?? 0 };
    },
  };
}

/** Time that this thread has computed, where the platform tells it, else the process. Milliseconds. */
function processorTime(): number {
  // Younger than the oldest Node that is supported.
  const { threadCpuUsage = process.cpuUsage } = process as Partial<Pick<typeof process, 'threadCpuUsage'>>;
  const { user, system } = threadCpuUsage.call(process);
  return (user + system) / 1000;
}
