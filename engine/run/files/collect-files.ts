import { tablesOf } from '../../model/files/choose-file.ts';
import { folderPlace, type DataFolders } from '../../model/files/data-folder.ts';
import type { FilesSource } from '../../model/files/source.ts';
import type { System } from '../../model/system/system.ts';
import { didYouMean } from '../../model/text/nearest.ts';
import type { Settling } from '../collect/bring-in.ts';
import type { RunContext } from '../context.ts';
import { SollistError } from '../error.ts';
import type { CollectionReport, RunLimits, TableOutcome } from '../records.ts';
import type { Vault } from '../vault/vault.ts';
import { collectFile } from './collect-file.ts';
import { openFolder, type OpenFolder } from './open-file.ts';

/** What the collection of a folder of files needs. */
export interface FilesInput {
  readonly system: System;
  readonly source: FilesSource;
  /** The workspace's folder. */
  readonly root: string;
  /** What the workspace knows of its data, with the texts of unsaved editors. */
  readonly data: DataFolders;
  readonly vault: Vault;
  /** Tables to collect; all the system lists, if absent. */
  readonly tables?: readonly string[];
  readonly limits?: RunLimits;
  readonly settling?: Settling;
}

/**
 * Collects tables of a system of files into the vault, as `collectSystem` does with an API: each table is swapped in whole, or stays as it was.
 * Throws `unknown-table` for one that was asked for and is not there, and `file-broken` for a folder that leads out of the workspace.
 */
export async function collectFiles(input: FilesInput, run: RunContext): Promise<CollectionReport> {
  const { system, source, root, data, vault, limits = {}, settling } = input;
  const startedAt = run.clock.now();
  if (folderPlace(source.folder.text) === 'outside') {
    throw new SollistError(
      'file-broken',
      `systems/${system.name}.json must be mended first: "${source.folder.text}" leads out of the workspace.`,
    );
  }
  const wanted = [...new Set(input.tables ?? system.tables.map(({ name }) => name.text))];
  const folder = orError(() => openFolder(root, source, data));
  if (!(folder instanceof SollistError) && input.tables) refuseUnknown(wanted, folder, system);
  const outcomes: TableOutcome[] = [];
  const aborted = (): boolean => run.signal.aborted;
  for (const table of wanted) {
    const outcome = async (): Promise<readonly TableOutcome[]> => {
      if (aborted()) return [{ system: system.name, table, state: 'not-reached' }];
      try {
        if (folder instanceof SollistError) throw folder;
        return await collectFile(table, { system, folder, vault, limits, run, ...(settling && { settling }) });
      } catch (error) {
        if (aborted()) return [{ system: system.name, table, state: 'cancelled' }];
        if (!(error instanceof SollistError)) throw error;
        const { code, message, subject } = error;
        return [{ system: system.name, table, state: 'failed', error: { code, message, ...(subject !== undefined && { subject }) } }];
      }
    };
    outcomes.push(...(await outcome()));
  }
  const endedAt = run.clock.now();
  return {
    system: system.name,
    startedAt,
    endedAt,
    limits,
    source: { kind: 'files', folder: source.folder.text },
    tables: outcomes.map((outcome) => noted(vault, outcome, endedAt)),
  };
}

function orError<Value>(work: () => Value): Value | SollistError {
  try {
    return work();
  } catch (error) {
    if (error instanceof SollistError) return error;
    throw error;
  }
}

/** A table that was asked for by name and is neither listed nor in the folder is a slip of the pen. */
function refuseUnknown(wanted: readonly string[], { source, names }: OpenFolder, system: System): void {
  const known = [...new Set([...system.tables.map(({ name }) => name.text), ...tablesOf(source, names)])];
  const unknown = wanted.find((table) => !known.includes(table));
  if (unknown === undefined) return;
  const message = `${system.name}: the folder ${source.folder.text} has no file for a table "${unknown}".${didYouMean(unknown, known)}`;
  throw new SollistError('unknown-table', message, { subject: unknown });
}

/** What is in the vault is older than an attempt that did not succeed: no delete may rest on it. */
function noted(vault: Vault, outcome: TableOutcome, at: number): TableOutcome {
  const { system, table, state, error } = outcome;
  // What was held back was noted with it.
  if (state === 'collected' || state === 'held-back') return outcome;
  try {
    vault.noteAttempt(system, table, { state, at, ...(error && { message: error.message }) });
    return outcome;
  } catch (failure) {
    if (!(failure instanceof SollistError)) throw failure;
    const message = `${error ? `${error.message} ` : ''}The vault could not note that (${failure.code}): collect ${table} again before planning.`;
    return { ...outcome, error: { code: failure.code, ...error, message } };
  }
}
