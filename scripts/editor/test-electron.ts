import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { packageVsix } from '../package.ts';
import { buildSuite } from './build-suite.ts';
import { cacheFolder } from './cache.ts';
import { hasScreen } from './desktop.ts';
import { helperExtension } from './host-suite.ts';
import { run } from './run.ts';
import { startSample } from './sample.ts';
import { temporaryFolder } from './temporary.ts';

const elsewhere = 'The same suite runs in code-server with "npm test".';

/** `npm run test:electron`: the suite of the extension host in a desktop VS Code. Returns the exit code of the suite. */
async function testElectron(): Promise<number> {
  if (!hasScreen()) throw new Error(`A desktop VS Code needs a screen: run this under xvfb-run. ${elsewhere}`);
  const editor = await executable();
  const vsix = await packageVsix();
  const suite = await buildSuite();
  const data = await temporaryFolder('sollist-electron-');
  const sample = await startSample();
  try {
    const folders = [`--user-data-dir=${join(data.path, 'user-data')}`, `--extensions-dir=${join(data.path, 'extensions')}`];
    await install(editor, vsix, folders);
    return await runTests({
      vscodeExecutablePath: editor,
      extensionDevelopmentPath: helperExtension,
      extensionTestsPath: suite,
      extensionTestsEnv: { ...sample.env },
      launchArgs: [sample.workspace, ...folders, '--disable-workspace-trust', '--disable-telemetry', '--skip-welcome', ...asRoot()],
    });
  } finally {
    await sample.close();
    await data.remove();
  }
}

/** `VSCODE_PATH`, else a download into the cache. */
async function executable(): Promise<string> {
  const chosen = process.env['VSCODE_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new Error(`VSCODE_PATH names ${chosen}, which does not exist.`);
  }
  try {
    return await downloadAndUnzipVSCode({ version: 'stable', cachePath: join(cacheFolder(), 'electron') });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`A desktop VS Code cannot be downloaded here (${reason}): set VSCODE_PATH to an installed one. ${elsewhere}`, {
      cause: error,
    });
  }
}

async function install(editor: string, vsix: string, folders: readonly string[]): Promise<void> {
  const [cli, ...args] = resolveCliArgsFromVSCodeExecutablePath(editor, { reuseMachineInstall: true });
  if (cli === undefined) throw new Error(`${editor} has no command line to install the extension with.`);
  const ended = await run(cli, [...args, ...folders, ...asRoot(), '--install-extension', vsix]);
  if (ended.code !== 0) throw new Error(`The extension ${vsix} cannot be installed in ${editor}: ${ended.tail}`);
}

/** Chromium inside the editor refuses its sandbox to root. */
function asRoot(): readonly string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

try {
  process.exitCode = await testElectron();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
