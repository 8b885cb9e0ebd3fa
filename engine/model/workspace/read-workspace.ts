import type { Connector } from '../connector/connector.ts';
import type { Overlay } from '../connector/overlay.ts';
import { readConnector } from '../connector/read-connector.ts';
import type { Expectations } from '../expectations/expectations.ts';
import { readExpectations } from '../expectations/read-expectations.ts';
import { noData, type DataFolders } from '../files/data-folder.ts';
import { readFilter } from '../filter/filter.ts';
import { internalName } from '../internal/internal-system.ts';
import { readLookup, type Lookup } from '../internal/lookup.ts';
import { createInternalReader, type InternalReader } from '../internal/read-internal.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { readMapping } from '../mapping/read-mapping.ts';
import { readRole, readRoleModel } from '../role/read-role.ts';
import type { LibraryFile } from '../script/library.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import { createCatalogBuilder, type CatalogBuilder } from '../system/build-catalog.ts';
import type { Catalog } from '../system/catalog.ts';
import { readRelations } from '../system/read-relations.ts';
import { readSystem } from '../system/read-system.ts';
import { systemConnector } from '../system/system-connector.ts';
import { parseJson, type JsonDocument } from '../text/json.ts';
import { identifyFile, type FileKind } from './file-kind.ts';
import type { FileOf, FilterFile, RoleModelFiles, Workspace } from './workspace.ts';

/**
 * Parses one text once: the same path and text give the same document and model. Keep one reader for as long as a workspace is open. Of an
 * edited connector only the table that was edited is read anew, and its earlier document must not be used any more (see `parseJson`).
 * `data`: what was seen of the folders that systems read (`createFindWanted`); without it their columns are not known.
 */
export type WorkspaceReader = (files: ReadonlyMap<string, string>, data?: DataFolders) => Workspace;

/** What was read from a file's text. */
interface Read {
  readonly text: string;
  readonly value: unknown;
}

/** A reader that remembers every file's parse, so that an edit costs one file. */
export function createWorkspaceReader(): WorkspaceReader {
  return readerWith(new Map());
}

/** A reader for trying other texts: files whose text is the same are taken from `workspace`, which stays as it is. */
export function createTrialReader(workspace: Workspace): WorkspaceReader {
  const { settingsFile, relations, connectors, systems, overlays, mappings, filters, roleModels, expectations, lookups, libraries } =
    workspace;
  const models = [...roleModels.values()];
  const files: readonly (FileOf<unknown> | undefined)[] = [
    settingsFile,
    relations,
    ...connectors.values(),
    ...[...systems.values()].filter(({ name }) => name !== internalName),
    ...overlays.values(),
    ...mappings.values(),
    ...expectations.values(),
    ...lookups.values(),
    ...models.flatMap(({ file, roles }) => [file && { ...file, model: file.document.root }, ...roles]),
  ];
  const read = [
    ...files.flatMap((file): (readonly [string, Read])[] => (file ? [[file.path, { text: file.document.text, value: file }]] : [])),
    ...[...filters.values()].map((file): readonly [string, Read] => [file.path, { text: file.model.text, value: file }]),
    ...[...libraries.values()].map((file): readonly [string, Read] => [file.path, { text: file.text, value: file }]),
  ];
  const reader = readerWith(new Map(read), false);
  return (texts, data = workspace.data) => reader(texts, data);
}

/** With `patch` an edited connector is read from what was read before, which must not be used any more. */
function readerWith(memory: Map<string, Read>, patch = true): WorkspaceReader {
  const remember: Remember = (key, text, make) => {
    const known = memory.get(key);
    if (known?.text === text) return known.value as ReturnType<typeof make>;
    const value = make(patch ? (known?.value as ReturnType<typeof make> | undefined) : undefined);
    memory.set(key, { text, value });
    return value;
  };
  const catalog = createCatalogBuilder();
  const internal = createInternalReader();
  let last: { readonly files: ReadonlyMap<string, string>; readonly workspace: Workspace } | undefined;
  return (files, data = noData) => {
    const edited = last?.workspace.data === data ? onlyEdit(last.files, files) : undefined;
    const workspace =
      (last && edited && afterEdit(last.workspace, edited, remember, catalog)) ?? readWorkspace(files, data, remember, catalog, internal);
    last = { files, workspace };
    return workspace;
  };
}

/** The one file whose text differs, where everything else is the same. */
function onlyEdit(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): Found | undefined {
  if (before.size !== now.size) return undefined;
  let edited: Found | undefined;
  for (const [path, text] of now) {
    const old = before.get(path);
    if (old === text) continue;
    const identity = old === undefined || edited ? undefined : identifyFile(path);
    if (!identity) return undefined;
    edited = { path, text, ...identity };
  }
  return edited;
}

/** The workspace after a key stroke in one file of a kind that most files are of: nothing else is looked at, however large it is. */
function afterEdit(workspace: Workspace, file: Found, remember: Remember, catalog: CatalogBuilder): Workspace | undefined {
  const { connectors, filters, mappings, expectations, libraries } = workspace;
  switch (file.kind) {
    case 'connector': {
      const next = { ...workspace, connectors: new Map(connectors).set(file.name, readConnectorFile(file, remember)) };
      return { ...next, catalog: catalogFrom(next, catalog) };
    }
    case 'filter':
      return { ...workspace, filters: new Map(filters).set(file.name, readFilterFile(file, remember)) };
    case 'mapping':
      return { ...workspace, mappings: new Map(mappings).set(file.name, readMappingFile(file, remember)) };
    case 'expectations':
      return { ...workspace, expectations: new Map(expectations).set(file.name, readExpectationsFile(file, remember)) };
    case 'library':
      return { ...workspace, libraries: new Map(libraries).set(file.name, readLibraryFile(file, remember)) };
    default:
      return undefined;
  }
}

/** Gives what was made of the same text before, or makes it; `previous` was made of the file's earlier text. */
type Remember = <Value>(key: string, text: string, make: (previous: Value | undefined) => Value) => Value;

/** A file of one of our kinds. */
interface Found {
  readonly path: string;
  readonly text: string;
  readonly kind: FileKind;
  readonly name: string;
  readonly model?: string;
}

function readWorkspace(
  files: ReadonlyMap<string, string>,
  data: DataFolders,
  remember: Remember,
  catalog: CatalogBuilder,
  internal: InternalReader,
): Workspace {
  const found: Found[] = [];
  for (const [path, text] of files) {
    const identity = identifyFile(path);
    if (identity) found.push({ path, text, ...identity });
  }
  // Byte order of paths, so that the same folder gives the same reports everywhere.
  found.sort((a, b) => (a.path < b.path ? -1 : 1));
  const json = <Model>(file: Found, read: (document: JsonDocument) => Model): FileOf<Model> => readJsonFile(file, read, remember);
  const all = <Read>(kind: FileKind, read: (file: Found) => Read): Read[] => found.filter((file) => file.kind === kind).map(read);
  const byName = <Entry extends { readonly name: string }>(entries: readonly Entry[]): ReadonlyMap<string, Entry> =>
    new Map(entries.map((entry) => [entry.name, entry]));

  const settingsFile = all('settings', (file) => json(file, ({ root }) => readSettings(root)))[0];
  const settings = settingsFile?.model ?? readSettings(undefined);
  const relations = all('relations', (file) => json(file, ({ root }) => readRelations(root)))[0];
  const lookups = byName(all('lookup', (file) => json(file, ({ root }): Lookup => readLookup(file.name, root))));
  const workspace = {
    settings,
    ...(settingsFile && { settingsFile }),
    connectors: byName(all('connector', (file) => readConnectorFile(file, remember))),
    systems: internal(byName(all('system', (file) => json(file, ({ root }) => readSystem(file.name, root)))), lookups, data),
    lookups,
    libraries: byName(all('library', (file) => readLibraryFile(file, remember))),
    overlays: byName(
      all('overlay', (file) => json(file, ({ root }): Overlay => ({ path: file.path, tables: readConnector(root).tables }))),
    ),
    ...(relations && { relations }),
    filters: byName(all('filter', (file) => readFilterFile(file, remember))),
    mappings: byName(all('mapping', (file) => readMappingFile(file, remember))),
    roleModels: readRoleModels(found, json, settings),
    expectations: byName(all('expectations', (file) => readExpectationsFile(file, remember))),
  };
  const known = { ...workspace, data };
  return { ...known, catalog: catalogFrom(known, catalog) };
}

function readJsonFile<Model>(file: Found, read: (document: JsonDocument) => Model, remember: Remember): FileOf<Model> {
  return remember(file.path, file.text, (previous: FileOf<Model> | undefined) => {
    const document = parseJson(file.text, {
      // NIM reads these two.
      strict: file.kind === 'connector' || file.kind === 'overlay',
      ...(previous && { previous: previous.document }),
    });
    return { path: file.path, name: file.name, document, model: read(document) };
  });
}

function readConnectorFile(file: Found, remember: Remember): FileOf<Connector> {
  return readJsonFile(file, ({ root }) => readConnector(root), remember);
}

function readMappingFile(file: Found, remember: Remember): FileOf<Mapping> {
  return readJsonFile(file, ({ root }) => readMapping(file.name, root), remember);
}

function readExpectationsFile(file: Found, remember: Remember): FileOf<Expectations> {
  return readJsonFile(file, ({ root }) => readExpectations(file.name, root), remember);
}

function readLibraryFile({ path, name, text }: Found, remember: Remember): LibraryFile {
  return remember(path, text, () => ({ path, name, text }));
}

function readFilterFile({ path, name, text }: Found, remember: Remember): FilterFile {
  return remember(path, text, () => ({ path, name, model: readFilter(text) }));
}

function catalogFrom(
  workspace: Pick<Workspace, 'systems' | 'connectors' | 'overlays' | 'data' | 'relations'>,
  catalog: CatalogBuilder,
): Catalog {
  return catalog(
    [...workspace.systems.values()].map(({ model }) => ({ system: model, connector: systemConnector(model, workspace) })),
    workspace.relations?.model ?? [],
  );
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
