import { parseArgs } from 'node:util';
import { PortInUse, startSampleSystems } from './start.ts';
import { samplePorts, sampleSecrets } from './sample-secrets.ts';

const usage = 'Usage: node examples/systems/main.ts [--hr-port PORT] [--directory-port PORT]';

/** What was asked for on the command line, or the sentence that says what is wrong with it. */
function read(): { readonly hrPort: number; readonly directoryPort: number } | string {
  try {
    const { values } = parseArgs({ options: { 'hr-port': { type: 'string' }, 'directory-port': { type: 'string' } } });
    const hrPort = Number(values['hr-port'] ?? samplePorts.hr);
    const directoryPort = Number(values['directory-port'] ?? samplePorts.directory);
    const valid = [hrPort, directoryPort].every((port) => Number.isInteger(port) && port >= 0 && port <= 65535);
    return valid ? { hrPort, directoryPort } : `A port is a whole number from 0 to 65535.\n${usage}`;
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${usage}`;
  }
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 2;
}

async function run(): Promise<void> {
  const options = read();
  if (typeof options === 'string') {
    fail(options);
    return;
  }
  const systems = await startSampleSystems(options);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void systems.stop());
  console.log(`The two sample systems are running. They hold 500 made-up people and listen on this machine only.

  HR         ${systems.hr.baseUrl}/api/v1
  Directory  ${systems.directory.baseUrl}/scim/v2

The sample workspace finds them through these environment variables:

  HR_ADDRESS=${systems.hr.address}
  DIRECTORY_ADDRESS=${systems.directory.address}
  HR_CLIENT_SECRET=${sampleSecrets.hrClientSecret}
  DIRECTORY_PASSWORD=${sampleSecrets.directoryPassword}

What is written to Directory is kept until it stops. Stop both with Ctrl+C.`);
}

run().catch((error: unknown) => {
  fail(
    error instanceof PortInUse
      ? error.message
      : `The sample systems could not start: ${error instanceof Error ? error.message : String(error)}`,
  );
});
