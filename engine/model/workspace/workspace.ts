import type { Connector } from '../connector/connector.ts';
import { readConnector } from '../connector/read-connector.ts';
import { readFilter, type FilterDocument } from '../filter/filter.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { readMapping } from '../mapping/read-mapping.ts';
import { readRole, readRoleModel } from '../role/read-role.ts';
import type { Role, RoleModel } from '../role/role.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import { buildCatalog } from '../system/build-catalog.ts';
import type { Catalog } from '../system/catalog.ts';
import { readRelations, type InterSystemRelation } from '../system/read-relations.ts';
import { readSystem } from '../system/read-system.ts';
import type { System } from '../system/system.ts';
import { parseJson, type JsonDocument } from '../text/json.ts';
import { identifyFile, type FileKind } from './file-kind.ts';

/** One file with the model read from it. */
export interface FileOf<Model> {
  /** Relative to the workspace, forward slashes. */
  readonly path: string;
  readonly name: string;
  readonly document: JsonDocument;
  readonly model: Model;
}

/** A filter file. */
export interface FilterFile {
  readonly path: string;
  readonly name: string;
  readonly model: FilterDocument;
}

/** A role model with the roles in its folder. */
export interface RoleModelFiles {
  /** Absent when the folder has roles but no `model.json`. */
  readonly file?: FileOf<RoleModel>;
  readonly name: string;
  readonly model: RoleModel;
  readonly roles: readonly FileOf<Role>[];
}

/** Everything the files of a workspace say, read once; the source of catalog, checks, navigation and runs alike. */
export interface Workspace {
  readonly settings: Settings;
  readonly settingsFile?: FileOf<Settings>;
  readonly connectors: ReadonlyMap<string, FileOf<Connector>>;
  readonly systems: ReadonlyMap<string, FileOf<System>>;
  readonly relations?: FileOf<readonly InterSystemRelation[]>;
  readonly filters: ReadonlyMap<string, FilterFile>;
  readonly mappings: ReadonlyMap<string, FileOf<Mapping>>;
  readonly roleModels: ReadonlyMap<string, RoleModelFiles>;
  readonly catalog: Catalog;
}

/** Parses one text once: the same path and text give the same document and model. Keep one reader for as long as a workspace is open. */
export type WorkspaceReader = (files: ReadonlyMap<string, string>) => Workspace;

/** A reader that remembers every file's parse, so that an edit costs one file. */
export function createWorkspaceReader(): WorkspaceReader {
  const memory = new Map<string, { readonly text: string; readonly value: unknown }>();
  const remember = <Value>(key: string, text: string, make: () => Value): Value => {
    const known = memory.get(key);
    if (known?.text === text) return known.value as Value;
    const value = make();
    memory.set(key, { text, value });
    return value;
  };
  return (files) => readWorkspace(files, remember);
}

type Remember = <Value>(key: string, text: string, make: () => Value) => Value;

function readWorkspace(files: ReadonlyMap<string, string>, remember: Remember): Workspace {
  const found: { readonly path: string; readonly text: string; readonly kind: FileKind; readonly name: string; readonly model?: string }[] =
    [];
  for (const [path, text] of files) {
    const identity = identifyFile(path);
    if (identity) found.push({ path, text, ...identity });
  }
  // Byte order of paths, so that the same folder gives the same reports everywhere.
  found.sort((a, b) => (a.path < b.path ? -1 : 1));
  const json = <Model>(file: (typeof found)[number], read: (document: JsonDocument) => Model): FileOf<Model> =>
    remember(file.path, file.text, () => {
      const document = parseJson(file.text, { strict: file.kind === 'connector' });
      return { path: file.path, name: file.name, document, model: read(document) };
    });
  const all = <Model>(kind: FileKind, read: (document: JsonDocument, name: string) => Model): FileOf<Model>[] =>
    found.filter((file) => file.kind === kind).map((file) => json(file, (document) => read(document, file.name)));
  const byName = <Entry extends { readonly name: string }>(entries: readonly Entry[]): ReadonlyMap<string, Entry> =>
    new Map(entries.map((entry) => [entry.name, entry]));

  const settingsFile = all('settings', ({ root }) => readSettings(root))[0];
  const settings = settingsFile?.model ?? readSettings(undefined);
  const connectors = byName(all('connector', ({ root }) => readConnector(root)));
  const systems = byName(all('system', ({ root }, name) => readSystem(name, root)));
  const relations = all('relations', ({ root }) => readRelations(root))[0];
  const filters = byName(
    found
      .filter(({ kind }) => kind === 'filter')
      .map(({ path, name, text }): FilterFile => remember(path, text, () => ({ path, name, model: readFilter(text) }))),
  );
  return {
    settings,
    ...(settingsFile && { settingsFile }),
    connectors,
    systems,
    ...(relations && { relations }),
    filters,
    mappings: byName(all('mapping', ({ root }, name) => readMapping(name, root))),
    roleModels: readRoleModels(found, json, settings),
    catalog: buildCatalog(
      [...systems.values()].map(({ model }) => ({ system: model, connector: connectors.get(model.connector.text)?.model })),
      relations?.model ?? [],
    ),
  };
}

function readRoleModels<File extends { readonly kind: FileKind; readonly name: string; readonly model?: string }>(
  found: readonly File[],
  json: <Model>(file: File, read: (document: JsonDocument) => Model) => FileOf<Model>,
  settings: Settings,
): ReadonlyMap<string, RoleModelFiles> {
  const models = new Map<string, RoleModelFiles>();
  const names = new Set(
    found.flatMap((file) => (file.kind === 'role-model' ? [file.name] : file.kind === 'role' ? [file.model ?? ''] : [])),
  );
  for (const name of names) {
    const modelFile = found.find((file) => file.kind === 'role-model' && file.name === name);
    const file = modelFile && json(modelFile, ({ root }) => root);
    const model = readRoleModel(name, file?.model, settings.guards);
    const roles = found
      .filter((role) => role.kind === 'role' && role.model === name)
      .map((role) => json(role, ({ root }) => readRole(role.name, root)));
    models.set(name, { name, model, roles, ...(file && { file: { ...file, model } }) });
  }
  return models;
}
