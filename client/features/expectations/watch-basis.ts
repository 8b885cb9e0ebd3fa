import { EventEmitter, workspace, type Event, type ExtensionContext } from 'vscode';

/** Files that a verdict on a recording rests on. */
const rests = '**/{connectors,systems,overlays,expectations,recordings}/**';

/** A recording is many files that are written one after the other; milliseconds of quiet before anything runs. */
const quiet = 500;

/** Told when something changed on the disk that recorded tests rest on. */
export function watchBasis(context: ExtensionContext): Event<void> {
  const change = new EventEmitter<void>();
  const watcher = workspace.createFileSystemWatcher(rests);
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      change.fire();
    }, quiet);
  };
  context.subscriptions.push(change, watcher, watcher.onDidChange(soon), watcher.onDidCreate(soon), watcher.onDidDelete(soon), {
    dispose: () => clearTimeout(timer),
  });
  return change.event;
}
