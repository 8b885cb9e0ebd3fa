import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import type { DryRunReport } from '../../engine/host/protocol.ts';
import { setStage, type Stage } from '../support/sample-systems.ts';

const persons = { connector: 'connectors/hr.json', table: 'persons', limits: { rows: 5 } };

/** Child processes of the server; only Linux tells them without another program. */
function enginesOf(server: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const parent = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1];
        return Number(parent) === server ? [Number(name)] : [];
      } catch {
        // It ended meanwhile.
        return [];
      }
    });
}

const noProc = process.platform !== 'linux';
if (noProc) console.warn('Skipped: tests that look for the engine process need /proc.');

async function until<Value>(what: string, look: () => Value | undefined | false): Promise<Value> {
  for (const end = Date.now() + 8000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 10))) {
    const found = look();
    if (found !== undefined && found !== false) return found;
  }
  throw new Error(`It did not happen in time: ${what}.`);
}

/** A run that waits for an answer that never comes. */
async function hungRun(
  { samples, editor, input }: Stage,
  token?: CancellationTokenSource,
): Promise<{ readonly outcome: Promise<unknown> }> {
  samples.hr.faults.add({ path: /persons/, after: 0, action: { kind: 'hang' } });
  const before = samples.hr.log.length;
  const outcome = editor.request('sollist/run/dryRun', input(persons), token?.token).catch((error: unknown) => error);
  await until('the request arrived', () => samples.hr.log.slice(before).some(({ path }) => path.includes('persons')));
  return { outcome };
}

test('a hung run that is cancelled ends within two seconds', async () => {
  await using stage = await setStage();
  const token = new CancellationTokenSource();
  const { outcome } = await hungRun(stage, token);
  const start = performance.now();
  token.cancel();
  expect(await outcome).toMatchObject({ code: -32050, data: { code: 'cancelled' } });
  expect(performance.now() - start).toBeLessThan(2000);
  stage.samples.hr.faults.clear();
  expect(await stage.editor.request<DryRunReport>('sollist/run/dryRun', stage.input(persons))).toMatchObject({
    outcome: { state: 'collected' },
  });
});

test('a query that runs away can be cancelled, too, and the next run works', async () => {
  await using stage = await setStage();
  const { editor, input } = stage;
  await editor.request('sollist/run/collect', input({ system: 'hr', tables: ['persons'] }));
  const tables = ['b', 'c', 'd'].map((alias) => `join hr.persons as ${alias} on ${alias}.id <> a.id`).join('\n');
  await editor.open('filters/Runaway.filter', `select count(*) as n from hr.persons as a\n${tables}`);
  const token = new CancellationTokenSource();
  let told: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    told = resolve;
  });
  editor.connection.onNotification('sollist/progress', () => told());
  const outcome = editor
    .request('sollist/run/runFilter', input({ filter: 'Runaway', parameters: {} }), token.token)
    .catch((error: unknown) => error);
  await begun;
  const start = performance.now();
  token.cancel();
  expect(await outcome).toMatchObject({ code: -32050, data: { code: 'cancelled' } });
  expect(performance.now() - start).toBeLessThan(2000);
  expect(
    await editor
      .request('sollist/run/runFilter', input({ filter: 'Staff of a department', parameters: {} }))
      .catch((error: unknown) => error),
  ).toMatchObject({ data: { code: 'not-collected' } });
});

test.skipIf(noProc)('an engine that is killed fails its run, and the next one starts anew', async () => {
  await using stage = await setStage();
  const { outcome } = await hungRun(stage);
  const [engine] = enginesOf(stage.editor.process.pid ?? 0);
  process.kill(engine ?? 0, 'SIGKILL');
  expect(await outcome).toMatchObject({
    code: -32050,
    message: expect.stringContaining('SIGKILL') as unknown,
    data: { code: 'engine-ended' },
  });
  stage.samples.hr.faults.clear();
  expect(await stage.editor.request<DryRunReport>('sollist/run/dryRun', stage.input(persons))).toMatchObject({
    outcome: { state: 'collected' },
  });
});

test.skipIf(noProc)('no engine is started before the first run, and none outlives the server', async () => {
  await using stage = await setStage();
  const server = stage.editor.process.pid ?? 0;
  await stage.editor.open('connectors/hr.json');
  await stage.editor.request('sollist/overview', { folder: stage.editor.folder });
  expect(enginesOf(server)).toEqual([]);
  await hungRun(stage);
  const [engine = 0] = enginesOf(server);
  expect(engine).toBeGreaterThan(0);
  await stage.editor[Symbol.asyncDispose]();
  await until('the engine ended', () => !isAlive(engine));
});

test.skipIf(noProc)('an engine whose server is killed ends by itself', async () => {
  await using stage = await setStage();
  const { outcome } = await hungRun(stage);
  outcome.catch(() => undefined);
  const [engine = 0] = enginesOf(stage.editor.process.pid ?? 0);
  stage.editor.process.kill('SIGKILL');
  await until('the engine ended', () => !isAlive(engine));
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process nobody has waited for yet is dead, too.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
