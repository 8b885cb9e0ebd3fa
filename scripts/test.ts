import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureBuilt } from './build.ts';

const root = join(import.meta.dirname, '..');
const bin = join(root, 'node_modules');
const results = join(root, 'test-results');

interface Outcome {
  readonly rung: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** Names and first lines of what failed, so that the end of a long log says it. */
  readonly failures: readonly string[];
}

/** What is read of a report of the runner. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/** The ladder, cheapest first. The first two are compilers; the others share one runner. */
const rungs = ['types', 'lint', 'unit', 'protocol', 'systems', 'webview', 'editor', 'manifest', 'package'];
const compilers = ['types', 'lint'];

/** What the programs of the rungs keep of their compiled code: many are started hundreds of times. */
const compiled = join(results, 'compiled');

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !rungs.includes(name));
if (unknown !== undefined) {
  console.error(`There is no rung "${unknown}". There are: ${rungs.join(', ')}.`);
  process.exit(2);
}

mkdirSync(results, { recursive: true });
await ensureBuilt();
const chosen = rungs.filter((rung) => wanted.length === 0 || wanted.includes(rung));
const outcomes = [...(await compile(chosen))];
// What does not compile is not worth the minutes of an editor.
const compiles = outcomes.every(({ rung, failed }) => rung !== 'types' || failed === 0);
if (compiles) for (const rung of chosen.filter((one) => !compilers.includes(one))) outcomes.push(await test(rung));
report(outcomes);

/** The types, then the linter and the look of the texts; each says all it has to say. */
async function compile(asked: readonly string[]): Promise<readonly Outcome[]> {
  const all: Outcome[] = [];
  if (asked.includes('types')) all.push(await compiler('types', [['typescript/bin/tsc', '-b']]));
  if (asked.includes('lint')) all.push(await compiler('lint', [['oxlint/bin/oxlint'], ['oxfmt/bin/oxfmt', '--check']]));
  return all;
}

async function compiler(rung: string, programs: readonly (readonly [script: string, ...args: readonly string[]])[]): Promise<Outcome> {
  announce(rung);
  const startedAt = performance.now();
  let passed = 1;
  for (const [script, ...args] of programs) if ((await run(script, args)) !== 0) passed = 0;
  return { rung, passed, failed: 1 - passed, skipped: 0, seconds: secondsSince(startedAt), failures: [] };
}

async function test(rung: string): Promise<Outcome> {
  announce(rung);
  const startedAt = performance.now();
  const file = join(results, `${rung}.json`);
  rmSync(file, { force: true });
  const code = await run('vitest/vitest.mjs', [
    'run',
    '--project',
    rung,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  return { rung, ...countTests(file, code), seconds: secondsSince(startedAt) };
}

function announce(rung: string): void {
  console.log(`\n── ${rung} ${'─'.repeat(Math.max(3, 60 - rung.length))}`);
}

function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1000;
}

function countTests(file: string, code: number): Pick<Outcome, 'passed' | 'failed' | 'skipped' | 'failures'> {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as Report;
    const failures = failuresOf(found);
    // A file that cannot be loaded fails the run without a failed test.
    const failed = code !== 0 && found.numFailedTests === 0 ? 1 : found.numFailedTests;
    return { passed: found.numPassedTests, failed, skipped: found.numPendingTests, failures };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: [] };
  }
}

function failuresOf({ testResults }: Report): readonly string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed');
    if (tests.length === 0) return status === 'failed' ? [`${relative(root, name)}: ${firstLines(message)}`] : [];
    return tests.map(
      ({ fullName, failureMessages = [] }) => `${relative(root, name)} > ${fullName}\n  ${firstLines(failureMessages[0] ?? '')}`,
    );
  });
}

/** A message without the calls that led to it. */
function firstLines(message: string): string {
  const lines = message.split('\n').filter((line) => !/^\s+at /.test(line));
  return lines.slice(0, 20).join('\n  ').trimEnd();
}

/** Runs a program of a package, which speaks on this terminal; gives how it ended. */
function run(script: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [join(bin, script), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? compiled },
  });
  const end = (): void => void child.kill('SIGTERM');
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      process.off('SIGINT', end);
      process.off('SIGTERM', end);
      resolve(code ?? 1);
    });
  });
}

function report(all: readonly Outcome[]): void {
  console.log('\nrung        passed  failed  skipped  seconds');
  for (const { rung, passed, failed, skipped, seconds } of all) {
    console.log(
      `${rung.padEnd(10)}  ${String(passed).padStart(6)}  ${String(failed).padStart(6)}  ${String(skipped).padStart(7)}  ${seconds.toFixed(1).padStart(7)}`,
    );
  }
  const sum = (pick: (outcome: Outcome) => number): number => all.reduce((total, outcome) => total + pick(outcome), 0);
  const skipped = sum((outcome) => outcome.skipped);
  console.log(
    `\n${sum((outcome) => outcome.passed)} passed, ${sum((outcome) => outcome.failed)} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  );
  for (const failure of all.flatMap(({ failures }) => failures)) console.log(`\n${failure}`);
  process.exitCode = sum((outcome) => outcome.failed) > 0 ? 1 : 0;
}
