import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { sampleSecrets } from '../../examples/systems/sample-secrets.ts';
import { startSampleSystems, type SampleSystems } from '../../examples/systems/start.ts';
import { type Outcome, runCommand } from './command-line.ts';

/** A secret that no system knows, to be given in the place of a right one. */
export const wrongSecret = 'quite-the-wrong-secret';

interface Given {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** `elsewhere`, where the sample systems are, unless told otherwise; null names none. */
  readonly environment?: string | null;
  readonly colour?: boolean;
  readonly signal?: AbortSignal;
}

/** The command line over the example workspace, collected from sample systems of the test file's own; each test has a copy. */
export interface CollectedSamples {
  readonly systems: SampleSystems;
  /** The workspace that the copies are made of. */
  readonly collected: string;
  /** The copy of this test. */
  readonly workspace: string;
  /** Runs a command line in this process, in the copy of this test. */
  readonly sollist: (args: readonly string[], given?: Given) => Promise<Outcome>;
  /** Changes a file of the copy; fails where the change changes nothing. */
  readonly edit: (path: string, change: (text: string) => string) => void;
  /** Holds that nothing was written to a target, and that no output, of which there are more than `count`, held a secret or a stack trace. */
  readonly expectNothingGivenAway: (count: number) => void;
}

/** Starts the systems and collects them before the tests of a file, and ends and deletes all of it behind them. */
export function collectedSamples(): CollectedSamples {
  let systems: SampleSystems;
  let collected: string;
  let workspace: string;
  const folders: string[] = [];
  const seen: string[] = [];

  const copy = (from: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'sollist-cli-'));
    folders.push(folder);
    cpSync(from, folder, { recursive: true });
    return folder;
  };

  const sollist: CollectedSamples['sollist'] = async (args, { environment = 'elsewhere', env, ...given } = {}) => {
    const outcome = await runCommand([...args, ...(environment === null ? [] : ['--environment', environment])], {
      env: {
        HR_ADDRESS: systems.hr.address,
        DIRECTORY_ADDRESS: systems.directory.address,
        HR_CLIENT_SECRET: sampleSecrets.hrClientSecret,
        DIRECTORY_PASSWORD: sampleSecrets.directoryPassword,
        ...env,
      },
      cwd: workspace,
      ...given,
    });
    seen.push(outcome.out, outcome.err);
    return outcome;
  };

  beforeAll(async () => {
    systems = await startSampleSystems();
    collected = copy(join(import.meta.dirname, '../../examples/workspace'));
    rmSync(join(collected, '.sollist'), { recursive: true, force: true });
    for (const system of ['hr', 'directory'])
      expect(await sollist(['collect', system], { cwd: collected })).toMatchObject({ code: 0, err: '' });
  });
  beforeEach(() => {
    workspace = copy(collected);
  });
  afterEach(() => {
    systems.hr.faults.clear();
    systems.directory.faults.clear();
  });
  afterAll(async () => {
    await systems.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  return {
    get systems() {
      return systems;
    },
    get collected() {
      return collected;
    },
    get workspace() {
      return workspace;
    },
    sollist,
    edit(path, change) {
      const before = readFileSync(join(workspace, path), 'utf8');
      const after = change(before);
      expect(after).not.toBe(before);
      writeFileSync(join(workspace, path), after);
    },
    expectNothingGivenAway(count) {
      expect([...systems.hr.writes(), ...systems.directory.writes()]).toEqual([]);
      expect(seen.length).toBeGreaterThan(count);
      const everything = seen.join('\n');
      for (const secret of [sampleSecrets.hrClientSecret, sampleSecrets.directoryPassword, wrongSecret]) {
        for (const form of [secret, Buffer.from(secret).toString('base64'), Buffer.from(`sollist:${secret}`).toString('base64')])
          expect(everything).not.toContain(form);
      }
      expect(everything).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
      expect(everything).not.toContain('in a way it should not have');
    },
  };
}
