import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { onPath, root } from './paths.ts';
import { run } from './run.ts';
import type { Log } from './run.ts';

const usualNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

/** Latin to Arabic and Hebrew, and the CJK scripts, in three megabytes: enough for screenshots with people's names. */
const fonts = ['fonts-dejavu-core', 'fonts-droid-fallback'];

const advice = 'Install Chromium (Debian: "apt-get install chromium") or set CHROMIUM_PATH to a Chrome or Chromium.';

/**
 * The path of a Chromium that starts: `CHROMIUM_PATH`, the usual names on the PATH, one that Playwright downloaded earlier; else it
 * installs Debian's package where this is root on Debian, else Playwright's own download.
 */
export async function ensureChromium(log: Log): Promise<string> {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (await starts(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH names ${chosen}, which does not start as a browser. ${advice}`);
  }
  return (await present()) ?? (await fromDebian(log)) ?? (await fromPlaywright(log));
}

async function present(): Promise<string | undefined> {
  // Asked one by one: on Ubuntu a name may be a stub that only says "install the snap".
  for (const name of usualNames) {
    const path = onPath([name]);
    if (path !== undefined && (await starts(path))) return path;
  }
  const downloaded = chromium.executablePath();
  return existsSync(downloaded) && (await starts(downloaded)) ? downloaded : undefined;
}

async function starts(path: string): Promise<boolean> {
  const ended = await run(path, ['--version', '--no-sandbox']);
  return ended.code === 0 && /chrom/i.test(ended.tail);
}

async function fromDebian(log: Log): Promise<string | undefined> {
  const system = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const apt = onPath(['apt-get']);
  if (process.getuid?.() !== 0 || apt === undefined || !/^ID=debian$/m.test(system)) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const aptGet = (...args: readonly string[]) => run(apt, ['-qq', '-o', 'Dpkg::Use-Pty=0', ...args], { env, log });
  log("installing Debian's chromium (once)");
  await aptGet('update');
  const installed = await aptGet('install', '-y', '--no-install-recommends', 'chromium');
  if (installed.code !== 0) {
    log(`apt-get could not install chromium: ${installed.tail}`);
    return undefined;
  }
  await aptGet('install', '-y', '--no-install-recommends', ...fonts);
  return present();
}

async function fromPlaywright(log: Log): Promise<string> {
  log("downloading Playwright's Chromium (once)");
  const cli = join(root, 'node_modules', 'playwright-core', 'cli.js');
  const ended = await run(process.execPath, [cli, 'install', '--no-shell', 'chromium'], { log });
  const path = chromium.executablePath();
  if (ended.code === 0 && (await starts(path))) return path;
  const reason = ended.code === 0 ? 'it does not start here, most likely for want of system libraries' : ended.tail;
  throw new Error(`No Chromium was found on this machine and Playwright's cannot be used (${reason}). ${advice}`);
}
