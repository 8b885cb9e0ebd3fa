import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { cacheFolder } from './cache.ts';
import { ensureChromium } from './chromium.ts';
import { root } from './paths.ts';
import { startServer } from './server.ts';
import type { EditorServer, ServerOptions } from './server.ts';
import type { Theme } from './settings.ts';

/** What an editor is opened with. */
export interface SessionOptions extends ServerOptions {
  /** The folder to open, as an absolute path. */
  readonly workspace: string;
  readonly theme?: Theme;
  /** The window in pixels. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** A VS Code in a browser without a window, and the means to look at it. */
export interface EditorSession {
  readonly page: Page;
  readonly url: string;
  /** Addresses outside this machine that the page asked for; none of them is ever reached. */
  readonly outside: readonly string[];
  /** Saves what is seen as `test-results/editor/<name>.png` and returns the path. */
  screenshot(name: string): Promise<string>;
  /** Changes the colour theme and waits until it is shown; nothing that is open goes away. */
  setTheme(theme: Theme): Promise<void>;
  /** Ends the browser and the server with all their processes and removes their temporary files. */
  close(): Promise<void>;
}

/** Where pictures of the editor are kept; ignored by git. */
export const pictureFolder = join(root, 'test-results', 'editor');

const browserArguments = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  // Whatever the page asks for, no name but loopback's is ever looked up.
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
];

/** Entries that say nothing about the extension and cannot be switched off by a setting. */
const clutter = ['status.forwardedPorts', 'status.workbench.keyboardLayout']
  .map((id) => `[id="${id}"] { display: none !important }`)
  .join(' ');

/** Opens a workspace in a real VS Code with the packaged extension and waits until the workbench stands. */
export async function startEditor(options: SessionOptions): Promise<EditorSession> {
  const opened = await openBrowser(options);
  try {
    const url = opened.server.address(options.workspace);
    await opened.page.goto(url);
    // The last of the standard entries to appear: by then the folder is shown and keys reach the workbench.
    await opened.page.locator('[id="status.problems"]').waitFor({ timeout: 60_000 });
    // Themes are extensions: until theirs is loaded the colours and icons are makeshift.
    await opened.page.locator('.monaco-workbench.file-icons-enabled[class*="vscode-theme-defaults"]').waitFor({ timeout: 60_000 });
    await opened.page.addStyleTag({ content: clutter });
    return sessionOf(opened, url);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** A browser on a fresh server, its page still empty. */
export interface OpenedBrowser {
  readonly server: EditorServer;
  readonly page: Page;
  readonly outside: readonly string[];
  close(): Promise<void>;
}

/** Starts the server and the browser; on failure nothing is left behind. */
export async function openBrowser(options: SessionOptions): Promise<OpenedBrowser> {
  const executablePath = await ensureChromium(options.log ?? (() => undefined));
  const server = await startServer(options);
  let browser: Browser | undefined;
  try {
    // Signals are handled once, in process-group.ts; the browser goes when this process exits.
    const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
    // Chromium keeps its crash reports in the configuration folder; the person's own stays untouched.
    const env = { ...process.env, XDG_CONFIG_HOME: join(cacheFolder(), 'browser') };
    browser = await chromium.launch({ executablePath, args: browserArguments, env, ...signals });
    const viewport = options.size ?? { width: 1400, height: 900 };
    const context = await browser.newContext({ viewport, locale: 'en-US', colorScheme: options.theme ?? 'light' });
    const page = await context.newPage();
    const outside: string[] = [];
    context.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      // What a webview loads has an address of its own, which VS Code's service worker answers from the disk.
      const answeredHere = ['127.0.0.1', 'localhost'].includes(hostname) || hostname.endsWith('.vscode-resource.vscode-cdn.net');
      if (/^(http|ws)s?:$/.test(protocol) && !answeredHere) outside.push(request.url());
    });
    return { server, page, outside, close: closing(server, browser) };
  } catch (error) {
    await closing(server, browser)();
    throw error;
  }
}

function closing(server: EditorServer, browser: Browser | undefined): () => Promise<void> {
  return async () => {
    try {
      await browser?.close();
    } finally {
      await server.close();
    }
  };
}

function sessionOf(opened: OpenedBrowser, url: string): EditorSession {
  const { page } = opened;
  return {
    page,
    url,
    outside: opened.outside,
    async screenshot(name) {
      const path = join(pictureFolder, `${name}.png`);
      await mkdir(pictureFolder, { recursive: true });
      await page.screenshot({ path, animations: 'disabled' });
      return path;
    },
    async setTheme(theme) {
      // The editor follows the browser; what is open, such as a list of suggestions, stays open.
      await page.emulateMedia({ colorScheme: theme });
      await page.locator(`.monaco-workbench.${theme === 'light' ? 'vs' : 'vs-dark'}`).waitFor();
    },
    close: () => opened.close(),
  };
}
