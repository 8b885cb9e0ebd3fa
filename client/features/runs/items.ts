import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { RunList, RunState, RunSummary } from '../../../engine/run/run-record.ts';
import { commandIds, treeItems } from '../../infrastructure/ids.ts';
import { durationText, runHeading, runTime } from '../../infrastructure/run-words.ts';
import { hasRows } from './runs-of.ts';

const icons: Readonly<Record<RunState, readonly [icon: string, color?: string]>> = {
  ok: ['pass', 'testing.iconPassed'],
  incomplete: ['warning', 'problemsWarningIcon.foreground'],
  'held-back': ['shield', 'problemsWarningIcon.foreground'],
  failed: ['error', 'problemsErrorIcon.foreground'],
  cancelled: ['circle-slash'],
};

const words: Readonly<Record<RunState, string>> = {
  ok: 'ended well',
  incomplete: 'ended, but not proven complete',
  'held-back': 'held back by a guard',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** A run: how it ended at a glance, then what, when, with which result. A failed one says so before anything else. */
export function runItem(folder: string, run: RunSummary, bySubject: boolean): TreeItem {
  const heading = runHeading(run.kind, run.subject);
  const time = runTime(run.startedAt);
  const item = new TreeItem(bySubject ? time : heading, TreeItemCollapsibleState.None);
  const [icon, color] = icons[run.state];
  item.id = `${folder}/${run.id}`;
  item.iconPath = new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color));
  item.description = [
    ...(run.state === 'failed' || run.state === 'cancelled' ? [run.state] : []),
    ...(run.pinned ? ['pinned'] : []),
    ...(bySubject ? [] : [time.slice(11, 16)]),
    ...(run.state === 'cancelled' ? [] : [run.result]),
    durationText(run.endedAt - run.startedAt),
    ...(run.environment === undefined ? [] : [run.environment]),
  ].join(' · ');
  item.contextValue = contextOf(run);
  item.tooltip = [
    `${heading}: ${words[run.state]}`,
    run.result,
    `Started ${time}, took ${durationText(run.endedAt - run.startedAt)}`,
    ...(run.environment === undefined ? [] : [`Environment ${run.environment}`]),
    ...limitsOf(run),
    ...(run.source?.kind === 'replay' ? [`From the recording ${run.source.recording}`] : []),
    ...(run.pinned ? ['Pinned: kept however many come after it'] : []),
  ].join('\n');
  item.command = { command: commandIds.openRun, title: 'Open', arguments: [{ folder, id: run.id }] };
  item.accessibilityInformation = { label: `${heading}, ${words[run.state]}, ${time}, ${run.result}` };
  return item;
}

function contextOf(run: RunSummary): string {
  if (hasRows(run)) return run.pinned ? treeItems.pinnedRowsRun : treeItems.rowsRun;
  return run.pinned ? treeItems.pinnedRun : treeItems.run;
}

function limitsOf({ limits }: RunSummary): readonly string[] {
  const parts = [
    ...(limits.rows === undefined ? [] : [`${String(limits.rows)} rows`]),
    ...(limits.calls === undefined ? [] : [`${String(limits.calls)} calls`]),
  ];
  return parts.length === 0 ? [] : [`Limited to ${parts.join(' and ')}`];
}

/** A day or a subject; one in which the last run failed says so, too. */
export function groupItem(id: string, label: string, runs: readonly RunSummary[], isFirst: boolean): TreeItem {
  const item = new TreeItem(label, isFirst ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
  item.id = id;
  const failed = runs.filter(({ state }) => state === 'failed').length;
  item.description = [
    `${String(runs.length)} ${runs.length === 1 ? 'run' : 'runs'}`,
    ...(failed === 0 ? [] : [`${String(failed)} failed`]),
  ].join(', ');
  item.iconPath = new ThemeIcon('history');
  return item;
}

/** Files among the runs that are none. */
export function skippedItem(skipped: RunList['skipped']): TreeItem {
  const item = new TreeItem(
    skipped.length === 1 ? '1 file is no run' : `${String(skipped.length)} files are no runs`,
    TreeItemCollapsibleState.None,
  );
  item.iconPath = new ThemeIcon('question');
  item.tooltip = skipped
    .slice(0, 20)
    .map(({ file, why }) => `${file} ${why}.`)
    .join('\n');
  return item;
}
