import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SollistError } from '../../error.ts';
import { listFiles } from './files.ts';
import { countExchanges, recordingPath } from './form.ts';
import { parseManifest } from './read-recording.ts';

/** One recording of a workspace. */
export interface RecordingDescription {
  readonly system: string;
  /** Relative to the workspace. */
  readonly path: string;
  readonly exchanges: number;
  readonly tables: readonly string[];
  /** When a file of it changed last. Milliseconds since 1970. */
  readonly changedAt: number;
  /** Why it cannot be replayed, and what to do. */
  readonly problem?: string;
}

/** The recordings of a workspace, by name. */
export function describeRecordings(folder: string): readonly RecordingDescription[] {
  const parent = join(folder, 'recordings');
  if (lstatSync(parent, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => describe(folder, name))
    .sort((a, b) => (a.system < b.system ? -1 : 1));
}

function describe(folder: string, system: string): RecordingDescription {
  const path = recordingPath(system);
  const none = { system, path, exchanges: 0, tables: [], changedAt: 0 };
  try {
    const manifest = parseManifest(folder, system);
    const changed = listFiles(folder, system).map(
      ({ name }) => lstatSync(join(folder, path, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
    );
    return {
      system,
      path,
      exchanges: countExchanges(manifest),
      tables: manifest.tables,
      changedAt: changed.reduce((a, b) => Math.max(a, b), 0),
    };
  } catch (error) {
    if (error instanceof SollistError) return { ...none, problem: error.message };
    throw error;
  }
}
