import { findFunction, functionsElsewhere, type FilterFunction } from '../filter/functions.ts';

/** A function of the language, or one that people look for in it: neither is NIM's. */
export function findFunctionOf(name: string): FilterFunction | string | undefined {
  return findFunction(name) ?? functionsElsewhere.get(name.toLowerCase());
}
