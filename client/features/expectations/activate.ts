import {
  TestRunProfileKind,
  tests,
  workspace,
  type CancellationToken,
  type ExtensionContext,
  type TestRunRequest,
  type TextDocument,
} from 'vscode';
import type { Commands } from '../../infrastructure/commands.ts';
import { commandIds, testControllerId } from '../../infrastructure/ids.ts';
import type { Server } from '../../infrastructure/language-client.ts';
import type { Log } from '../../infrastructure/log.ts';
import type { Runs } from '../../infrastructure/run.ts';
import type { Folders } from '../../infrastructure/workspace.ts';
import { runAgainAndAgain } from './again.ts';
import { runTests, type TestTools } from './run-tests.ts';
import { saveExpectations } from './save.ts';
import { createTestTree, liveTag, testFileOf } from './tree.ts';
import { watchBasis } from './watch-basis.ts';

/** Milliseconds after the last key stroke before the tests are read anew. */
const patience = 300;

/** Expectations in the Test Explorer, and *Save as Expectations*. Where there is no Sollist folder, the Testing view stays as it was. */
export function activateExpectationsFeature(
  context: ExtensionContext,
  commands: Commands,
  folders: Folders,
  server: Server,
  runs: Runs,
  log: Log,
): void {
  commands.register(commandIds.saveExpectations, (target) => saveExpectations(folders, runs, target));
  let started = false;
  const start = (): void => {
    if (started || folders.current() === undefined) return;
    started = true;
    startController(context, commands, { folders, server, runs, log });
  };
  context.subscriptions.push(folders.onChange(start));
  commands.inBackground('tests', () => folders.searched.then(start));
}

function startController(
  context: ExtensionContext,
  commands: Commands,
  { folders, server, runs, log }: { readonly folders: Folders; readonly server: Server; readonly runs: Runs; readonly log: Log },
): void {
  const controller = tests.createTestController(testControllerId, 'Sollist');
  const tree = createTestTree(controller, server);
  const tools: TestTools = { controller, tree, folders, runs, log };
  const changed = watchBasis(context);
  const run =
    (live: boolean) =>
    (request: TestRunRequest, token: CancellationToken): Promise<void> =>
      request.continuous === true
        ? runAgainAndAgain(() => runTests(tools, request, live, token), changed, token)
        : runTests(tools, request, live, token);
  controller.createRunProfile('Recorded', TestRunProfileKind.Run, run(false), true, undefined, true);
  controller.createRunProfile('Live', TestRunProfileKind.Run, run(true), false, liveTag);
  controller.resolveHandler = (item) => tree.resolve(item);
  controller.refreshHandler = async () => {
    await tree.resolve();
    const roots: Promise<void>[] = [];
    controller.items.forEach((item) => {
      if (item.children.size > 0) roots.push(tree.resolve(item));
    });
    await Promise.all(roots);
  };
  context.subscriptions.push(
    controller,
    workspace.onDidGrantWorkspaceTrust(() => tree.retag()),
  );
  followFiles(context, commands, folders, tree);
}

/** Tests follow the files, on the disk and as they are typed. */
function followFiles(context: ExtensionContext, commands: Commands, folders: Pick<Folders, 'onChange'>, tree: TestTools['tree']): void {
  const watcher = workspace.createFileSystemWatcher('**/expectations/*.json');
  const timers = new Map<string, NodeJS.Timeout>();
  const soon = ({ uri }: Pick<TextDocument, 'uri'>): void => {
    if (!testFileOf(uri)) return;
    clearTimeout(timers.get(uri.toString()));
    timers.set(
      uri.toString(),
      setTimeout(() => {
        commands.inBackground('tests', () => tree.touched(uri));
      }, patience),
    );
  };
  for (const document of workspace.textDocuments) soon(document);
  context.subscriptions.push(
    watcher,
    watcher.onDidCreate((uri) => soon({ uri })),
    watcher.onDidChange((uri) => soon({ uri })),
    watcher.onDidDelete((uri) => soon({ uri })),
    // A folder that goes takes its files with it without a word of each.
    folders.onChange(() => {
      commands.inBackground('tests', () => tree.resolve());
    }),
    workspace.onDidOpenTextDocument(soon),
    workspace.onDidCloseTextDocument((document) => {
      tree.closed(document.uri);
      soon(document);
    }),
    workspace.onDidChangeTextDocument(({ document }) => soon(document)),
    {
      dispose: () => {
        for (const timer of timers.values()) clearTimeout(timer);
      },
    },
  );
  commands.inBackground('tests', () => tree.resolve());
}
