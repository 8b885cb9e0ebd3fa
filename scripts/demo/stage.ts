import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSampleSystems, type SampleSystems } from '../../examples/systems/start.ts';
import { sampleSecrets } from '../../examples/systems/sample-secrets.ts';

const root = join(import.meta.dirname, '../..');

/** What a command printed and how it ended. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** A copy of the sample workspace with its systems running on free ports, and the real command line to work on it. */
export interface Stage {
  readonly workspace: string;
  readonly systems: SampleSystems;
  sollist(...args: readonly string[]): Promise<Outcome>;
  close(): Promise<void>;
}

export async function openStage(colour: boolean): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'sollist-demo-'));
  const workspace = join(folder, 'workspace');
  cpSync(join(root, 'examples/workspace'), workspace, { recursive: true, filter: (path) => !path.endsWith('.sollist') });
  const systems = await startSampleSystems();
  const env = {
    ...process.env,
    ...(colour ? { FORCE_COLOR: '1' } : {}),
    HR_ADDRESS: systems.hr.address,
    DIRECTORY_ADDRESS: systems.directory.address,
    HR_CLIENT_SECRET: sampleSecrets.hrClientSecret,
    DIRECTORY_PASSWORD: sampleSecrets.directoryPassword,
  };
  return {
    workspace,
    systems,
    sollist: (...args) =>
      run([join(root, 'dist/engine/sollist.cjs'), ...args, '--workspace', workspace, '--environment', 'elsewhere'], env),
    async close() {
      await systems.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (chunks.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (chunks.stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? 1, ...chunks, seconds: (performance.now() - startedAt) / 1000 }));
  });
}
