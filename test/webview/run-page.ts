import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { pageHtml } from '../../client/features/run-panel/page-html.ts';
import type { HostMessage, PageMessage, RunPage } from '../../client/webviews/run/messages.ts';
import { ensureChromium } from '../../scripts/editor/chromium.ts';
import { root } from '../../scripts/editor/paths.ts';
import { waitFor } from '../../scripts/editor/wait-for.ts';
import type { Theme } from './themes.ts';

const origin = 'https://run.test';
const nonce = 'the-nonce';
const codicons = join(root, 'node_modules', '@vscode', 'codicons', 'dist');
const pictures = join(root, 'test-results', 'webview');

/** The page of the run panel in a real browser, with a fake editor at the other end. */
export interface RunPageTest {
  readonly page: Page;
  /** What went wrong in the page: errors, and what its content security policy stopped. */
  readonly faults: readonly string[];
  send(message: HostMessage): Promise<void>;
  /** Shows a page and waits until it says that it did. */
  show(page: RunPage): Promise<void>;
  posted(): Promise<readonly PageMessage[]>;
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface WebviewLab {
  open(theme: Theme, size?: { readonly width: number; readonly height: number }): Promise<RunPageTest>;
}

let started: Promise<WebviewLab> | undefined;

/**
 * The page as the packaged one is built, and a browser: the same for all files of a process, as starting one takes longer than many a test.
 * It ends with the process.
 */
export function openLab(): Promise<WebviewLab> {
  started ??= startLab();
  return started;
}

async function startLab(): Promise<WebviewLab> {
  const [executablePath, bundle] = await Promise.all([
    ensureChromium(() => undefined),
    build({
      entryPoints: { run: join(root, 'client/webviews/run/main.ts'), 'run-style': join(root, 'client/webviews/run/style.css') },
      bundle: true,
      format: 'iife',
      write: false,
      outdir: '/',
      target: 'es2022',
    }),
  ]);
  const file = (name: string): string => bundle.outputFiles.find(({ path }) => path.endsWith(name))?.text ?? '';
  const files: ReadonlyMap<string, readonly [type: string, body: string | Buffer]> = new Map([
    ['/run.js', ['text/javascript', file('run.js')]],
    ['/run.css', ['text/css', file('run-style.css')]],
    ['/codicon.css', ['text/css', await readFile(join(codicons, 'codicon.css'))]],
    ['/codicon.ttf', ['font/ttf', await readFile(join(codicons, 'codicon.ttf'))]],
  ]);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'], handleSIGTERM: false });
  // The runner gives a process half a second to end: too short to close a browser, long enough to kill it and remove what it kept.
  process.once('SIGTERM', () => process.exit());
  await mkdir(pictures, { recursive: true });
  return { open: (theme, size = { width: 1100, height: 700 }) => openPage(browser, files, theme, size) };
}

async function openPage(
  browser: Browser,
  files: ReadonlyMap<string, readonly [string, string | Buffer]>,
  theme: Theme,
  size: { readonly width: number; readonly height: number },
): Promise<RunPageTest> {
  const context = await browser.newContext({ viewport: size, locale: 'en-GB', timezoneId: 'Europe/Amsterdam' });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') {
      const html = pageHtml({ address: (name) => `${origin}/${name}`, source: origin, nonce }).replace(
        '<body>',
        `<body class="${theme.bodyClass}">`,
      );
      return route.fulfill({ contentType: 'text/html', body: html });
    }
    const found = files.get(pathname);
    if (found === undefined) faults.push(`The page asked for ${route.request().url()}.`);
    return found === undefined ? route.abort() : route.fulfill({ contentType: found[0], body: found[1] });
  });
  const variables = Object.entries(theme.variables).map(([name, value]) => [`--vscode-${name}`, value]);
  await page.addInitScript(`
    window.posted = [];
    let state;
    window.acquireVsCodeApi = () => ({ postMessage: (message) => window.posted.push(message), getState: () => state, setState: (next) => { state = next; } });
    document.addEventListener('DOMContentLoaded', () => {
      for (const [name, value] of ${JSON.stringify(variables)}) document.documentElement.style.setProperty(name, value);
    });
  `);
  await page.goto(`${origin}/`);
  const posted = (): Promise<readonly PageMessage[]> => page.evaluate('window.posted');
  const send = async (message: HostMessage): Promise<void> => {
    await page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`);
  };
  return {
    page,
    faults,
    posted,
    send,
    show: async (shown) => {
      await send({ type: 'show', page: shown });
      // Asked from here: the page's own policy forbids the evaluation that a wait inside the page would need.
      await waitFor('the page to say that it is drawn', async () =>
        (await posted()).some((message) => message.type === 'rendered' && message.id === shown.id),
      );
    },
    screenshot: async (name) => {
      await page.screenshot({ path: join(pictures, `${name}.png`) });
    },
    close: () => context.close(),
  };
}
