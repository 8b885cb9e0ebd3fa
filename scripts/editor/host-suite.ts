import { join } from 'node:path';
import { root } from './paths.ts';
import { openBrowser } from './session.ts';
import type { SessionOptions } from './session.ts';
import { ownLines } from './suite-line.ts';
import { waitFor } from './wait-for.ts';

/** How a suite inside the extension host ended. */
export interface SuiteResult {
  /** 0 when every test passed. */
  readonly exitCode: number;
  /** What the suite's reporter printed. */
  readonly log: readonly string[];
  /** Everything that the page and the extension host printed, the suite's lines among it. */
  readonly everything: readonly string[];
}

/** VS Code runs a suite only beside an extension under development; the one under test is the packaged one, so this one is empty. */
export const helperExtension = join(root, 'test', 'editor', 'helper-extension');

/** How long a suite may take, start of the editor included. */
const patience = 600_000;

/** Runs the bundled suite at `suitePath` (it exports `run(): Promise<void>`) inside the extension host of a fresh editor. */
export async function runSuiteInHost(options: SessionOptions, suitePath: string): Promise<SuiteResult> {
  const opened = await openBrowser(options);
  const { page, server } = opened;
  const lines: string[] = [];
  let exitCode: number | undefined;
  try {
    // The page of VS Code calls these two, as its own tests are run with them.
    await page.exposeFunction('codeAutomationLog', (kind: string, args: readonly unknown[]) => {
      const line = `${kind}: ${args.map(asText).join(' ')}`;
      lines.push(line);
      for (const own of ownLines(line)) options.log?.(own);
    });
    await page.exposeFunction('codeAutomationExit', (code: number) => {
      exitCode = code;
    });
    await page.addInitScript({ content: developmentScript(server.port, suitePath) });
    await page.goto(server.address(options.workspace));
    await waitFor('the end of the suite in the extension host', () => exitCode !== undefined || !server.running(), patience);
    if (exitCode === undefined) throw new Error('code-server ended in the middle of the suite.');
    return { exitCode, log: lines.flatMap(ownLines), everything: lines };
  } catch (error) {
    throw new Error(`${(error as Error).message} It printed: ${lines.slice(-20).join('\n') || 'nothing'}`, { cause: error });
  } finally {
    await opened.close();
  }
}

/**
 * What the desktop takes as --extensionDevelopmentPath and --extensionTestsPath, the page takes from the settings that the server
 * wrote into it. The script adds it when the page reads them.
 */
function developmentScript(port: number, suitePath: string): string {
  const remote = (path: string) => ({ scheme: 'vscode-remote', authority: `127.0.0.1:${String(port)}`, path });
  const development = { extensions: [remote(helperExtension)], extensionTestsPath: remote(suitePath) };
  return `{
    const read = Element.prototype.getAttribute;
    Element.prototype.getAttribute = function (name) {
      const value = read.call(this, name);
      if (this.id !== 'vscode-workbench-web-configuration' || name !== 'data-settings') return value;
      return JSON.stringify({ ...JSON.parse(value), developmentOptions: ${JSON.stringify(development)} });
    };
  }`;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
