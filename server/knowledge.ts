import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CancellationToken } from 'vscode-languageserver/node';
import type { DryRunReport, TableDescription, VaultDescription } from '../engine/host/protocol.ts';
import type { ConnectorKnowledge } from '../engine/model/connector/knowledge.ts';
import { vaultFile } from '../engine/model/settings/vault-file.ts';
import type { TableStatistics } from '../engine/run/records.ts';
import { dryRunFacts, type DryRunFacts } from './dry-run-facts.ts';
import type { EngineProcess } from './engine-process.ts';
import { answersOf, factsOf, newest, type TableFacts } from './known-facts.ts';
import type { Workspaces } from './workspaces.ts';

/** What is known of a folder's connectors at this moment; a newer record replaces it when there is more. */
export interface FolderKnowledge {
  /** What the answers held, for a connector by its name. */
  connector(name: string): ConnectorKnowledge | undefined;
  /** Of the newest run, be it a collection or a dry run. */
  table(connector: string, table: string): TableFacts | undefined;
  /** Of what the vault holds of one system. */
  collected(system: string, table: string): TableFacts | undefined;
}

/** The vault that counts for a folder now. */
export interface VaultNow {
  readonly environment: string | undefined;
  /** Tells one state of its file from another; empty where there is none. */
  readonly stamp: string;
}

/** Where statistics come from. */
export interface StatisticsFound {
  readonly facts: TableFacts;
  readonly statistics: TableStatistics;
}

/** What running the connectors has shown. Nothing here makes anybody wait but `ready` and `statistics`, and those not for long. */
export interface Knowledge {
  /** What is known now. Looks whether the vault has changed, and if so reads it in the background. */
  of(folder: string): FolderKnowledge;
  /** Looks at the disk alone. */
  vault(folder: string): VaultNow;
  /** Resolves when the vault has been read as it is now, at the latest after `patience` ms. */
  ready(folder: string, patience: number): Promise<void>;
  /** How a table is filled: as collected, else as in the last dry run. Undefined where nothing is known, or not within `patience` ms. */
  statistics(folder: string, connector: string, table: string, patience: number): Promise<StatisticsFound | undefined>;
  /** A run through this server has ended. */
  noteRun(name: string, parameters: { readonly folder: string; readonly environment?: string }, result: unknown): void;
  /** A file changed on the disk: true for one that is a vault, and then looked at. */
  touched(uri: string): boolean;
  /** What can have changed is the environment, or whether anything may run at all. */
  reconsider(): void;
}

export interface KnowledgeOptions {
  readonly workspaces: Workspaces;
  readonly engine: Pick<EngineProcess, 'request'>;
  /** Nothing is started in a workspace that is not trusted. */
  readonly trusted: () => boolean;
  readonly environment: () => string | undefined;
  /** Called when more is known of a folder. */
  readonly onChange: (folder: string) => void;
  readonly log: (line: string) => void;
}

interface Folder {
  /** The vault file as it was when it was last looked at: path, size, time. */
  stamp: string;
  /** When that was, on the clock of the process. */
  looked: number;
  vault: VaultDescription;
  /** Ends when the vault has been read. */
  reading: Promise<void>;
  /** Of the last run; undefined until there was one. */
  run?: { readonly environment: string | undefined };
  readonly dryRuns: Map<string, DryRunFacts>;
  readonly statistics: Map<string, Promise<TableStatistics | undefined>>;
  /** What was worked out from the above; the first as long as the systems are the same, the second until more is known. */
  known?: FolderKnowledge & { readonly systems: unknown; readonly usersOf: (connector: string) => readonly string[] };
  readonly answers: Map<string, ConnectorKnowledge | undefined>;
}

/** Milliseconds between two looks at the vault file that nothing asked for. */
const pause = 500;

const nothing: VaultDescription = { tables: [], answers: [] };

export function createKnowledge(options: KnowledgeOptions): Knowledge {
  const { workspaces, engine, trusted, onChange, log } = options;
  const folders = new Map<string, Folder>();
  let runs = 0;

  const folderOf = (named: string): { readonly path: string; readonly folder: Folder } => {
    const path = resolve(named);
    const folder = folders.get(path) ?? {
      stamp: '',
      looked: -Infinity,
      vault: nothing,
      reading: Promise.resolve(),
      dryRuns: new Map(),
      statistics: new Map(),
      answers: new Map(),
    };
    folders.set(path, folder);
    return { path, folder };
  };
  const environmentOf = (folder: Folder): string | undefined => (folder.run ? folder.run.environment : options.environment());
  const ask = <Result>(path: string, folder: Folder, name: 'describeVault' | 'describeTable', own: object): Promise<Result> => {
    const environment = environmentOf(folder);
    const input = { runId: `knowledge-${++runs}`, folder: path, overlay: workspaces.overlay(path), secrets: {} };
    return engine.request(
      name,
      { ...input, ...(environment !== undefined && { environment }), ...own },
      CancellationToken.None,
    ) as Promise<Result>;
  };
  const stampNow = (path: string, folder: Folder): string =>
    stampOf(join(path, vaultFile(workspaces.view(path).workspace.settings.vault, environmentOf(folder))));
  const become = (path: string, folder: Folder): void => {
    delete folder.known;
    folder.statistics.clear();
    folder.answers.clear();
    onChange(path);
  };
  /** Reads the vault in the background where the file is another one than before. */
  const look = (path: string, folder: Folder, atOnce = true): void => {
    if (!trusted() || (!atOnce && performance.now() - folder.looked < pause)) return;
    folder.looked = performance.now();
    const stamp = stampNow(path, folder);
    if (stamp === folder.stamp) return;
    folder.stamp = stamp;
    if (stamp === '') {
      folder.vault = nothing;
      become(path, folder);
      return;
    }
    folder.reading = ask<VaultDescription>(path, folder, 'describeVault', {}).then(
      (vault) => {
        // A later look has its own answer.
        if (folder.stamp !== stamp) return;
        folder.vault = vault;
        become(path, folder);
      },
      (error: unknown) => log(`The vault of ${path} was not read: ${error instanceof Error ? error.message : String(error)}`),
    );
  };
  const knownOf = (path: string, folder: Folder): NonNullable<Folder['known']> => {
    const { systems } = workspaces.view(path).workspace;
    if (folder.known?.systems === systems) return folder.known;
    const users = new Map<string, string[]>();
    for (const { name, model } of systems.values()) users.set(model.connector.text, [...(users.get(model.connector.text) ?? []), name]);
    const usersOf = (connector: string): readonly string[] => users.get(connector) ?? [];
    folder.known = {
      systems,
      usersOf,
      connector(name) {
        // The same record as long as it can be: what was checked with it need not be checked again.
        const key = JSON.stringify(usersOf(name));
        if (!folder.answers.has(key)) folder.answers.set(key, answersOf(folder, new Set(usersOf(name))));
        return folder.answers.get(key);
      },
      table: (connector, table) => newest(factsOf(folder, new Set(usersOf(connector)), table)),
      collected: (system, table) => factsOf(folder, new Set([system]), table).find(({ from }) => from === 'collection'),
    };
    return folder.known;
  };

  return {
    of(named) {
      const { path, folder } = folderOf(named);
      look(path, folder, false);
      return knownOf(path, folder);
    },
    vault(named) {
      const { path, folder } = folderOf(named);
      return { environment: environmentOf(folder), stamp: stampNow(path, folder) };
    },
    async ready(named, patience) {
      const { path, folder } = folderOf(named);
      look(path, folder, false);
      await within(folder.reading, patience);
    },
    async statistics(named, connector, table, patience) {
      const { path, folder } = folderOf(named);
      const until = performance.now() + patience;
      look(path, folder, false);
      await within(folder.reading, patience);
      const all = factsOf(folder, new Set(knownOf(path, folder).usersOf(connector)), table);
      const collected = newest(all.filter(({ from }) => from === 'collection'));
      if (!collected || !trusted()) {
        const tried = newest(all.filter(({ from }) => from === 'dry run'));
        const statistics = tried && folder.dryRuns.get(keyOf(tried.system, table))?.statistics;
        return tried && statistics && { facts: tried, statistics };
      }
      const key = keyOf(collected.system, table);
      const asked =
        folder.statistics.get(key) ??
        ask<TableDescription>(path, folder, 'describeTable', { system: collected.system, table }).then(
          ({ statistics }) => statistics,
          () => {
            // Whatever went wrong, the next one asks again.
            folder.statistics.delete(key);
            return undefined;
          },
        );
      folder.statistics.set(key, asked);
      const statistics = await within(asked, Math.max(0, until - performance.now()));
      return statistics && { facts: collected, statistics };
    },
    noteRun(name, parameters, result) {
      if (name !== 'dryRun' && name !== 'collect') return;
      const { path, folder } = folderOf(parameters.folder);
      const { environment } = parameters;
      const before = environmentOf(folder);
      folder.run = { environment: environment === '' ? undefined : environment };
      // What was tried in another environment says nothing here.
      if (before !== environmentOf(folder)) folder.dryRuns.clear();
      if (name === 'dryRun') {
        const report = result as DryRunReport;
        folder.dryRuns.set(keyOf(report.system, report.table), dryRunFacts(report));
        become(path, folder);
      } else folder.stamp = '?';
      look(path, folder);
    },
    touched(uri) {
      if (!/\.db(-wal)?$/.test(uri)) return false;
      for (const [path, folder] of folders) look(path, folder);
      return true;
    },
    reconsider() {
      for (const [path, folder] of folders) {
        delete folder.run;
        look(path, folder);
      }
    },
  };
}

function keyOf(system: string, table: string): string {
  return JSON.stringify([system, table]);
}

/** Tells one state of a file from another; empty where there is none. */
function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${path} ${stat.size} ${stat.mtimeMs}` : '';
}

function within<Value>(work: Promise<Value>, milliseconds: number): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
