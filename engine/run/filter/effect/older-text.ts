import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { cancelled, SollistError } from '../../error.ts';
import { readText } from '../../workspace/read-files.ts';

/** A text of a file from before, and what it is. */
export interface OlderText {
  readonly text: string;
  /** `the saved file`, `HEAD (3f2a1b0)` */
  readonly title: string;
}

/** The file as it lies on the disk. Throws `no-older-text` where it was never saved. */
export function savedText(folder: string, path: string): OlderText {
  if (statSync(join(folder, path), { throwIfNoEntry: false })?.isFile() !== true)
    throw new SollistError('no-older-text', `${path} was never saved, so there is nothing to compare with. Save it first.`);
  return { text: readText(folder, path), title: 'the saved file' };
}

/** Longest that git may take, in milliseconds, and the largest file of a commit. */
const patience = 20_000;
const largest = 20 * 1024 * 1024;

/**
 * The file as it is in a commit. Throws `no-git` where git or a repository is missing, `no-older-text` where there is no such commit, or it does
 * not have the file.
 */
export async function committedText(folder: string, path: string, revision: string, signal: AbortSignal): Promise<OlderText> {
  // What begins with a hyphen would be an option of git; a colon would begin a path.
  if (/^-|[:\s\0]/.test(revision) || revision === '')
    throw new SollistError('no-older-text', `"${revision}" is no revision of git. Name a commit, a branch or a tag, such as HEAD or main.`);
  const git = (...args: readonly string[]): Promise<GitAnswer> => runGit(folder, args, signal);
  const inside = await git('rev-parse', '--is-inside-work-tree');
  if (/dubious ownership/.test(inside.error))
    throw new SollistError(
      'no-git',
      `git does not read the repository of ${folder}, since it belongs to somebody else. Allow it with "git config --global --add safe.directory", then try again.`,
    );
  if (inside.code !== 0 || inside.out.trim() !== 'true')
    throw new SollistError('no-git', `${folder} is in no git repository, so there is no commit to compare ${path} with.`);
  const commit = await git('rev-parse', '--verify', '--quiet', '--short', `${revision}^{commit}`);
  if (commit.code !== 0) {
    const none = (await git('rev-parse', '--verify', '--quiet', 'HEAD')).code !== 0;
    throw new SollistError(
      'no-older-text',
      none
        ? `There is no commit yet to compare ${path} with. Commit it first.`
        : `There is no commit "${revision}". Name a commit, a branch or a tag.`,
    );
  }
  const id = commit.out.trim();
  const shown = await git('show', '--no-textconv', `${id}:./${path}`);
  if (shown.code !== 0)
    throw new SollistError('no-older-text', `${path} is not in the commit ${revision} (${id}). Commit it, or name another one.`);
  return { text: shown.out, title: revision === id ? id : `${revision} (${id})` };
}

interface GitAnswer {
  /** 0 where git did what it was asked for. */
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

function runGit(folder: string, args: readonly string[], signal: AbortSignal): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    // No hook, pager or helper of the repository is run by these commands; nothing is asked of a terminal.
    const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
    const options = { cwd: folder, env, timeout: patience, maxBuffer: largest, encoding: 'utf8' as const, windowsHide: true, signal };
    execFile('git', ['--no-pager', ...args], options, (error, out, said) => {
      if (!error) resolve({ code: 0, out, error: said });
      else if (error.code === 'ENOENT')
        reject(
          new SollistError('no-git', 'git was not found, so no commit can be compared with. Install git, or put it on the PATH.', {
            cause: error,
          }),
        );
      else if (error.code === 'ABORT_ERR') reject(cancelled());
      else resolve({ code: typeof error.code === 'number' ? error.code : 1, out, error: said });
    });
  });
}
