import type { Refused } from '../../model/new-connector/new-connector.ts';
import type { ExportNote } from '../../model/nim/export-workspace.ts';
import type { GivenNim, ImportMade } from '../../model/nim/import-given.ts';
import type { RunInput } from './run.ts';

export { importLimits, type ImportLimits } from '../../model/nim/limits.ts';

export interface ExportNimParameters extends RunInput {
  /** Only this filter, as NIM's configuration folder holds it. */
  readonly filter?: string;
}

export interface NimExported {
  /** Absent where the notes hold an error: something cannot be said in NIM. */
  readonly text?: string;
  readonly notes: readonly ExportNote[];
  /** Filters that go out as NIM gave them, and those made from their text. */
  readonly kept: number;
  readonly made: number;
}

/** Makes the files of a workspace of what NIM exported: `sollist/importNim`. Nothing is written, and no host is contacted. */
export type ImportNimParameters = GivenNim;

/** The files, or a sentence that says why there are none and what to do. */
export type ImportNimResult = ImportMade | Refused;

export const importNimMethod = 'sollist/importNim';
