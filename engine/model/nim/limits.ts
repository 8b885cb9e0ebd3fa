/** How much is read of what is to be imported from NIM. */
export interface ImportLimits {
  /** Of a file; of a folder, all files together. */
  readonly bytes: number;
  /** JSON files. */
  readonly files: number;
  /** Files and folders of any kind. */
  readonly entries: number;
  /** Folders within one another. */
  readonly depth: number;
}

/**
 * Larger than any export that was seen by two orders of magnitude; NIM's own folder has some thousands of files, one folder deep. Whoever names a
 * whole disk is told so before it has been walked through.
 */
export const importLimits: ImportLimits = { bytes: 256 * 1024 * 1024, files: 20_000, entries: 50_000, depth: 8 };
