import type { LibraryMember } from '../script/library-members.ts';
import type { FilterDocument } from './filter.ts';

/** The filters that one may extend or append, by name. Names are compared without regard to case, as NIM does. */
export interface FilterLibrary {
  /** `path`: its file, relative to the workspace; absent where it is in none. */
  find(name: string): { readonly name: string; readonly document: FilterDocument; readonly path?: string } | undefined;
  readonly names: readonly string[];
  /** What scripts may name beside the tables: libraries and constants of the workspace. */
  readonly scriptGlobals?: readonly string[];
  /** What stands behind the dot of a library; none for what is no library. */
  scriptMembers?(name: string): readonly LibraryMember[];
}

/** For text that stands alone. */
export const noLibrary: FilterLibrary = { find: () => undefined, names: [] };
