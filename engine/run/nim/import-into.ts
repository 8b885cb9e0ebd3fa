import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { importGiven, type GivenNim } from '../../model/nim/import-given.ts';
import type { ImportNote } from '../../model/nim/import-workspace.ts';
import { SollistError } from '../error.ts';
import { readFiles } from '../workspace/read-files.ts';
import { readNim } from './read-nim.ts';

/** What an import has done. Paths are relative to the folder, with forward slashes. */
export interface ImportReport {
  readonly folder: string;
  readonly written: readonly string[];
  /** Files that held the same already. */
  readonly same: readonly string[];
  /** Files that were there and were written over. */
  readonly replaced: readonly string[];
  readonly notes: readonly ImportNote[];
}

/**
 * Imports an export, a filter or a configuration folder into a folder. Files that are there and hold something else stop it before anything is
 * written, unless `force`; `sollist.json` is never written over.
 */
export function importInto(given: string, folder: string, force: boolean): ImportReport {
  refuseFile(folder);
  const made = importGiven({ ...readNim(given), connectors: connectorsOf(folder) });
  if (made.kind === 'refused') throw new SollistError('no-export', made.message);
  const files = new Map(made.files.map(({ path, text }) => [path, text] as const));
  const [written, same, replaced]: [string[], string[], string[]] = [[], [], []];
  const twinOf = createTwins(folder);
  for (const [path, text] of files) {
    const target = placeOf(folder, path);
    refuseLinks(folder, path);
    const there = existsSync(target);
    if (path === 'sollist.json' && there) continue;
    if (there) refuseOther(target, path, folder);
    const twin = twinOf(path);
    if (twin !== undefined)
      throw new SollistError(
        'file-exists',
        `${folder} has ${twin}, whose name differs from ${path} in case alone: on other disks they are one file. Nothing was written. Rename it, or take it away.`,
      );
    if (there && isSame(readOrEmpty(target), text)) same.push(path);
    else (there ? replaced : written).push(path);
  }
  const [first] = replaced;
  if (first !== undefined && !force) {
    const more = replaced.length > 1 ? ` and ${replaced.length - 1} more` : '';
    throw new SollistError(
      'file-exists',
      `${folder} has ${first}${more} already, with other content. Nothing was written. Choose another folder, or write over ${replaced.length > 1 ? 'them' : 'it'} with --force.`,
    );
  }
  for (const path of [...written, ...replaced]) write(folder, path, files.get(path) ?? '');
  return { folder, written, same, replaced, notes: made.notes };
}

/** Neither the folder nor one above it may be a file. */
function refuseFile(folder: string): void {
  let nearest = folder;
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  if (existsSync(nearest) && !statSync(nearest).isDirectory())
    throw new SollistError('file-exists', `${nearest} is a file. Name a folder.`);
}

function connectorsOf(folder: string): GivenNim['connectors'] {
  if (!existsSync(folder)) return [];
  return [...readFiles(folder)].flatMap(([path, text]) => {
    const name = /^connectors\/([^/]+)\.json$/.exec(path)?.[1];
    return name === undefined ? [] : [{ name, text }];
  });
}

/** The path on the disk; the model gives safe names, and this makes sure of it. */
function placeOf(folder: string, path: string): string {
  const target = resolve(folder, path);
  const inside = relative(resolve(folder), target);
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside))
    throw new SollistError('file-unwritable', `"${path}" leads out of ${folder}.`);
  return target;
}

/** A link in the folder may lead anywhere: what is written stays in it. */
function refuseLinks(folder: string, path: string): void {
  const steps = path.split('/');
  for (let length = 1; length <= steps.length; length++) {
    const step = steps.slice(0, length).join('/');
    if (lstatSync(join(folder, step), { throwIfNoEntry: false })?.isSymbolicLink())
      throw new SollistError(
        'file-unwritable',
        `${step} in ${folder} is a link, which may lead anywhere. Take it away, or choose another folder.`,
      );
  }
}

/** What is there and is no file is not read, since a pipe never ends, and cannot be written over. */
function refuseOther(target: string, path: string, folder: string): void {
  if (!statSync(target).isFile())
    throw new SollistError('file-exists', `${path} in ${folder} is no file. Nothing was written. Take it away, or choose another folder.`);
}

/** Version control may have changed line breaks. */
function isSame(there: string, text: string): boolean {
  return there === text || there.replace(/\r\n/g, '\n') === text.replace(/\r\n/g, '\n');
}

/** Finds the file that a path would be on a disk that does not tell small letters from capitals, and on this one is not. */
function createTwins(folder: string): (path: string) => string | undefined {
  const known = new Map<string, { readonly names: ReadonlySet<string>; readonly twins: ReadonlyMap<string, string> }>();
  return (path) => {
    const slash = path.lastIndexOf('/');
    const [place, name] = [path.slice(0, slash + 1), path.slice(slash + 1)];
    let found = known.get(place);
    if (!found) {
      const names = namesIn(join(folder, place));
      found = { names: new Set(names), twins: new Map(names.map((one) => [one.toLowerCase(), one])) };
      known.set(place, found);
    }
    const twin = found.twins.get(name.toLowerCase());
    return twin === undefined || found.names.has(name) ? undefined : `${place}${twin}`;
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function write(folder: string, path: string, text: string): void {
  const target = placeOf(folder, path);
  try {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  } catch (error) {
    throw new SollistError('file-unwritable', `${join(folder, path)} cannot be written. Check the folder and its rights.`, {
      cause: error,
    });
  }
}
