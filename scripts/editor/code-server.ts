import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { cacheFolder } from './cache.ts';
import { withLock } from './lock.ts';
import { node24, onPath } from './paths.ts';
import { run } from './run.ts';
import type { Log } from './run.ts';

/** The code-server that the tests drive, and the VS Code inside it. */
export const codeServerVersion = '4.139.1';

/** An installed code-server: `entry` is run with the Node 24 binary `node`. */
export interface CodeServer {
  readonly entry: string;
  readonly node: string;
}

const marker = 'installed';

/**
 * Gives the cached code-server, installing it first if it is missing. It is built in a temporary folder and renamed at the end, so a
 * broken installation is never taken for a good one.
 */
export async function ensureCodeServer(log: Log): Promise<CodeServer> {
  const node = node24();
  const cache = cacheFolder();
  const home = join(cache, `code-server-${codeServerVersion}`);
  const found = { entry: join(home, 'node_modules', 'code-server', 'out', 'node', 'entry.js'), node };
  if (await isInstalled(home)) return found;
  await mkdir(cache, { recursive: true });
  await withLock(`${home}.lock`, log, async () => {
    if (await isInstalled(home)) return;
    const started = performance.now();
    log(`installing code-server ${codeServerVersion} into ${home} (once, about a minute)`);
    await removeLeftovers(home);
    const building = await mkdtemp(`${home}.new-`);
    try {
      await install(building, log);
      await writeFile(join(building, marker), codeServerVersion);
      await rm(home, { recursive: true, force: true });
      await rename(building, home);
    } finally {
      await rm(building, { recursive: true, force: true });
    }
    log(`code-server is there after ${String(Math.round((performance.now() - started) / 1000))} s`);
  });
  return found;
}

async function isInstalled(home: string): Promise<boolean> {
  return (await readFile(join(home, marker), 'utf8').catch(() => '')) === codeServerVersion;
}

/** What a killed installation left behind; the lock is held, so nobody is at work in there. */
async function removeLeftovers(home: string): Promise<void> {
  for (const name of await readdir(dirname(home))) {
    if (name.startsWith(`${basename(home)}.new-`)) await rm(join(dirname(home), name), { recursive: true, force: true });
  }
}

async function install(folder: string, log: Log): Promise<void> {
  // A package.json of its own keeps npm from climbing to some other project.
  await writeFile(join(folder, 'package.json'), '{"name":"sollist-editor","private":true}\n');
  // Its install scripts compile parts that need Kerberos headers, so none of them runs.
  await npm(folder, ['install', '--ignore-scripts', '--no-package-lock', `code-server@${codeServerVersion}`], log);
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  if (!existsSync(vscode)) throw new Error(`code-server ${codeServerVersion} was installed without its lib/vscode folder.`);
  await npm(vscode, ['install', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps'], log);
  try {
    await npm(vscode, ['rebuild', '@vscode/native-watchdog', '@vscode/spdlog'], log);
  } catch (error) {
    // Both have a fallback in VS Code: without a compiler there are no log files, nothing more.
    log(`going on without the compiled parts of code-server: ${(error as Error).message}`);
  }
}

async function npm(cwd: string, args: readonly string[], log: Log): Promise<void> {
  const program = onPath(['npm']);
  if (program === undefined) throw new Error('npm is not on the PATH, so code-server cannot be installed.');
  const ended = await run(program, [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, env: npmEnvironment(), log });
  if (ended.code === 0) return;
  throw new Error(
    `"npm ${args.join(' ')}" in ${cwd} ended with ${String(ended.code)}: ${ended.tail === '' ? 'it printed nothing' : ended.tail}`,
  );
}

/** What `npm run` hands down describes this project; npm in another folder must not see it. Node 24 comes first on the PATH. */
function npmEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(package|lifecycle)_|npm_config_(local_prefix|ignore_scripts)$|INIT_CWD$)/i.test(name),
  );
  return { ...Object.fromEntries(kept), PATH: `${dirname(node24())}${delimiter}${process.env['PATH'] ?? ''}` };
}
