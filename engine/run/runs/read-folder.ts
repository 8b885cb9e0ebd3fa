import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { SollistError } from '../error.ts';
import { processLives } from '../process-lives.ts';
import type { RunList, RunRecord, RunSummary } from '../run-record.ts';
import { longestHead, readHead, readRun, type KeptSummary } from './run-file.ts';
import { isRunId } from './run-id.ts';

/** Where runs are kept, relative to the workspace: beside the vault's usual place, for all environments. */
export const runsFolder = '.sollist/runs';

/** A file larger than this was not written here. */
const largest = 16 * 1024 * 1024;

/** Files that a look into the folder goes through, the newest first. */
const mostFiles = 2000;

/** A process that began a run longer ago than this is another one by now, whatever its number. Milliseconds. */
const longestRun = 24 * 60 * 60 * 1000;

/** The runs in a folder, newest first; never throws: what is none is named. */
export function listFolder(folder: string, now: number): RunList {
  const skipped: { file: string; why: string }[] = [];
  const skip = (name: string, why: string): void => void skipped.push({ file: name === '' ? runsFolder : `${runsFolder}/${name}`, why });
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') skip('', 'cannot be read. Check that it is a folder and that you may read it');
    return { runs: [], skipped };
  }
  const names = entries.filter(({ name }) => !name.startsWith('.')).sort((a, b) => (a.name < b.name ? 1 : -1));
  if (names.length > mostFiles) skip('', `has ${names.length} files; only the newest ${mostFiles} were looked at`);
  const runs: RunSummary[] = [];
  for (const entry of names.slice(0, mostFiles)) {
    const id = entry.name.replace(/\.json$/, '');
    const head = !entry.isFile()
      ? 'is no file'
      : `${id}.json` === entry.name && isRunId(id)
        ? headOf(join(folder, entry.name), id)
        : 'is no run';
    if (typeof head === 'string') skip(entry.name, head);
    else if (head !== undefined && !isUnderWay(head, head.running, now)) {
      const { running: _, version: __, ...summary } = head;
      runs.push(summary);
    }
  }
  return { runs, skipped };
}

/** The summary at the top of a file; a text says why there is none, and undefined that the file has just gone. */
function headOf(path: string, id: string): KeptSummary | string | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const { size } = fstatSync(file);
    if (size > largest) return `is too large for a run (${Math.round(size / 1024 / 1024)} MB)`;
    const start = Buffer.alloc(Math.min(size, longestHead));
    readSync(file, start, 0, start.length, 0);
    const end = Buffer.alloc(Math.min(size, 2));
    readSync(file, end, 0, end.length, size - end.length);
    if (end.toString('latin1') !== '}\n') return 'is damaged: its end is missing';
    return readHead(start.toString('utf8'), id) ?? 'is damaged, or no run of this version of Sollist';
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? undefined : 'cannot be read';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The run in a file. Throws `unknown-run` and `run-unreadable`. */
export function readWhole(path: string, id: string): RunRecord & Pick<KeptSummary, 'running'> {
  let text: string;
  try {
    const stat = lstatSync(path);
    if (!stat.isFile()) throw unreadable(id, 'is no file');
    if (stat.size > largest) throw unreadable(id, 'is too large for a run');
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof SollistError) throw error;
    if (codeOf(error) === 'ENOENT') throw unknownRun(id);
    throw unreadable(id, 'cannot be read', error);
  }
  const run = readRun(text, id);
  if ('why' in run) throw unreadable(id, run.why);
  return run;
}

/** Whether the process that began a run still lives; what it left behind otherwise is how the run ended. */
export function isUnderWay({ startedAt }: Pick<RunSummary, 'startedAt'>, running: number | undefined, now: number): boolean {
  return running !== undefined && now - startedAt <= longestRun && processLives(running);
}

export function unknownRun(id: string): SollistError {
  return new SollistError(
    'unknown-run',
    `There is no run "${id}" in ${runsFolder}; older ones are taken away when new ones come. "sollist runs", or the Runs view, lists those that are kept.`,
    { subject: id },
  );
}

function unreadable(id: string, why: string, cause?: unknown): SollistError {
  return new SollistError('run-unreadable', `${runsFolder}/${id}.json ${why}. Delete the file, and run again.`, {
    subject: id,
    ...(cause !== undefined && { cause }),
  });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
