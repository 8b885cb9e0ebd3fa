import { join } from 'node:path';
import { EventEmitter, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri, type TreeDataProvider } from 'vscode';
import type { Overview } from '../../../engine/host/protocol.ts';
import { treeItems } from '../../infrastructure/ids.ts';
import type { TableTarget } from '../../infrastructure/targets.ts';

/** Nodes are the targets that the commands of their menus take. */
interface SystemNode {
  readonly kind: 'system';
  readonly folder: string;
  readonly system: string;
  /** Absolute paths. */
  readonly connector: string;
  readonly file: string;
  readonly connectorName: string;
  readonly tables: readonly string[];
}

interface TableNode extends TableTarget {
  readonly kind: 'table';
}

export type SystemsNode = SystemNode | TableNode;

export class SystemsTree implements TreeDataProvider<SystemsNode> {
  readonly #change = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#change.event;
  #roots: readonly SystemNode[] = [];

  show(folder: string | undefined, overview: Overview | undefined): void {
    this.#roots = folder === undefined || overview === undefined ? [] : rootsOf(folder, overview);
    this.#change.fire();
  }

  getChildren(node?: SystemsNode): SystemsNode[] {
    if (node === undefined) return [...this.#roots];
    if (node.kind === 'table') return [];
    const { folder, system, connector } = node;
    return node.tables.map((table) => ({ kind: 'table', folder, system, connector, table }));
  }

  getTreeItem(node: SystemsNode): TreeItem {
    return node.kind === 'system' ? systemItem(node) : tableItem(node);
  }
}

function rootsOf(folder: string, { systems, connectors }: Overview): readonly SystemNode[] {
  return systems.map(({ name, connector, path, tables }) => ({
    kind: 'system',
    folder,
    system: name,
    connector: join(folder, connectors.find((one) => one.name === connector)?.path ?? `connectors/${connector}.json`),
    file: join(folder, path),
    connectorName: connector,
    tables,
  }));
}

function systemItem({ folder, system, file, connectorName, tables }: SystemNode): TreeItem {
  const item = new TreeItem(system, tables.length > 0 ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None);
  item.id = `${folder}/${system}`;
  item.iconPath = new ThemeIcon('server');
  if (connectorName !== system) item.description = connectorName;
  item.contextValue = treeItems.system;
  item.tooltip = `System ${system}, connector ${connectorName}`;
  item.command = { command: 'vscode.open', title: 'Open', arguments: [Uri.file(file)] };
  return item;
}

function tableItem({ folder, system, table, connector }: TableNode): TreeItem {
  const item = new TreeItem(table, TreeItemCollapsibleState.None);
  item.id = `${folder}/${system}/${table}`;
  item.iconPath = new ThemeIcon('table');
  item.contextValue = treeItems.table;
  item.tooltip = `Table ${system}.${table}`;
  item.command = { command: 'vscode.open', title: 'Open', arguments: [Uri.file(connector)] };
  return item;
}
