import { EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { RunList, RunSummary } from '../../../engine/run/run-record.ts';
import { runHeading } from '../../infrastructure/run-words.ts';
import { groupItem, runItem, skippedItem } from './items.ts';
import { byDay } from './runs-of.ts';

/** A run node is what the commands of its menu take. */
export interface RunNode {
  readonly kind: 'run';
  readonly folder: string;
  readonly id: string;
  readonly run: RunSummary;
}

export type RunsNode =
  | RunNode
  | { readonly kind: 'group'; readonly id: string; readonly label: string; readonly runs: readonly RunSummary[]; readonly first: boolean }
  | { readonly kind: 'skipped'; readonly skipped: RunList['skipped'] };

/** The runs of one folder, by day or by subject. They are asked for when somebody looks. */
export class RunsTree implements TreeDataProvider<RunsNode> {
  readonly #change = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#change.event;
  readonly #load: () => Promise<{ readonly folder: string; readonly list: RunList } | undefined>;
  #folder = '';
  #bySubject = false;

  /** `load` gives the current folder and its runs; undefined where there is no folder or it cannot be read. */
  constructor(load: () => Promise<{ readonly folder: string; readonly list: RunList } | undefined>) {
    this.#load = load;
  }

  refresh(): void {
    this.#change.fire();
  }

  groupBySubject(bySubject: boolean): void {
    this.#bySubject = bySubject;
    this.#change.fire();
  }

  async getChildren(node?: RunsNode): Promise<RunsNode[]> {
    if (node?.kind === 'group') return node.runs.map((run) => ({ kind: 'run', folder: this.#folder, id: run.id, run }));
    if (node !== undefined) return [];
    const loaded = await this.#load();
    if (loaded === undefined) return [];
    const { folder, list } = loaded;
    this.#folder = folder;
    const groups = this.#bySubject
      ? Map.groupBy(list.runs, ({ kind, subject }) => runHeading(kind, subject))
      : byDay(list.runs, Date.now());
    const nodes = [...groups].map(([label, runs], index): RunsNode => {
      return { kind: 'group', id: JSON.stringify([folder, this.#bySubject, label]), label, runs, first: index === 0 };
    });
    return list.skipped.length === 0 ? nodes : [...nodes, { kind: 'skipped', skipped: list.skipped }];
  }

  getTreeItem(node: RunsNode): TreeItem {
    switch (node.kind) {
      case 'group':
        return groupItem(node.id, node.label, node.runs, node.first);
      case 'run':
        return runItem(node.folder, node.run, this.#bySubject);
      case 'skipped':
        return skippedItem(node.skipped);
    }
  }
}
