import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from 'vscode';
import { treeItems } from '../../infrastructure/ids.ts';
import { runTime, shortTime } from '../../infrastructure/run-words.ts';
import type { SystemNode, TableNode, VersionNode } from './tree.ts';

export function systemItem({ folder, system, file, from, tables, recording }: SystemNode): TreeItem {
  const item = new TreeItem(system, tables.length > 0 ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None);
  item.id = `${folder}/${system}`;
  const isFiles = 'files' in from;
  item.iconPath = new ThemeIcon(isFiles ? 'folder-library' : 'server');
  const source = isFiles ? from.files : from.connector;
  item.description = [...(source === system ? [] : [source]), ...(recording === undefined ? [] : ['recorded'])].join(' · ');
  item.contextValue = recording === undefined ? treeItems.system : treeItems.recordedSystem;
  item.tooltip = [
    isFiles ? `System ${system}, files in ${from.files}` : `System ${system}, connector ${from.connector}`,
    ...(recording === undefined
      ? []
      : [
          `Recording ${recording.path}: ${String(recording.exchanges)} exchanges of ${recording.tables.join(', ')}`,
          ...(recording.problem === undefined ? [] : [recording.problem]),
        ]),
  ].join('\n');
  item.command = { command: 'vscode.open', title: 'Open', arguments: [Uri.file(file)] };
  return item;
}

/** A table: what was collected of it and when, and whether deletes may rest on it. */
export function tableItem({ folder, system, table, connector, held, versions }: TableNode): TreeItem {
  const item = new TreeItem(table, versions.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  item.id = `${folder}/${system}/${table}`;
  const isDoubtful = held !== undefined && !held.complete;
  item.iconPath = isDoubtful
    ? new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground'))
    : new ThemeIcon('table', held === undefined ? new ThemeColor('disabledForeground') : undefined);
  item.description =
    held === undefined
      ? 'not collected'
      : [rowsText(held.rows), ...(isDoubtful ? ['not complete'] : []), shortTime(held.collectedAt, Date.now())].join(' · ');
  item.contextValue = treeItems.table;
  item.tooltip = [
    `Table ${system}.${table}`,
    ...(held === undefined
      ? ['Not collected yet']
      : [
          `${rowsText(held.rows)}, collected ${runTime(held.collectedAt)}, ${held.complete ? 'proven complete' : 'not proven complete: no delete rests on it'}`,
          ...held.notes,
        ]),
  ].join('\n');
  item.command = { command: 'vscode.open', title: 'Open', arguments: [Uri.file(connector)] };
  return item;
}

/** A version of a table that is not in use. */
export function versionItem({ folder, system, table, version, state, pinned, rows, collectedAt, complete, notes }: VersionNode): TreeItem {
  const time = runTime(collectedAt);
  const item = new TreeItem(time, TreeItemCollapsibleState.None);
  item.id = `${folder}/${system}/${table}/${String(version)}`;
  const isHeld = state === 'held-back';
  item.iconPath = isHeld ? new ThemeIcon('shield', new ThemeColor('problemsWarningIcon.foreground')) : new ThemeIcon('history');
  item.description = [
    rowsText(rows),
    ...(isHeld ? ['held back'] : []),
    ...(complete ? [] : ['not complete']),
    ...(pinned ? ['pinned'] : []),
  ].join(' · ');
  item.contextValue = treeItems.version;
  item.tooltip = [
    `${system}.${table} as collected ${time}: ${rowsText(rows)}`,
    ...(isHeld ? ['A guard held it back: it was never in use.'] : []),
    ...notes,
  ].join('\n');
  return item;
}

function rowsText(rows: number): string {
  return `${String(rows)} ${rows === 1 ? 'row' : 'rows'}`;
}
