/** The beginning of a file as it lies on the disk, or the whole text of one that is being edited. */
export type Head =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; /** It is the whole file. */ readonly whole: boolean }
  | { readonly kind: 'text'; readonly text: string };

/** A file of a data folder. A changed file is another record, so that what was made of it can be remembered by it. */
export interface DataFile {
  readonly name: string;
  /** Absent where no table of a system is read from it, or it could not be read. */
  readonly head?: Head;
  /** Why there is no head, for a person. */
  readonly unreadable?: string;
}

/** What is known of a folder that a system reads its tables from. */
export interface DataFolder {
  /** `unknown`: nobody may look into it from here. */
  readonly state: 'read' | 'missing' | 'unreadable' | 'unknown';
  /** Files that may hold a table, by name, in order. */
  readonly files: ReadonlyMap<string, DataFile>;
}

/** Data folders by their path as systems write it; a folder that is not here was not looked at. */
export type DataFolders = ReadonlyMap<string, DataFolder>;

export const noData: DataFolders = new Map();

/** Bytes of a file that are looked at to know its columns. */
export const headSize = 64 * 1024;

/** Where a folder lies, by its path alone: below the workspace, above or beside it, or at an address of its own. */
export function folderPlace(path: string): 'inside' | 'outside' | 'absolute' {
  if (/^(?:[A-Za-z]:)?[\\/]/.test(path) || /^[A-Za-z]:/.test(path)) return 'absolute';
  let depth = 0;
  for (const step of path.split(/[\\/]/)) {
    if (step === '..') depth--;
    else if (step !== '.' && step !== '') depth++;
    if (depth < 0) return 'outside';
  }
  return 'inside';
}
