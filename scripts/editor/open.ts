import { samplePorts } from '../../examples/systems/sample-secrets.ts';
import { startSampleSystems } from '../../examples/systems/start.ts';
import { packageVsix } from '../package.ts';
import { desktopEditor, openDesktop } from './desktop.ts';
import { sampleEnvironment, sampleWorkspace } from './sample.ts';
import { startServer } from './server.ts';
import { waitFor } from './wait-for.ts';

const aDay = 86_400_000;

/** `npm run editor`: the sample workspace, with its systems running, in a VS Code with the extension, until Ctrl+C. */
async function open(signal: AbortSignal): Promise<void> {
  const vsix = await packageVsix();
  const systems = await startSampleSystems({ hrPort: samplePorts.hr, directoryPort: samplePorts.directory });
  try {
    const env = sampleEnvironment(systems);
    console.log(`HR listens on ${systems.hr.baseUrl}, Directory on ${systems.directory.baseUrl}.`);
    const code = desktopEditor();
    if (code === undefined) {
      await openInBrowser(vsix, env, signal);
    } else {
      console.log(`Opening the sample workspace with ${code}. Close its window or press Ctrl+C to stop everything.`);
      await openDesktop({ code, vsix, workspace: sampleWorkspace, env, log: say, signal });
    }
  } finally {
    await systems.stop();
  }
}

async function openInBrowser(vsix: string, env: Readonly<Record<string, string>>, signal: AbortSignal): Promise<void> {
  let installing = true;
  const log = (line: string): void => {
    if (installing) say(line);
  };
  const server = await startServer({ vsix: [vsix], env, log });
  installing = false;
  try {
    console.log(`The sample workspace is open at\n\n  ${server.address(sampleWorkspace)}\n\nPress Ctrl+C to stop everything.`);
    await waitFor('Ctrl+C', () => signal.aborted || !server.running(), aDay);
    if (!signal.aborted) throw new Error('The editor ended by itself.');
  } finally {
    await server.close();
  }
}

/** What a person waits for is said; the server's own diary (a time in brackets before each line) is not. */
function say(line: string): void {
  if (line.trim() !== '' && !/^\[\d{4}-/.test(line)) console.error(line);
}

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stop.abort();
  });
}
try {
  await open(stop.signal);
} catch (error) {
  if (!stop.signal.aborted) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}
