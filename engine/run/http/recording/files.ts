import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
  type Dirent,
} from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { SollistError } from '../../error.ts';
import { processLives } from '../../process-lives.ts';
import { manifestName, recordingPath } from './form.ts';

/** Bytes of one file of a recording: the largest body an answer may have, written in the least compact way. */
export const largestFile = 256 * 1024 * 1024;

/** What is wrong with a recording as it lies there, and what to do. */
export function broken(path: string, why: string, cause?: unknown): SollistError {
  return new SollistError('recording-broken', `${path} ${why}. Record it again with --record, or mend the file.`, { subject: path, cause });
}

/** Reads a file of a recording as text: a plain file, no link, of bounded size. Undefined where there is none. */
export function readPlain(folder: string, path: string, largest: number = largestFile): string | undefined {
  try {
    const stat = lstatSync(join(folder, path), { throwIfNoEntry: false });
    if (!stat) return undefined;
    if (!stat.isFile()) throw broken(path, 'is no plain file, and links are not followed');
    if (stat.size > largest) throw broken(path, `is ${Math.ceil(stat.size / 1024 / 1024)} MB, more than an answer can be`);
    return readFileSync(join(folder, path), 'utf8');
  } catch (error) {
    if (error instanceof SollistError) throw error;
    throw broken(path, `cannot be read (${codeOf(error)})`, error);
  }
}

/** The names of the files of a recording, in order; none where there is no such folder. */
export function listFiles(folder: string, system: string): readonly Dirent[] {
  const path = recordingPath(system);
  for (const part of ['recordings', path]) {
    const stat = lstatSync(join(folder, part), { throwIfNoEntry: false });
    if (!stat) return [];
    if (!stat.isDirectory()) throw broken(part, 'is no plain folder, and links are not followed');
  }
  try {
    return readdirSync(join(folder, path), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw broken(path, `cannot be read (${codeOf(error)})`, error);
  }
}

/** A folder beside a recording that becomes the recording, or nothing. */
export interface Draft {
  /** Relative to the workspace. */
  readonly path: string;
  read(name: string): string | undefined;
  write(name: string, text: string): void;
  names(): readonly string[];
  /** Takes the recording's place; false where it is the same byte by byte. What else lay in the old folder moves along. */
  swap(): boolean;
  discard(): void;
}

/**
 * Begins a recording. Until it is swapped in the old one is as it was; git does not see the draft, and one whose process ended is taken away
 * by the next. Throws `recording-broken` where something else lies in its place.
 */
export function beginDraft(folder: string, system: string): Draft {
  const final = recordingPath(system);
  mendSwaps(folder, system);
  const before = listFiles(folder, system);
  if (before.some(({ name }) => name.endsWith('.json')) && !before.some(({ name }) => name === manifestName)) {
    throw new SollistError(
      'recording-broken',
      `${final} holds files but no ${manifestName}, so it may be something else than a recording. Move it aside and record again.`,
      { subject: final },
    );
  }
  const path = `recordings/.${system}.new-${process.pid}-${randomUUID().slice(0, 8)}`;
  const at = join(folder, path);
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, '.gitignore'), '*\n');
  const names = new Set<string>();

  return {
    path,
    read: (name) => (names.has(name) ? readFileSync(join(at, name), 'utf8') : undefined),
    write(name, text) {
      names.add(name);
      writeFileSync(join(at, name), text);
    },
    names: () => [...names].sort(),
    swap() {
      rmSync(join(at, '.gitignore'));
      const old = listFiles(folder, system);
      if (isSame(folder, final, old, path, names)) {
        rmSync(at, { recursive: true });
        return false;
      }
      const aside = `recordings/.${system}.old-${process.pid}-${randomUUID().slice(0, 8)}`;
      const wasThere = old.length > 0 || lstatSync(join(folder, final), { throwIfNoEntry: false }) !== undefined;
      if (wasThere) renameSync(join(folder, final), join(folder, aside));
      try {
        renameSync(at, join(folder, final));
      } catch (error) {
        if (wasThere) renameSync(join(folder, aside), join(folder, final));
        throw error;
      }
      // Notes an author keeps beside the recording are not ours to take away.
      for (const { name } of old.filter((entry) => !isOurs(entry))) renameSync(join(folder, aside, name), join(folder, final, name));
      if (wasThere) rmSync(join(folder, aside), { recursive: true, force: true });
      return true;
    },
    discard() {
      rmSync(at, { recursive: true, force: true });
      // A first recording that came to nothing leaves nothing behind.
      const parent = join(folder, 'recordings');
      if (existsSync(parent) && readdirSync(parent).length === 0) rmdirSync(parent);
    },
  };
}

/** Finishes what a process that ended in the middle of a swap left behind, and takes away drafts of those that are gone. */
export function mendSwaps(folder: string, system: string): void {
  const parent = join(folder, 'recordings');
  if (lstatSync(parent, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  for (const { name } of readdirSync(parent, { withFileTypes: true })) {
    const [, kind, pid] = name.startsWith(`.${system}.`)
      ? (/^\.(new|old)-(\d+)-[0-9a-f]{8}$/.exec(name.slice(system.length + 1)) ?? [])
      : [];
    if (kind === undefined || processLives(Number(pid))) continue;
    const isOnly = kind === 'old' && lstatSync(join(folder, recordingPath(system)), { throwIfNoEntry: false }) === undefined;
    if (isOnly) renameSync(join(parent, name), join(folder, recordingPath(system)));
    else rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isOurs(entry: Dirent): boolean {
  return entry.isFile() && entry.name.endsWith('.json');
}

function isSame(folder: string, final: string, old: readonly Dirent[], path: string, names: ReadonlySet<string>): boolean {
  const own = old.filter(isOurs);
  return (
    own.length === names.size &&
    own.every(({ name }) => names.has(name) && readFileSync(join(folder, final, name)).equals(readFileSync(join(folder, path, name))))
  );
}

/** The code of what the file system refused. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
