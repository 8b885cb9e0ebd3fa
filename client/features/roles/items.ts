import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { GroupReport, MemberChange, MemberLine, RoleReport } from '../../../engine/run/roles/role-report.ts';
import { treeItems } from '../../infrastructure/ids.ts';
import { changeWords, countsText, sumCounts } from './words.ts';

const icons: Readonly<Record<MemberChange, readonly [icon: string, color?: string]>> = {
  add: ['diff-added', 'gitDecoration.addedResourceForeground'],
  remove: ['diff-removed', 'gitDecoration.deletedResourceForeground'],
  stay: ['check', 'disabledForeground'],
  kept: ['circle-slash', 'editorWarning.foreground'],
  withheld: ['circle-slash', 'disabledForeground'],
  unknown: ['question', 'editorWarning.foreground'],
};

function icon([id, color]: readonly [icon: string, color?: string]): ThemeIcon {
  return new ThemeIcon(id, color === undefined ? undefined : new ThemeColor(color));
}

/** Text of an API or a file in a tooltip: escaped, never markdown. */
function tooltip(lines: readonly string[]): MarkdownString {
  const text = new MarkdownString('', false);
  for (const [index, line] of lines.entries()) {
    if (index > 0) text.appendMarkdown('\n\n');
    text.appendText(line);
  }
  return text;
}

export function modelItem(report: RoleReport, folder: string, inspectedAt: number): TreeItem {
  const item = new TreeItem(report.model, TreeItemCollapsibleState.Expanded);
  item.id = `${folder}/${report.model}`;
  item.iconPath = new ThemeIcon('organization');
  item.contextValue = treeItems.model;
  const counts = sumCounts(report.groups);
  item.description = `${countsText(counts)} · ${report.state} · ${new Date(inspectedAt).toLocaleTimeString()}`;
  item.tooltip = tooltip([
    `Role model ${report.model} (${report.state}), inspected ${new Date(inspectedAt).toLocaleString()}`,
    ...Object.entries(counts).filter(([, count]) => count > 0).map(([change, count]) => `${String(count)} ${changeWords[change as MemberChange]}`),
    ...report.restsOn.map((basis) => `Rests on ${basis.system}.${basis.table}: ${String(basis.rows)} rows, ${basis.collectedAt ?? 'never collected'}${basis.complete ? '' : ', not complete'}`),
    ...report.assumed.map((text) => `Assumed: ${text}`),
  ]);
  return item;
}

export function noteItem(text: string): TreeItem {
  const item = new TreeItem(text, TreeItemCollapsibleState.None);
  item.iconPath = icon(['warning', 'editorWarning.foreground']);
  item.tooltip = tooltip([text]);
  return item;
}

export function groupItem(model: string, group: GroupReport, shown: number): TreeItem {
  const state = shown === 0 ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(group.display, state);
  item.id = JSON.stringify([model, group.system, group.membership, group.group]);
  item.iconPath = new ThemeIcon('symbol-class');
  item.contextValue = treeItems.group;
  item.description = `${countsText(group.counts)} · ${group.system}`;
  item.tooltip = tooltip([`${group.system}.${group.membership}: ${group.display} (${group.group})`, `Managed by ${group.roles.join(', ')}`]);
  item.accessibilityInformation = { label: `Group ${group.display}, ${spokenCounts(group)}` };
  return item;
}

export function memberItem(model: string, group: GroupReport, line: MemberLine): TreeItem {
  const item = new TreeItem(line.display, TreeItemCollapsibleState.None);
  item.id = JSON.stringify([model, group.system, group.membership, group.group, line.member]);
  item.iconPath = line.blocked === undefined ? icon(icons[line.change]) : icon(['error', 'editorError.foreground']);
  item.contextValue = treeItems.member;
  item.description = [line.change === 'add' || line.change === 'remove' || line.change === 'stay' ? '' : line.change, line.blocked === undefined ? '' : 'blocked', line.roles.join(', ')]
    .filter((text) => text !== '')
    .join(' · ');
  item.tooltip = tooltip([
    `${line.display} (${line.member}): ${changeWords[line.change]}`,
    `Soll: ${line.roles.length === 0 ? 'named by no role' : line.roles.join(', ')}`,
    `Ist: ${line.inIst ? 'is a member now' : 'is not a member now'}`,
    ...line.reasons,
    ...(line.blocked === undefined ? [] : [`Blocked: ${line.blocked}`]),
    ...(line.request === undefined ? [] : [`Would send, never sent by an inspection: ${line.request.verb} ${line.request.url}`]),
  ]);
  item.accessibilityInformation = { label: `${line.display}, ${changeWords[line.change]}` };
  return item;
}

function spokenCounts({ counts }: GroupReport): string {
  const spoken = Object.entries(counts).filter(([, count]) => count > 0).map(([change, count]) => `${String(count)} ${changeWords[change as MemberChange]}`);
  return spoken.length === 0 ? 'no members' : spoken.join(', ');
}
