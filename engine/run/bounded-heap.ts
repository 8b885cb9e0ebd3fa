import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the heap of the engine's process near what it holds. By itself V8 lets it grow to several times that before it looks for what can go,
 * which a collection of a million rows would use up to no good. Called first thing by whoever makes such a process; a V8 that does not know
 * the flag says so and goes on.
 */
export function boundHeap(): void {
  setFlagsFromString('--heap-growing-percent=20');
}
