import type { FilterDocument } from './filter.ts';

/** The filters that one may extend or append, by name. Names are compared without regard to case, as NIM does. */
export interface FilterLibrary {
  find(name: string): { readonly name: string; readonly document: FilterDocument } | undefined;
  readonly names: readonly string[];
  /** What scripts may name beside the tables: libraries and constants of the workspace. */
  readonly scriptGlobals?: readonly string[];
}

/** For text that stands alone. */
export const noLibrary: FilterLibrary = { find: () => undefined, names: [] };
