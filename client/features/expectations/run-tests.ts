import type { CancellationToken, TestController, TestRun, TestRunRequest } from 'vscode';
import { isCancellation } from '../../infrastructure/commands.ts';
import type { Log } from '../../infrastructure/log.ts';
import type { Runs } from '../../infrastructure/run.ts';
import type { Folders } from '../../infrastructure/workspace.ts';
import { chosenFiles, type ChosenFile } from './chosen.ts';
import { outputOf } from './output.ts';
import { report } from './report.ts';
import type { TestTree } from './tree.ts';
import { errorVerdicts, verdictsOf } from './verdicts.ts';

/** What a test run needs. */
export interface TestTools {
  readonly controller: TestController;
  readonly tree: TestTree;
  readonly folders: Pick<Folders, 'overview'>;
  readonly runs: Pick<Runs, 'run'>;
  readonly log: Pick<Log, 'error'>;
}

/** Tests what was asked for, one system after the other; ends when it is cancelled. Nothing is thrown: every failure is a test's. */
export async function runTests(tools: TestTools, request: TestRunRequest, live: boolean, token: CancellationToken): Promise<void> {
  const { controller, tree } = tools;
  const run = controller.createTestRun(request);
  try {
    const files = await chosenFiles(tree, controller.items, request);
    for (const { leaves } of files) for (const { item } of leaves) run.enqueued(item);
    for (const file of files) {
      if (token.isCancellationRequested) break;
      await testFile(tools, run, file, { request, live, token });
    }
  } catch (error) {
    tools.log.error(`Tests: ${messageOf(error)}`);
    run.appendOutput(`${messageOf(error)}\r\n`);
  } finally {
    run.end();
  }
}

async function testFile(
  { folders, runs }: TestTools,
  run: TestRun,
  file: ChosenFile,
  { request, live, token }: { readonly request: TestRunRequest; readonly live: boolean; readonly token: CancellationToken },
): Promise<void> {
  const { folder, system, leaves } = file;
  // Without a choice it is the systems that were asked for.
  const included = new Set(request.include ?? [file.item]);
  for (const { item } of leaves) run.started(item);
  try {
    const tables = [...new Set(leaves.map(({ table }) => table))];
    const secrets = live ? ((await folders.overview(folder)).systems.find(({ name }) => name === system)?.secrets ?? []) : [];
    const tested = await runs.run('testExpectations', { system, live, ...(tables.length > 0 && { tables }) }, { folder, secrets, token });
    report(run, verdictsOf(file, tested, included));
    run.appendOutput(outputOf(tested));
  } catch (error) {
    if (isCancellation(error)) {
      for (const { item } of leaves) run.skipped(item);
      run.appendOutput(`${system}: cancelled\r\n`);
      return;
    }
    report(run, errorVerdicts(file.item, leaves, messageOf(error), included));
    run.appendOutput(`${system}: ${messageOf(error).replaceAll(/[\r\n]+/g, ' ')}\r\n`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
