import { readFileSync } from 'node:fs';
import { boundHeap } from '../../../engine/run/bounded-heap.ts';
import type { Task, Measured } from './task.ts';

/* One collection in a process of its own, so that its memory can be told: `subject.ts ours|loop TASK`. Prints what was measured. */

const [, , side, text = ''] = process.argv;
const task = JSON.parse(text) as Task;
const run = side === 'ours' ? await prepareSollist() : (await import('./loop.ts')).collectWithLoop(task);
globalThis.gc?.();
const idle = process.memoryUsage().rss;
const startedAt = performance.now();
const rows = await run();
const measured: Measured = { milliseconds: performance.now() - startedAt, rows, megabytes: (peak() - idle) / (1024 * 1024) };
console.log(JSON.stringify(measured));

/** As the engine's process begins: the heap is bounded before anything large is loaded. */
async function prepareSollist(): Promise<() => Promise<number>> {
  boundHeap();
  return (await import('./sollist.ts')).collectWithSollist(task);
}

/** The most memory the process ever had, in bytes. Linux only. */
function peak(): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}
