import { join } from 'node:path';
import type { Connector } from '../../model/connector/connector.ts';
import type { DataFolder } from '../../model/files/data-folder.ts';
import { filesConnector } from '../../model/files/files-connector.ts';
import { createFindWanted } from '../../model/files/wanted-folders.ts';
import { internalName } from '../../model/internal/internal-system.ts';
import { vaultFile } from '../../model/settings/vault-file.ts';
import { checkFile, checkStructure } from '../../model/workspace/check-file.ts';
import { createWorkspaceReader, type WorkspaceReader } from '../../model/workspace/read-workspace.ts';
import type { FileOf, Workspace } from '../../model/workspace/workspace.ts';
import type { System } from '../../model/system/system.ts';
import { isDescribed } from '../../model/system/described-connector.ts';
import { systemConnector } from '../../model/system/system-connector.ts';
import { indexLines } from '../../model/text/lines.ts';
import { didYouMean } from '../../model/text/nearest.ts';
import type { Problem } from '../../model/text/problem.ts';
import { SollistError } from '../error.ts';
import { createDataReader, findWorkspaceFolder, readFiles, type Overlay } from './read-files.ts';

/** A workspace on the disk, read, with the environment chosen. */
export interface OpenWorkspace {
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
  readonly workspace: Workspace;
  readonly environment?: string;
}

export interface OpenOptions {
  readonly overlay?: Overlay;
  readonly environment?: string;
  /** Keeps parses between calls, where one process opens the same folder often. */
  readonly reader?: WorkspaceReader;
}

/** The workspace at or above `start`. Throws `no-workspace`, `unknown-environment`, `file-unreadable`. */
export function openWorkspace(start: string, options: OpenOptions = {}): OpenWorkspace {
  const folder = findWorkspaceFolder(start);
  if (folder === undefined) {
    throw new SollistError(
      'no-workspace',
      `No sollist.json was found in ${start} or any folder above it. Go to a workspace, or name one with --workspace.`,
    );
  }
  const files = readFiles(folder, options.overlay);
  // Whoever runs something trusts the workspace.
  const data = createDataReader(folder, () => true).read(createFindWanted()(files), options.overlay);
  const workspace = (options.reader ?? createWorkspaceReader())(files, data);
  const { environment } = options;
  if (environment !== undefined && !workspace.settings.environments.some(({ name }) => name === environment)) {
    const names = workspace.settings.environments.map(({ name }) => name);
    throw new SollistError(
      'unknown-environment',
      `sollist.json has no environment "${environment}".${didYouMean(environment, names)}${names.length > 0 ? ` There are: ${names.join(', ')}.` : ''}`,
    );
  }
  return { folder, files, workspace, ...(environment !== undefined && { environment }) };
}

/**
 * Where the vault is. Each environment has one of its own, so that a plan for one never rests on the data of another: `.sollist/vault.db`,
 * and `.sollist/vault@test.db` for the environment `test`. Throws `file-broken` when sollist.json has errors: half of it could mean another vault, or guards that are not there. */
export function vaultPath(open: OpenWorkspace): string {
  refuseOwn(open, 'sollist.json');
  return join(open.folder, vaultFile(open.workspace.settings.vault, open.environment));
}

/**
 * A system ready to run: its values after the environment's, and its connector with the system's overlay; of a system of files its folder as a
 * connector, and its own file. Throws where a name or a file is wrong.
 */
export function systemToRun(
  open: OpenWorkspace,
  name: string,
): { readonly system: System; readonly connector: Connector; readonly connectorFile: FileOf<Connector> } {
  const { workspace } = open;
  const file = pick('unknown-system', 'system', 'systems', workspace.systems, name);
  refuseBroken(open, file.path, checkStructure(workspace, file.path));
  if (name === internalName) for (const { path } of workspace.lookups.values()) refuseOwn(open, path);
  // An environment that names another system by mistake would leave this one at its usual address.
  if (open.environment !== undefined) refuseOwn(open, 'sollist.json');
  if (file.model.files) {
    const connector = systemConnector(file.model, workspace) ?? filesConnector(file.model, file.model.files, unseen);
    return { system: file.model, connector, connectorFile: { ...file, model: connector } };
  }
  if (isDescribed(file.model)) {
    throw new SollistError(
      'system-described',
      `${file.path} describes the tables of "${name}" and names no connector, so nothing can be collected. Add "connector", or "files" with a folder of CSV files.`,
    );
  }
  const connectorFile = workspace.connectors.get(file.model.connector.text);
  if (!connectorFile) {
    throw new SollistError(
      'unknown-connector',
      `${file.path} names the connector "${file.model.connector.text}", but there is no connectors/${file.model.connector.text}.json.${didYouMean(file.model.connector.text, workspace.connectors.keys())}`,
    );
  }
  refuseBroken(open, connectorFile.path, connectorFile.document.problems);
  const overlay = workspace.overlays.get(name);
  if (overlay) refuseOwn(open, overlay.path);
  const overrides = workspace.settings.environments.find((environment) => environment.name === open.environment)?.connections.get(name);
  const system = overrides ? { ...file.model, connection: new Map([...file.model.connection, ...overrides]) } : file.model;
  return { system, connector: systemConnector(system, workspace) ?? connectorFile.model, connectorFile };
}

/** A data folder that nobody looked into. */
const unseen: DataFolder = { state: 'unknown', files: new Map() };

/** The entry of that name, or an error that says which names there are. */
export function pick<Entry>(code: string, kind: string, folder: string, entries: ReadonlyMap<string, Entry>, name: string): Entry {
  const entry = entries.get(name);
  if (entry !== undefined) return entry;
  const names = [...entries.keys()];
  const known =
    names.length === 0 ? ` ${folder}/ has none yet.` : ` There are: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}.`;
  throw new SollistError(code, `There is no ${kind} "${name}" in ${folder}/.${didYouMean(name, names)}${known}`);
}

/** Refuses to run on one of our own files when it has errors, a name that resolves to nothing included. */
export function refuseOwn(open: OpenWorkspace, path: string): void {
  refuseBroken(open, path, checkFile(open.workspace, path));
}

/** Refuses to run on a file with errors that change its meaning; `problems` are those that count. */
export function refuseBroken(open: OpenWorkspace, path: string, problems: readonly Problem[]): void {
  const first = problems.find(({ severity }) => severity === 'error');
  if (!first) return;
  const { line, column } = indexLines(open.files.get(path) ?? '').positionAt(first.span.offset);
  throw new SollistError('file-broken', `${path}:${line + 1}:${column + 1} must be mended first: ${first.message}`);
}
