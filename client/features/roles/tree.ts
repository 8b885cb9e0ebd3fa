import { EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { GroupReport, MemberLine, RoleReport } from '../../../engine/run/roles/role-report.ts';
import { groupItem, memberItem, modelItem, noteItem, notesItem } from './items.ts';

export type RolesNode =
  | { readonly kind: 'model'; readonly folder: string; readonly model: string; readonly report: RoleReport; readonly inspectedAt: number }
  | { readonly kind: 'notes'; readonly id: string; readonly texts: readonly string[] }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'group'; readonly model: string; readonly group: GroupReport }
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
  #folder: string | undefined;
  #all = false;

  show(folder: string, report: RoleReport): void {
    this.#folder = folder;
    this.#inspected.set(keyOf(folder, report.model), { kind: 'model', folder, model: report.model, report, inspectedAt: Date.now() });
    this.#change.fire();
  }

  forget(folder: string, model: string): void {
    this.#inspected.delete(keyOf(folder, model));
    this.#change.fire();
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

  /** The line above the tree: what the filter hides. Empty when there is nothing to say. */
  summary(): string {
    const lines = this.#models().flatMap(({ report }) => report.groups.flatMap(({ members }) => members));
    const staying = lines.filter((line) => !isChange(line)).length;
    return lines.length === 0 || this.#all || staying === 0 ? '' : `Changes only; ${String(staying)} that stay are hidden.`;
  }

  getChildren(node?: RolesNode): RolesNode[] {
    if (node === undefined) return [...this.#models()];
    if (node.kind === 'model') {
      const { report, model } = node;
      const guards = report.guards.filter(({ tripped }) => tripped).map(({ message }) => message);
      const texts = [...new Set([...report.attention, ...guards])];
      const notes: readonly RolesNode[] = texts.length === 0 ? [] : [{ kind: 'notes', id: `${keyOf(node.folder, model)}/notes`, texts }];
      return [...notes, ...report.groups.map((group): RolesNode => ({ kind: 'group', model, group }))];
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
        return groupItem(node.model, node.group, this.getChildren(node).length);
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
