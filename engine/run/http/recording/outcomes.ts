import { SollistError } from '../../error.ts';
import type { CollectionReport } from '../../records.ts';
import { codeOf, listFiles } from './files.ts';
import { manifestName, type RecordingManifest } from './form.ts';
import { parseManifest } from './read-recording.ts';

/** Runs `work`, and says what the file system refuses as a failure of the recording. */
export function writing<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof SollistError || !(error instanceof Error && 'code' in error)) throw error;
    throw new SollistError(
      'recording-unwritable',
      `${path} cannot be written (${codeOf(error)}), so nothing of this recording is kept. Check the folder, its rights and the disk.`,
      { subject: path, cause: error },
    );
  }
}

/** Half a recording is none. */
export function notWhole(path: string, tables: readonly string[]): SollistError {
  return new SollistError(
    'recording-incomplete',
    `${path} is as it was: ${tables.join(', ')} could not be collected, and half a recording would replay as a fault. Mend that and record again, or leave the table out with --table.`,
    { subject: path },
  );
}

/** `place` is a file and about where in it. */
export function holdsSecret(path: string, place: string): SollistError {
  return new SollistError(
    'recording-holds-secret',
    `${path} is as it was: a secret of the connection would stand in it where it cannot be masked (${place}). Leave that value out of what is asked for; or, if the secret is an everyday word, change it.`,
    { subject: place },
  );
}

/** `found`: names that look like those of secrets, by operation. */
export function suspicionNotes(found: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([operation, names]) => {
      const [their, are] = names.size === 1 ? ['its name', 'is'] : ['their names', 'are'];
      const list = [...names].sort().slice(0, 10).join(', ');
      return `${operation}: ${list} may hold secrets by ${their}, and ${are} recorded as sent. Look at the files before you share them.`;
    });
}

/** Tables that the recording before had and this one has not: it was of fewer tables. */
export function lostTables(folder: string, system: string, report: CollectionReport): readonly string[] {
  if (!listFiles(folder, system).some(({ name }) => name === manifestName)) return [];
  let before: RecordingManifest;
  try {
    before = parseManifest(folder, system);
  } catch (error) {
    if (error instanceof SollistError) return [];
    throw error;
  }
  const gone = before.tables.filter((name) => !report.tables.some(({ table }) => table === name));
  return gone.length === 0
    ? []
    : [`The recording before this one also had ${gone.join(', ')}; this one has not, because it was not asked for.`];
}
