import { spawn } from 'node:child_process';
import { cancelled, SollistError } from '../../error.ts';

/** What git said. */
export interface GitAnswer {
  /** 0 where git did what it was asked for. */
  readonly code: number;
  readonly out: Buffer;
  readonly error: string;
}

/**
 * Asks git something about a folder; `input` is written to it. Rejects with `no-git` where there is none, or it is stopped before it has
 * answered, and `cancelled`.
 */
export type AskGit = (args: readonly string[], input?: string) => Promise<GitAnswer>;

/** Longest that git may take, in milliseconds, and the most that it may say. */
const patience = 20_000;
const largest = 256 * 1024 * 1024;

/** Asks git about a folder. Nothing that it is asked here changes the repository. */
export function gitIn(folder: string, signal: AbortSignal): AskGit {
  return (args, input = '') =>
    new Promise((resolve, reject) => {
      // No hook, pager or helper of the repository is run by these commands; nothing is asked of a terminal, nothing is fetched.
      const env = {
        ...withoutRepository(process.env),
        GIT_TERMINAL_PROMPT: '0',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_NO_LAZY_FETCH: '1',
        LC_ALL: 'C',
      };
      const git = spawn('git', ['--no-pager', ...args], { cwd: folder, env, timeout: patience, windowsHide: true, signal });
      const out: Buffer[] = [];
      const said: Buffer[] = [];
      let size = 0;
      git.stdout.on('data', (piece: Buffer) => {
        size += piece.length;
        if (size > largest) git.kill();
        else out.push(piece);
      });
      git.stderr.on('data', (piece: Buffer) => said.push(piece));
      // One that ended before it was told everything says by its code why.
      git.stdin.on('error', () => undefined);
      git.stdin.end(input);
      git.on('error', (error: NodeJS.ErrnoException) => {
        if (signal.aborted) reject(cancelled());
        else if (error.code === 'ENOENT')
          reject(
            new SollistError('no-git', 'git was not found, so no commit can be compared with. Install git, or put it on the PATH.', {
              cause: error,
            }),
          );
        else reject(new SollistError('no-git', `git could not be run: ${error.message}.`, { cause: error }));
      });
      git.on('close', (code, end) => {
        // What it said until then is not the whole answer, and no answer is not "no".
        if (code === null) reject(new SollistError('no-git', size > largest ? tooMuch : endedEarly(folder, end)));
        else resolve({ code, out: Buffer.concat(out), error: Buffer.concat(said).toString('utf8') });
      });
    });
}

/** What a hook of git is told about its own repository; asked with that, git would answer for another folder than the one it is asked in. */
const ofRepository: ReadonlySet<string> = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
  'GIT_SHALLOW_FILE',
]);

function withoutRepository(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  // Windows does not tell large letters from small ones.
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ofRepository.has(name.toUpperCase())));
}

const tooMuch = `The commit holds more than ${largest / 1024 / 1024} MB of files that differ from those of now: too much to compare with. Name a later commit.`;

function endedEarly(folder: string, end: NodeJS.Signals | null): string {
  return `git was stopped${end === null ? '' : ` (${end})`} before it had answered, as it is after ${patience / 1000} seconds. Try again, or look with "git status" in ${folder} whether it answers.`;
}
