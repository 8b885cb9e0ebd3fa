import { byCodeUnit } from '../text/order.ts';
import { fileSchemas } from '../../../schemas/file-schemas.ts';
import { checkConnector } from '../connector/check-connector.ts';
import { bindOnce } from '../filter/bind-once.ts';
import type { FilterDocument } from '../filter/filter.ts';
import { findUnsupported } from '../filter/unsupported.ts';
import { checkReferences } from '../references/check-references.ts';
import { isHalfRead } from '../references/resolve.ts';
import type { FileProblem, Problem } from '../text/problem.ts';
import { createSchemaCheck, type SchemaCheck } from '../text/schema-check.ts';
import type { FileOf, Workspace } from './workspace.ts';

type OwnKind = keyof typeof fileSchemas;

const schemaChecks = Object.fromEntries(Object.entries(fileSchemas).map(([kind, schema]) => [kind, createSchemaCheck(schema)])) as Readonly<
  Record<OwnKind, SchemaCheck>
>;

/**
 * The problems of one of our own files (not a connector or a filter, which have checks of their own): its structure, and names that resolve
 * to nothing. Empty for a path that is none of ours.
 */
export function checkOwnPath(workspace: Workspace, path: string): readonly Problem[] {
  return [...checkStructure(workspace, path), ...checkReferences(workspace, path)];
}

/** As `checkOwnPath`, without the names. */
export function checkStructure(workspace: Workspace, path: string): readonly Problem[] {
  const own = ownFiles(workspace).find(({ file }) => file.path === path);
  return own ? checkOwnFile(own.kind, own.file) : [];
}

function ownFiles(workspace: Workspace): readonly { readonly kind: OwnKind; readonly file: FileOf<unknown> }[] {
  const { settingsFile, relations, systems, mappings, roleModels } = workspace;
  const of = (kind: OwnKind, files: Iterable<FileOf<unknown> | undefined>): { kind: OwnKind; file: FileOf<unknown> }[] =>
    [...files].flatMap((file) => (file ? [{ kind, file }] : []));
  return [
    ...of('settings', [settingsFile]),
    ...of('relations', [relations]),
    ...of('system', systems.values()),
    ...of('mapping', mappings.values()),
    ...[...roleModels.values()].flatMap(({ file, roles }) => [...of('role-model', [file]), ...of('role', roles)]),
  ];
}

/** Every problem of every file of a workspace, ordered by file and place. */
export function checkWorkspace(workspace: Workspace): readonly FileProblem[] {
  const found: FileProblem[] = [];
  const add = (path: string, problems: readonly Problem[]): void => {
    found.push(...problems.map((problem) => ({ ...problem, path })));
  };
  for (const file of workspace.connectors.values())
    add(
      file.path,
      remembered(file, () => checkConnector(file.document, file.model, { path: file.path })),
    );
  for (const { kind, file } of ownFiles(workspace)) add(file.path, checkOwnFile(kind, file));
  for (const { path, model } of workspace.filters.values()) add(path, checkFilter(model, workspace));
  found.push(...checkReferences(workspace));
  return found.sort((a, b) => byCodeUnit(a.path, b.path) || a.span.offset - b.span.offset || byCodeUnit(a.code, b.code));
}

/** What is wrong with a filter, and what it says that cannot be run yet. */
function checkFilter(document: FilterDocument, workspace: Workspace): readonly Problem[] {
  const bound = bindOnce(document, workspace.catalog);
  // What a filter lacks while another file is being typed, it may yet have: only that file is in error.
  const systems = [
    ...bound.tables.map(({ system }) => system),
    ...(document.tree?.lookups ?? []).map(({ target }) => target.system?.text ?? ''),
  ];
  if (workspace.relations?.document.whole === false || systems.some((system) => isHalfRead(workspace, system))) return document.problems;
  return [...document.problems, ...bound.problems, ...findUnsupported(bound)];
}

function checkOwnFile(kind: OwnKind, file: FileOf<unknown>): readonly Problem[] {
  return remembered(file, () => [
    ...file.document.problems,
    ...(file.document.root ? schemaChecks[kind](file.document.root) : []),
    ...(kind === 'system' ? reservedName(file.name) : []),
  ]);
}

/** The vault names its tables after the system; those that begin with sqlite_ the database keeps for itself. */
function reservedName(system: string): readonly Problem[] {
  if (!/^sqlite_/i.test(system)) return [];
  const message = `A system cannot be called "${system}": the vault's database keeps names that begin with "sqlite_" for itself. Rename the file.`;
  return [{ code: 'reserved-name', severity: 'error', message, span: { offset: 0, length: 1 } }];
}

const memory = new WeakMap<object, readonly Problem[]>();

/** What depends on one file alone is checked once per text: the reader hands out the same record as long as the text is the same. */
function remembered(file: FileOf<unknown>, check: () => readonly Problem[]): readonly Problem[] {
  const known = memory.get(file.document);
  if (known) return known;
  const problems = check();
  memory.set(file.document, problems);
  return problems;
}
