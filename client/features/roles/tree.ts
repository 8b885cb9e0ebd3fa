import { EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { GroupReport, MemberLine, RoleReport } from '../../../engine/run/roles/role-report.ts';
import type { GuardResult } from '../../../engine/run/plan/plan.ts';
import { trippedGuardOf, trippedGuards } from './guards.ts';
import { groupItem, memberItem, modelItem, noteItem, notesItem } from './items.ts';

export type RolesNode =
  | { readonly kind: 'model'; readonly folder: string; readonly model: string; readonly report: RoleReport; readonly inspectedAt: number }
  | { readonly kind: 'notes'; readonly id: string; readonly texts: readonly string[] }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'group'; readonly model: string; readonly group: GroupReport; readonly guard: GuardResult | undefined }
  | { readonly kind: 'member'; readonly group: GroupReport; readonly model: string; readonly line: MemberLine };

type ModelNode = Extract<RolesNode, { kind: 'model' }>;

/** Whether a line is something a person must look at: it changes, or it would if it could. */
function isChange({ change }: MemberLine): boolean {
  return change !== 'stay';
}

export class RolesTree implements TreeDataProvider<RolesNode> {
  readonly #change = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#change.event;
  readonly #inspected = new Map<string, ModelNode>();
  /** When a collection last left other rows, by folder. */
  readonly #collectedAt = new Map<string, number>();
  #folder: string | undefined;
  #all = false;

  show(folder: string, report: RoleReport, inspectedAt: number = Date.now()): void {
    this.#folder = folder;
    this.#inspected.set(keyOf(folder, report.model), { kind: 'model', folder, model: report.model, report, inspectedAt });
    this.#change.fire();
  }

  forget(folder: string, model: string): void {
    this.#inspected.delete(keyOf(folder, model));
    this.#change.fire();
  }

  /** The folder's vault has other rows now. */
  collected(folder: string): void {
    this.#collectedAt.set(folder, Date.now());
  }

  /** Shows the models of another folder. */
  select(folder: string | undefined): void {
    if (folder === this.#folder) return;
    this.#folder = folder;
    this.#change.fire();
  }

  showAll(all: boolean): void {
    this.#all = all;
    this.#change.fire();
  }

  /** The line above the tree: whether it is of yesterday, and what the filter hides. Empty when there is nothing to say. */
  summary(): string {
    const models = this.#models();
    const collectedAt = this.#collectedAt.get(this.#folder ?? '') ?? 0;
    const isOutdated = models.some(({ inspectedAt }) => inspectedAt < collectedAt);
    const lines = models.flatMap(({ report }) => report.groups.flatMap(({ members }) => members));
    const staying = this.#all ? 0 : lines.filter((line) => !isChange(line)).length;
    return [
      ...(isOutdated ? ['Collected since; inspect again to see what changed.'] : []),
      ...(staying === 0 ? [] : [`Changes only; ${String(staying)} that stay are hidden.`]),
    ].join(' ');
  }

  getChildren(node?: RolesNode): RolesNode[] {
    if (node === undefined) return [...this.#models()];
    if (node.kind === 'model') {
      const { report, model } = node;
      const guards = trippedGuards(report).map(({ message }) => message);
      const texts = [...new Set([...report.attention, ...guards])];
      const notes: readonly RolesNode[] = texts.length === 0 ? [] : [{ kind: 'notes', id: `${keyOf(node.folder, model)}/notes`, texts }];
      return [
        ...notes,
        ...report.groups.map((group): RolesNode => ({ kind: 'group', model, group, guard: trippedGuardOf(report, group) })),
      ];
    }
    if (node.kind === 'notes') return node.texts.map((text) => ({ kind: 'note', text }));
    if (node.kind !== 'group') return [];
    const { group, model } = node;
    return group.members.filter((line) => this.#all || isChange(line)).map((line) => ({ kind: 'member', group, model, line }));
  }

  getTreeItem(node: RolesNode): TreeItem {
    switch (node.kind) {
      case 'model':
        return modelItem(node.report, node.folder, node.inspectedAt);
      case 'notes':
        return notesItem(node.id, node.texts);
      case 'note':
        return noteItem(node.text);
      case 'group':
        return groupItem(node.model, node.group, node.guard, this.getChildren(node).length);
      case 'member':
        return memberItem(node.model, node.group, node.line);
    }
  }

  #models(): readonly ModelNode[] {
    return [...this.#inspected.values()].filter(({ folder }) => folder === this.#folder);
  }
}

function keyOf(folder: string, model: string): string {
  return JSON.stringify([folder, model]);
}
