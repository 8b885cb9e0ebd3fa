import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EventEmitter, workspace, type Event, type ExtensionContext } from 'vscode';
import type { RowsComparison, RunList, RunRecord } from '../../engine/run/run-record.ts';
import type { Runs } from './run.ts';

/** The runs that are kept in a folder: those of the editor, and those of the command line beside it. */
export interface History {
  /** Newest first. */
  list(folder: string): Promise<RunList>;
  read(folder: string, id: string): Promise<RunRecord>;
  compare(folder: string, before: string, after: string): Promise<RowsComparison>;
  pin(folder: string, id: string, pinned: boolean): Promise<void>;
  remove(folder: string, ids: readonly string[]): Promise<void>;
  /** A run was written, changed or taken away; all folders. */
  readonly onChange: Event<void>;
}

/** Milliseconds in which changes of many files count as one. */
const settling = 250;

export function createHistory(context: ExtensionContext, runs: Runs): History {
  const change = new EventEmitter<void>();
  const files = workspace.createFileSystemWatcher('**/.sollist/runs/*.json');
  const lists = new Map<string, Promise<RunList>>();
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    lists.clear();
    change.fire();
  };
  const soon = (): void => {
    lists.clear();
    clearTimeout(timer);
    timer = setTimeout(changed, settling);
  };
  context.subscriptions.push(
    change,
    files,
    files.onDidCreate(soon),
    files.onDidChange(soon),
    files.onDidDelete(soon),
    runs.onRecorded(soon),
    { dispose: () => clearTimeout(timer) },
  );
  const list = (folder: string): Promise<RunList> => {
    const known = lists.get(folder);
    if (known) return known;
    // Where nothing ever ran, no engine is started to say so.
    const asked = existsSync(join(folder, '.sollist', 'runs'))
      ? runs.run('listRuns', {}, { folder, secrets: [] })
      : Promise.resolve<RunList>({ runs: [], skipped: [] });
    lists.set(folder, asked);
    asked.catch(() => lists.delete(folder));
    return asked;
  };
  return {
    list,
    read: (folder, id) => runs.run('readRun', { id }, { folder, secrets: [] }),
    compare: (folder, before, after) => runs.run('compareRuns', { before, after }, { folder, secrets: [] }),
    pin: async (folder, id, pinned) => {
      await runs.run('pinRun', { id, pinned }, { folder, secrets: [] });
      changed();
    },
    remove: async (folder, ids) => {
      await runs.run('deleteRuns', { ids }, { folder, secrets: [] });
      changed();
    },
    onChange: change.event,
  };
}
