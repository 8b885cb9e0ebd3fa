import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SollistError } from '../error.ts';
import type { RunList, RunRecord, RunSummary } from '../run-record.ts';
import { isUnderWay, listFolder, readWhole, runsFolder, unknownRun } from './read-folder.ts';
import { runText, summaryOf } from './run-file.ts';
import { isRunId } from './run-id.ts';

/** Files left behind by a process that was ended while it wrote are taken away after so long. Milliseconds. */
const leftover = 60 * 60 * 1000;

/** The history of a workspace: one file a run. */
export interface RunStore {
  /** Newest first; runs under way are not among them. Never throws: what cannot be read is named. */
  list(): RunList;
  /** Throws `unknown-run` and `run-unreadable`. */
  read(id: string): RunRecord;
  /** Writes a run, whole or not at all. `running`: it has only begun, in this process. Throws `runs-unwritable`. */
  write(run: RunRecord, running?: { readonly process: number }): void;
  /** Throws as `read` and `write` do. */
  pin(id: string, pinned: boolean): RunSummary;
  /** Ids of runs that are not there are passed over. Throws `runs-unwritable`. */
  remove(ids: readonly string[]): void;
  /** Takes away the oldest runs that are not pinned, beyond `keep`. */
  prune(keep: number): void;
}

/** The history in a workspace's folder. Nothing is made before the first run is written. `now` in milliseconds since 1970. */
export function openRunStore(workspace: string, now: () => number): RunStore {
  const folder = join(workspace, runsFolder);
  const pathOf = (id: string): string => {
    if (!isRunId(id)) throw unknownRun(id);
    return join(folder, `${id}.json`);
  };

  const read = (id: string): RunRecord => {
    const { running, ...run } = readWhole(pathOf(id), id);
    if (!isUnderWay(run, running, now())) return run;
    throw new SollistError('unknown-run', `The run "${id}" is still under way. Look again when it has ended.`, { subject: id });
  };

  const write: RunStore['write'] = (run, running) => {
    const path = pathOf(run.id);
    guardedWrite(() => {
      makeFolder(folder);
      replace(folder, path, runText(run, running?.process));
    });
  };

  const remove = (ids: readonly string[]): void => {
    guardedWrite(() => {
      for (const id of ids) rmSync(pathOf(id), { force: true });
    });
  };

  return {
    list: () => listFolder(folder, now()),
    read,
    write,
    pin(id, pinned) {
      const run = { ...read(id), pinned };
      write(run);
      return summaryOf(run);
    },
    remove,
    prune(keep) {
      const { runs } = listFolder(folder, now());
      remove(
        runs
          .filter(({ pinned }) => !pinned)
          .slice(keep)
          .map(({ id }) => id),
      );
      removeLeftovers(folder, now());
    },
  };
}

/** The folder, with a note that keeps it out of git: what runs hold is people's data. */
function makeFolder(folder: string): void {
  if (mkdirSync(folder, { recursive: true }) === undefined) return;
  writeFileSync(join(folder, '.gitignore'), '# What runs showed: data of people, not to be shared.\n*\n', { flag: 'wx' });
}

function replace(folder: string, path: string, text: string): void {
  const temporary = join(folder, `.${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
  try {
    writeFileSync(temporary, text, { flag: 'wx', mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function removeLeftovers(folder: string, now: number): void {
  try {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (/^\.\d+-[0-9a-f]{8}\.tmp$/.test(name) && now - statSync(path).mtimeMs > leftover) rmSync(path, { force: true });
    }
  } catch {
    // Somebody else took them away.
  }
}

function guardedWrite(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof SollistError) throw error;
    throw new SollistError(
      'runs-unwritable',
      `The run was not kept in ${runsFolder}: the folder cannot be written. Check its rights and the disk.`,
      { cause: error },
    );
  }
}
