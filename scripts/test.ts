import { spawn, type ChildProcess } from 'node:child_process';
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

/** The ladder, cheapest first. The first two are compilers and stand beside each other; the others share one runner. */
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

/**
 * The types, and beside them ESLint, which takes as long as the types and the look of the texts (Prettier) together: two cores are busy to
 * the end. What the second says comes whole, after the first.
 */
async function compile(asked: readonly string[]): Promise<readonly Outcome[]> {
  const startedAt = performance.now();
  const eslint = asked.includes('lint') ? runQuietly('eslint/bin/eslint.js', ['.', '--max-warnings', '0']) : undefined;
  const all: Outcome[] = [];
  if (asked.includes('types')) {
    announce('types');
    all.push(compiler('types', await run('typescript/bin/tsc', ['-b']), startedAt));
  }
  if (eslint) {
    announce('lint');
    const prettier = await run('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);
    const { code, output } = await eslint;
    process.stdout.write(output);
    all.push(compiler('lint', code === 0 ? prettier : code, startedAt));
  }
  return all;
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

function compiler(rung: string, code: number, startedAt: number): Outcome {
  const passed = code === 0 ? 1 : 0;
  return { rung, passed, failed: 1 - passed, skipped: 0, seconds: secondsSince(startedAt), failures: [] };
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
  return ended(start(script, args, 'inherit'));
}

/** Runs a program of a package, and gives what it said when it has ended. */
async function runQuietly(script: string, args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const child = start(script, args, 'pipe');
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece: Buffer) => said.push(piece));
  const code = await ended(child);
  return { code, output: Buffer.concat(said).toString() };
}

function start(script: string, args: readonly string[], output: 'inherit' | 'pipe'): ChildProcess {
  return spawn(process.execPath, [join(bin, script), ...args], {
    cwd: root,
    stdio: ['ignore', output, output],
    env: { ...process.env, NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? compiled },
  });
}

function ended(child: ChildProcess): Promise<number> {
  const end = (): void => void child.kill('SIGTERM');
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  return new Promise((resolve) => {
    // Not at "exit": then it may still have something to say.
    child.on('close', (code) => {
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
