import { createHash } from 'node:crypto';
import { identifyFile } from '../../../model/workspace/file-kind.ts';
import { SollistError } from '../../error.ts';
import { readFiles } from '../../workspace/read-files.ts';
import { gitIn, type AskGit } from './git.ts';

/** The files of a workspace from before, and what they are. */
export interface OlderFiles {
  /** By path relative to the folder. */
  readonly texts: ReadonlyMap<string, string>;
  /** `the saved file`, `HEAD (3f2a1b0)` */
  readonly title: string;
  /** Of a commit, as the person named it: `HEAD (3f2a1b0)`. */
  readonly commit?: string;
}

/** The files as they lie on the disk. Throws `file-unreadable`. */
export function savedFiles(folder: string): OlderFiles {
  return { texts: readFiles(folder), title: 'the saved file' };
}

/**
 * The files as they are in a commit; of those that are the same, `now` has the text. `about` is the file that is asked about. Throws `no-git` where
 * git or a repository is missing, and `no-older-text` where there is no such commit.
 */
export async function committedFiles(
  folder: string,
  now: ReadonlyMap<string, string>,
  about: string,
  revision: string,
  signal: AbortSignal,
): Promise<OlderFiles> {
  // What begins with a hyphen would be an option of git; a colon would begin a path.
  if (/^-|[:\s\0]/.test(revision) || revision === '')
    throw new SollistError('no-older-text', `"${revision}" is no revision of git. Name a commit, a branch or a tag, such as HEAD or main.`);
  const git = gitIn(folder, signal);
  await refuseOutside(git, folder, about);
  const commit = await git(['rev-parse', '--verify', '--quiet', '--short', `${revision}^{commit}`]);
  if (commit.code !== 0) {
    const none = (await git(['rev-parse', '--verify', '--quiet', 'HEAD'])).code !== 0;
    throw new SollistError(
      'no-older-text',
      none
        ? `There is no commit yet to compare ${about} with. Commit it first.`
        : `There is no commit "${revision}". Name a commit, a branch or a tag.`,
    );
  }
  const id = commit.out.toString('utf8').trim();
  const title = revision === id ? id : `${revision} (${id})`;
  const listed = await git(['ls-tree', '-r', '-z', id, '.']);
  if (listed.code !== 0) throw unreadable(title, listed.error);
  const entries = entriesOf(listed.out.toString('utf8'));
  const texts = new Map<string, string>();
  const others: Entry[] = [];
  for (const { blob, path } of entries) {
    const text = now.get(path);
    // Most files are as they were; git names a file by what is in it, so that these need not be read.
    if (text !== undefined && blobOf(text, blob.length) === blob) texts.set(path, text);
    else others.push({ blob, path });
  }
  const read = await readBlobs(
    git,
    others.map(({ blob }) => blob),
    title,
  );
  for (const { blob, path } of others) {
    const text = read.get(blob);
    if (text !== undefined) texts.set(path, asOnDisk(text, now.get(path)));
  }
  return { texts, title, commit: title };
}

/** A file of ours in a commit, with the name git gives to what is in it. */
interface Entry {
  readonly blob: string;
  readonly path: string;
}

/** What `git ls-tree -z` lists; links and repositories within are none of our files. */
function entriesOf(listed: string): readonly Entry[] {
  return listed.split('\0').flatMap((line) => {
    const [, blob, path] = /^100\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return blob !== undefined && path !== undefined && identifyFile(path) ? [{ blob, path }] : [];
  });
}

async function refuseOutside(git: AskGit, folder: string, about: string): Promise<void> {
  const inside = await git(['rev-parse', '--is-inside-work-tree']);
  if (/dubious ownership/.test(inside.error))
    throw new SollistError(
      'no-git',
      `git does not read the repository of ${folder}, since it belongs to somebody else. Allow it with "git config --global --add safe.directory", then try again.`,
    );
  if (inside.code !== 0 || inside.out.toString('utf8').trim() !== 'true')
    throw new SollistError('no-git', `${folder} is in no git repository, so there is no commit to compare ${about} with.`);
}

/** The name git gives to a file with this text. Repositories name them by one of two digests, told by their length. */
function blobOf(text: string, length: number): string {
  const bytes = Buffer.from(text, 'utf8');
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

/** Texts by the names of their blobs, read in one go. */
async function readBlobs(git: AskGit, blobs: readonly string[], title: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  if (blobs.length === 0) return texts;
  const { code, out, error } = await git(['cat-file', '--batch'], blobs.map((blob) => `${blob}\n`).join(''));
  if (code !== 0) throw unreadable(title, error);
  for (let at = 0; at < out.length;) {
    const end = out.indexOf('\n', at);
    if (end < 0) break;
    const [name = '', kind, size] = out.toString('utf8', at, end).split(' ');
    at = end + 1;
    if (kind !== 'blob') throw unreadable(title, 'this clone does not hold all of its files');
    texts.set(name, out.toString('utf8', at, at + Number(size)));
    at += Number(size) + 1;
  }
  return texts;
}

/** Git may keep lines otherwise than the disk has them, and that is no edit. */
function asOnDisk(text: string, now: string | undefined): string {
  return now !== undefined && now !== text && unified(now) === unified(text) ? now : text;
}

function unified(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function unreadable(title: string, said: string): SollistError {
  const why = said.split('\n')[0]?.trim() ?? '';
  return new SollistError('no-older-text', `The files of ${title} cannot be read from git${why === '' ? '' : `: ${why}`}.`);
}
