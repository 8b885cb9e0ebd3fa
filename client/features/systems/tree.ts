import { join } from 'node:path';
import { EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import type { Overview, RecordingsDescription, VaultDescription } from '../../../engine/host/protocol.ts';
import type { TableVersion } from '../../../engine/run/records.ts';
import type { TableTarget } from '../../infrastructure/targets.ts';
import { systemItem, tableItem, versionItem } from './items.ts';

/** Nodes are the targets that the commands of their menus take. */
export interface SystemNode {
  readonly kind: 'system';
  readonly folder: string;
  readonly system: string;
  /** Absolute paths; a system of files describes its tables itself. */
  readonly connector: string;
  readonly file: string;
  /** Where its rows come from: a connector's name, or the folder of a system of files. */
  readonly from: { readonly connector: string } | { readonly files: string };
  readonly tables: readonly string[];
  readonly recording?: RecordingsDescription['recordings'][number];
}

export interface TableNode extends TableTarget {
  readonly kind: 'table';
  /** What the vault holds of it. */
  readonly held?: VaultDescription['tables'][number];
  /** The versions that are not in use. */
  readonly versions: readonly TableVersion[];
}

export interface VersionNode extends Pick<TableVersion, 'system' | 'table' | 'state' | 'pinned'> {
  readonly kind: 'version';
  readonly folder: string;
  /** `TableVersion.id`. */
  readonly version: number;
  readonly rows: number;
  readonly collectedAt: number;
  readonly complete: boolean;
  readonly notes: readonly string[];
}

export type SystemsNode = SystemNode | TableNode | VersionNode;

/** What runs have left behind, where it is known. */
export interface Collected {
  readonly vault: VaultDescription['tables'];
  readonly versions: readonly TableVersion[];
  readonly recordings: RecordingsDescription['recordings'];
}

export const nothingCollected: Collected = { vault: [], versions: [], recordings: [] };

export class SystemsTree implements TreeDataProvider<SystemsNode> {
  readonly #change = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#change.event;
  #folder: string | undefined;
  #overview: Overview | undefined;
  #collected: Collected = nothingCollected;

  show(folder: string | undefined, overview: Overview | undefined): void {
    if (folder !== this.#folder) this.#collected = nothingCollected;
    this.#folder = folder;
    this.#overview = overview;
    this.#change.fire();
  }

  /** Told later than the files: it is asked from the engine. */
  showCollected(folder: string, collected: Collected): void {
    if (folder !== this.#folder) return;
    this.#collected = collected;
    this.#change.fire();
  }

  getChildren(node?: SystemsNode): SystemsNode[] {
    switch (node?.kind) {
      case undefined:
        return this.#folder === undefined || this.#overview === undefined ? [] : rootsOf(this.#folder, this.#overview, this.#collected);
      case 'system':
        return node.tables.map((table) => this.#tableOf(node, table));
      case 'table':
        return node.versions.map((version) => versionOf(node.folder, version));
      case 'version':
        return [];
    }
  }

  getTreeItem(node: SystemsNode): TreeItem {
    switch (node.kind) {
      case 'system':
        return systemItem(node);
      case 'table':
        return tableItem(node);
      case 'version':
        return versionItem(node);
    }
  }

  #tableOf({ folder, system, connector }: SystemNode, table: string): TableNode {
    const isOwn = (each: { readonly system: string; readonly table: string }): boolean => each.system === system && each.table === table;
    const held = this.#collected.vault.find(isOwn);
    const versions = this.#collected.versions.filter((version) => isOwn(version) && version.state !== 'current');
    return { kind: 'table', folder, system, connector, table, ...(held && { held }), versions };
  }
}

function rootsOf(folder: string, { systems, connectors }: Overview, { recordings }: Collected): SystemNode[] {
  return systems.map(({ name, connector, folder: files, path, tables }) => {
    const recording = recordings.find(({ system }) => system === name);
    return {
      kind: 'system',
      folder,
      system: name,
      connector: join(
        folder,
        files === undefined ? (connectors.find((one) => one.name === connector)?.path ?? `connectors/${connector}.json`) : path,
      ),
      file: join(folder, path),
      from: files === undefined ? { connector } : { files },
      tables,
      ...(recording && { recording }),
    };
  });
}

function versionOf(folder: string, { id, system, table, state, pinned, evidence }: TableVersion): VersionNode {
  const { rows, endedAt, complete, notes, caps } = evidence;
  return {
    kind: 'version',
    folder,
    system,
    table,
    version: id,
    state,
    pinned,
    rows,
    collectedAt: endedAt,
    complete,
    notes: [...notes, ...caps],
  };
}
