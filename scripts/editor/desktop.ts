import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache.ts';
import { onPath } from './paths.ts';
import { run } from './run.ts';
import type { Log } from './run.ts';

/** Whether a desktop program can show a window here: only Linux can be without a screen. */
export function hasScreen(env: NodeJS.ProcessEnv = process.env): boolean {
  return process.platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
}

/**
 * The `code` of a desktop VS Code that can be used here. Without a screen, as root (which it refuses) and in the terminal of a remote
 * window (whose `code` takes no environment) there is none.
 */
export function desktopEditor(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const refused = !hasScreen(env) || process.getuid?.() === 0 || env['VSCODE_IPC_HOOK_CLI'] !== undefined;
  return refused ? undefined : onPath(['code'], env);
}

/** What {@link openDesktop} opens. */
export interface DesktopOptions {
  readonly code: string;
  readonly vsix: string;
  readonly workspace: string;
  readonly env: Readonly<Record<string, string>>;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Opens a window of the desktop VS Code and waits until it is closed. It has user data and extensions of its own: the person's editor
 * stays as it is, and a running one cannot swallow the environment.
 */
export async function openDesktop({ code, vsix, workspace, env, log, signal }: DesktopOptions): Promise<void> {
  const data = join(cacheFolder(), 'desktop');
  await mkdir(data, { recursive: true });
  const folders = ['--user-data-dir', join(data, 'user-data'), '--extensions-dir', join(data, 'extensions')];
  const options = { env: { ...process.env, ...env }, log, signal };
  const installed = await run(code, [...folders, '--install-extension', vsix, '--force'], options);
  if (installed.code !== 0 && !signal.aborted) throw new Error(`"${code}" could not install ${vsix}: ${installed.tail}`);
  const opened = await run(code, [...folders, '--disable-workspace-trust', '--new-window', '--wait', workspace], options);
  if (opened.code !== 0 && !signal.aborted) throw new Error(`"${code}" could not open ${workspace}: ${opened.tail}`);
}
