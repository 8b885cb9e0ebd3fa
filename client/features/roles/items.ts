import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { GuardResult } from '../../../engine/run/plan/plan.ts';
import type { GroupReport, MemberChange, MemberLine, RoleReport } from '../../../engine/run/roles/role-report.ts';
import { treeItems } from '../../infrastructure/ids.ts';
import { trippedGuards } from './guards.ts';
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

const stopped = 'stopped by a guard';
const shield = (): ThemeIcon => icon(['shield', 'editorWarning.foreground']);

/** Plain text on purpose: even escaped markdown turns an address that an API gave into a link. */
function tooltip(lines: readonly string[]): string {
  return lines.join('\n');
}

export function modelItem(report: RoleReport, folder: string, inspectedAt: number): TreeItem {
  const item = new TreeItem(report.model, TreeItemCollapsibleState.Expanded);
  item.id = `${folder}/${report.model}`;
  const guards = trippedGuards(report);
  item.iconPath = guards.length === 0 ? new ThemeIcon('checklist') : shield();
  item.contextValue = treeItems.model;
  const counts = sumCounts(report.groups);
  item.description = described(guards.length > 0, countsText(counts), new Date(inspectedAt).toLocaleTimeString());
  item.tooltip = tooltip([
    `Role model ${report.model} (${report.state}), inspected ${new Date(inspectedAt).toLocaleString()}`,
    ...guards.map(({ message }) => message),
    ...Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([change, count]) => `${String(count)} ${changeWords[change as MemberChange]}`),
    ...report.restsOn.map(
      (basis) =>
        `Rests on ${basis.system}.${basis.table}: ${String(basis.rows)} rows, ${basis.collectedAt ?? 'never collected'}${basis.complete ? '' : ', not complete'}`,
    ),
    ...report.assumed.map((text) => `Assumed: ${text}`),
  ]);
  return item;
}

function described(isStopped: boolean, ...parts: readonly string[]): string {
  return [...(isStopped ? [stopped] : []), ...parts].join(' · ');
}

/** What must be read before the groups are, in one line that opens. */
export function notesItem(id: string, texts: readonly string[]): TreeItem {
  const item = new TreeItem(texts.length === 1 ? '1 warning' : `${String(texts.length)} warnings`, TreeItemCollapsibleState.Collapsed);
  item.id = id;
  item.iconPath = icon(['warning', 'editorWarning.foreground']);
  item.description = texts[0] ?? '';
  item.tooltip = tooltip(texts);
  return item;
}

export function noteItem(text: string): TreeItem {
  const item = new TreeItem(text, TreeItemCollapsibleState.None);
  item.tooltip = tooltip([text]);
  return item;
}

/** `guard`: the one that tripped over this group; `shown`: how many of its members are shown. */
export function groupItem(model: string, group: GroupReport, guard: GuardResult | undefined, shown: number): TreeItem {
  const state = shown === 0 ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(group.display, state);
  item.id = JSON.stringify([model, group.system, group.membership, group.group]);
  item.iconPath = guard === undefined ? new ThemeIcon('organization') : shield();
  item.contextValue = treeItems.group;
  item.description = described(guard !== undefined, countsText(group.counts), group.system);
  item.tooltip = tooltip([
    ...(guard === undefined ? [] : [guard.message]),
    `${group.system}.${group.membership}: ${group.display} (${group.group})`,
    `Managed by ${group.roles.join(', ')}`,
  ]);
  item.accessibilityInformation = { label: `Group ${group.display}, ${guard === undefined ? '' : `${stopped}, `}${spokenCounts(group)}` };
  return item;
}

export function memberItem(model: string, group: GroupReport, line: MemberLine): TreeItem {
  const item = new TreeItem(line.display, TreeItemCollapsibleState.None);
  item.id = JSON.stringify([model, group.system, group.membership, group.group, line.member]);
  item.iconPath = line.blocked === undefined ? icon(icons[line.change]) : icon(['error', 'editorError.foreground']);
  item.contextValue = treeItems.member;
  item.description = [
    line.change === 'add' || line.change === 'remove' || line.change === 'stay' ? '' : line.change,
    line.blocked === undefined ? '' : 'blocked',
    line.roles.join(', '),
  ]
    .filter((text) => text !== '')
    .join(' · ');
  item.tooltip = tooltip([
    `${line.display} (${line.member}): ${changeWords[line.change]}`,
    ...(line.reasons.length > 0 ? line.reasons : sides(line)),
    ...(line.blocked === undefined ? [] : [`Blocked: ${line.blocked}`]),
    ...(line.request === undefined ? [] : [`Would send, never sent by an inspection: ${line.request.verb} ${line.request.url}`]),
  ]);
  item.accessibilityInformation = { label: `${line.display}, ${changeWords[line.change]}` };
  return item;
}

/** Both sides in short, where the engine gives no reasons. */
function sides({ roles, inIst }: MemberLine): readonly string[] {
  return [`soll: ${roles.length === 0 ? 'named by no role' : roles.join(', ')}`, `ist: ${inIst ? 'a member now' : 'not a member now'}`];
}

function spokenCounts({ counts }: GroupReport): string {
  const spoken = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([change, count]) => `${String(count)} ${changeWords[change as MemberChange]}`);
  return spoken.length === 0 ? 'no members' : spoken.join(', ');
}
