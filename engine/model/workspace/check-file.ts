import { fileSchemas } from '../../../schemas/file-schemas.ts';
import { checkConnector } from '../connector/check-connector.ts';
import { checkOverlay } from '../connector/check-overlay.ts';
import { findTable } from '../connector/connector.ts';
import type { ConnectorKnowledge } from '../connector/knowledge.ts';
import { checkExpectations, checkExpectationsPlace } from '../expectations/check-expectations.ts';
import type { Expectations } from '../expectations/expectations.ts';
import { checkData } from '../files/check-data.ts';
import { checkSource } from '../files/check-source.ts';
import { bindInWorkspace, filterLibraryOf } from './filter-library.ts';
import type { FilterDocument } from '../filter/filter.ts';
import { findUnsupported } from '../filter/unsupported.ts';
import { checkInternal, checkLookup } from '../internal/check-lookup.ts';
import { checkLookupRows, lookupCsvPaths } from '../internal/check-lookup-rows.ts';
import { internalName } from '../internal/internal-system.ts';
import { checkDataModel } from '../references/check-data-model.ts';
import { checkOverlayPlace } from '../references/check-overlay-place.ts';
import { checkReferences } from '../references/check-references.ts';
import { isHalfRead } from '../references/resolve.ts';
import { checkTableScripts } from '../script/check-table-scripts.ts';
import { checkLibrary } from '../script/library.ts';
import { checkTimeZone } from '../settings/check-time-zone.ts';
import { collectedColumns } from '../system/build-catalog.ts';
import { systemConnector } from '../system/system-connector.ts';
import type { JsonDocument } from '../text/json.ts';
import type { Problem } from '../text/problem.ts';
import type { System } from '../system/system.ts';
import { createSchemaCheck, type SchemaCheck } from '../text/schema-check.ts';
import { identifyFile } from './file-kind.ts';
import type { FileOf, Workspace } from './workspace.ts';

type OwnKind = keyof typeof fileSchemas;

const schemaChecks = Object.fromEntries(Object.entries(fileSchemas).map(([kind, schema]) => [kind, createSchemaCheck(schema)])) as Readonly<
  Record<OwnKind, SchemaCheck>
>;

/** What is known of a connector, by its name, from running it. */
export type KnowledgeOf = (connector: string) => ConnectorKnowledge | undefined;

/**
 * Everything that is wrong with one file of a workspace, whatever its settings say; nothing for a path that is none of its files. Places in the rows
 * of a lookup are those of `headText`.
 */
export function checkFile(workspace: Workspace, path: string, knowledgeOf: KnowledgeOf = () => undefined): readonly Problem[] {
  const identity = identifyFile(path);
  if (identity?.kind === 'connector') {
    const file = workspace.connectors.get(identity.name);
    if (file?.path !== path) return [];
    const knowledge = knowledgeOf(file.name);
    return remembered(file, knowledge, () => checkConnector(file.document, file.model, { path, knowledge }));
  }
  if (identity?.kind === 'filter') {
    const file = workspace.filters.get(identity.name);
    return file?.path === path ? checkFilter(file.model, workspace) : [];
  }
  if (identity?.kind === 'library') {
    const file = workspace.libraries.get(identity.name);
    return file?.path === path ? checkLibrary(file, [...workspace.libraries.keys()], workspace.catalog) : [];
  }
  if (!identity) return checkLookupRows(workspace, path);
  const place =
    identity.kind === 'expectations'
      ? checkExpectationsPlace(workspace, workspace.expectations.get(identity.name))
      : checkOverlayPlace(workspace, path);
  const system = identity.kind === 'system' ? workspace.systems.get(identity.name) : undefined;
  return [
    ...checkStructure(workspace, path),
    ...checkReferences(workspace, path),
    ...checkDataModel(workspace, path),
    ...place,
    ...(system?.path === path ? [...checkFolder(system.model, workspace), ...checkScripts(system.model, workspace)] : []),
    ...(identity.kind === 'lookup' ? checkLookup(workspace, identity.name) : []),
  ];
}

/** What is wrong with the script columns of a system's tables. */
function checkScripts(system: System, workspace: Workspace): readonly Problem[] {
  if (system.tables.every(({ scripts }) => scripts === undefined)) return [];
  const connector = systemConnector(system, workspace);
  return checkTableScripts(
    system,
    (table) => {
      const declared = connector && findTable(connector, table);
      const own = system.tables.find(({ name }) => name.text === table);
      return declared ? collectedColumns(declared, own).map(({ name }) => name) : [];
    },
    [...workspace.libraries.keys()],
    workspace.catalog,
  );
}

/** What is wrong between a system of files and its folder; nothing where nobody looked. */
function checkFolder(system: System, workspace: Workspace): readonly Problem[] {
  if (system.name === internalName) return checkInternal(system, workspace);
  const { data } = workspace;
  const folder = system.files && data.get(system.files.folder.text);
  return system.files && folder ? checkData(system, system.files, folder) : [];
}

/** What is wrong with the structure of one of our own JSON files, without its names. */
export function checkStructure(workspace: Workspace, path: string): readonly Problem[] {
  const own = ownFile(workspace, path);
  return own ? checkOwnFile(own.kind, own.file) : [];
}

/** The document of a JSON file of a workspace. */
export function documentOf(workspace: Workspace, path: string): JsonDocument | undefined {
  const identity = identifyFile(path);
  return identity?.kind === 'connector' ? workspace.connectors.get(identity.name)?.document : ownFile(workspace, path)?.file.document;
}

/** The paths of all files of a workspace, the rows of lookups among them as far as they were looked at. */
export function pathsOf(workspace: Workspace): readonly string[] {
  const { settingsFile, connectors, systems, overlays, relations, filters, mappings, roleModels, expectations, lookups, libraries } =
    workspace;
  const files: readonly (Iterable<{ readonly path: string }> | undefined)[] = [
    settingsFile && [settingsFile],
    relations && [relations],
    ...[connectors, systems, overlays, filters, mappings, expectations, lookups, libraries].map((named) => named.values()),
    ...[...roleModels.values()].flatMap(({ file, roles }) => [file && [file], roles]),
  ];
  // The internal system may stand in the file of one of its tables.
  return [
    ...new Set(
      files
        .flatMap((group) => (group ? [...group] : []))
        .map(({ path }) => path)
        .concat(lookupCsvPaths(workspace)),
    ),
  ];
}

function ownFile(workspace: Workspace, path: string): { readonly kind: OwnKind; readonly file: FileOf<unknown> } | undefined {
  const { settingsFile, relations, systems, overlays, mappings, roleModels, expectations, lookups } = workspace;
  const identity = identifyFile(path);
  const of = (kind: OwnKind, file: FileOf<unknown> | undefined): ReturnType<typeof ownFile> =>
    file?.path === path ? { kind, file } : undefined;
  switch (identity?.kind) {
    case 'settings':
      return of('settings', settingsFile);
    case 'relations':
      return of('relations', relations);
    case 'system':
      return of('system', systems.get(identity.name));
    case 'overlay':
      return of('overlay', overlays.get(identity.name));
    case 'mapping':
      return of('mapping', mappings.get(identity.name));
    case 'expectations':
      return of('expectations', expectations.get(identity.name));
    case 'lookup':
      return of('lookup', lookups.get(identity.name));
    case 'role-model':
      return of('role-model', roleModels.get(identity.name)?.file);
    case 'role':
      return of(
        'role',
        roleModels.get(identity.model ?? '')?.roles.find(({ name }) => name === identity.name),
      );
    default:
      return undefined;
  }
}

/** What is wrong with a filter, and what it says that cannot be run yet. */
function checkFilter(document: FilterDocument, workspace: Workspace): readonly Problem[] {
  const bound = bindInWorkspace(document, workspace);
  // What a filter lacks while another file is being typed, it may yet have: only that file is in error.
  const systems = systemsBehind(document, workspace);
  if (workspace.relations?.document.whole === false || systems.some((system) => isHalfRead(workspace, system))) return document.problems;
  return [...document.problems, ...bound.problems, ...findUnsupported(bound)];
}

/** The systems that a filter, those it extends and those it appends read. */
function systemsBehind(document: FilterDocument, workspace: Workspace, seen = new Set<FilterDocument>()): readonly string[] {
  if (seen.has(document)) return [];
  seen.add(document);
  const { tree } = document;
  const others = [...(tree?.parent ? [tree.parent] : []), ...(tree?.appends ?? [])].flatMap(
    ({ text }) => filterLibraryOf(workspace).find(text)?.document ?? [],
  );
  return [
    ...bindInWorkspace(document, workspace).tables.map(({ system }) => system),
    ...(tree?.lookups ?? []).map(({ target }) => target.system?.text ?? ''),
    ...others.flatMap((other) => systemsBehind(other, workspace, seen)),
  ];
}

function checkOwnFile(kind: OwnKind, file: FileOf<unknown>): readonly Problem[] {
  return remembered(file, undefined, () => [
    ...file.document.problems,
    ...(file.document.root ? schemaChecks[kind](file.document.root) : []),
    ...(kind === 'system' ? [...reservedName(file.name), ...checkSource(file.model as System, file.document.root)] : []),
    ...(kind === 'settings' ? checkTimeZone(file.document.root) : []),
    ...(kind === 'overlay' ? checkOverlay(file.document) : []),
    ...(kind === 'expectations' ? checkExpectations(file.model as Expectations) : []),
  ]);
}

/** The vault names its tables after the system; those that begin with sqlite_ the database keeps for itself. */
function reservedName(system: string): readonly Problem[] {
  if (!/^sqlite_/i.test(system)) return [];
  const message = `A system cannot be called "${system}": the vault's database keeps names that begin with "sqlite_" for itself. Rename the file.`;
  return [{ code: 'reserved-name', severity: 'error', message, span: { offset: 0, length: 1 } }];
}

const memory = new WeakMap<object, { readonly with: unknown; readonly problems: readonly Problem[] }>();

/**
 * What depends on one file, and on one record beside it, is checked once per text: the reader hands out the same document as long as the
 * text is the same.
 */
function remembered(file: FileOf<unknown>, beside: unknown, check: () => readonly Problem[]): readonly Problem[] {
  const known = memory.get(file.document);
  if (known && known.with === beside) return known.problems;
  const problems = check();
  memory.set(file.document, { with: beside, problems });
  return problems;
}
