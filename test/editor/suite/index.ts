import Mocha from 'mocha';
import { suiteLine } from '../../../scripts/editor/suite-line.ts';

/** Every suite file; they are loaded late because `describe` and `it` are there only once mocha has been set up. */
const suites: readonly (() => Promise<unknown>)[] = [
  () => import('./smoke.suite.ts'),
  () => import('./language.suite.ts'),
  () => import('./completion.suite.ts'),
  () => import('./hover.suite.ts'),
  () => import('./names.suite.ts'),
  () => import('./symbols.suite.ts'),
  () => import('./text.suite.ts'),
  () => import('./problems.suite.ts'),
  () => import('./actions.suite.ts'),
  () => import('./knowledge.suite.ts'),
  () => import('./new-connector.suite.ts'),
  () => import('./runs.suite.ts'),
  () => import('./filter-run.suite.ts'),
  () => import('./filter-language.suite.ts'),
  () => import('./filter-hazards.suite.ts'),
  () => import('./data-model.suite.ts'),
  () => import('./nim.suite.ts'),
  () => import('./expectations.suite.ts'),
];

/** Called by VS Code inside the extension host; it is rejected when a test failed, which makes the exit code 1. */
export async function run(): Promise<void> {
  const chosen = process.env['SOLLIST_SUITE_GREP'];
  const mocha = new Mocha({
    ui: 'bdd',
    color: false,
    timeout: 60_000,
    slow: 5_000,
    reporter: 'spec',
    // A name that fits nothing would otherwise pass silently.
    failZero: true,
    ...(chosen === undefined ? {} : { grep: chosen }),
  });
  // The workbench writes to the same place: the mark tells the suite's own lines from the rest.
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => {
    console.log(suiteLine(...parts));
  };
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  for (const load of suites) await load();
  const failures = await new Promise<number>((done) => mocha.run(done));
  if (failures > 0) throw new Error(`${String(failures)} of the tests in the extension host failed.`);
}
