import { fileSchemas } from '../../../schemas/file-schemas.ts';
import { checkConnector } from '../connector/check-connector.ts';
import { bindFilter } from '../filter/bind.ts';
import { checkReferences } from '../references/check-references.ts';
import type { FileProblem, Problem } from '../text/problem.ts';
import { createSchemaCheck, type SchemaCheck } from '../text/schema-check.ts';
import type { FileOf, Workspace } from './workspace.ts';

type OwnKind = keyof typeof fileSchemas;

const schemaChecks = Object.fromEntries(Object.entries(fileSchemas).map(([kind, schema]) => [kind, createSchemaCheck(schema)])) as Readonly<Record<OwnKind, SchemaCheck>>;

/** Every problem of every file of a workspace, ordered by file and place. */
export function checkWorkspace(workspace: Workspace): readonly FileProblem[] {
  const found: FileProblem[] = [];
  const add = (path: string, problems: readonly Problem[]): void => {
    found.push(...problems.map((problem) => ({ ...problem, path })));
  };
  const own = (kind: OwnKind, file: FileOf<unknown> | undefined): void => {
    if (file) add(file.path, checkOwnFile(kind, file));
  };
  for (const file of workspace.connectors.values()) add(file.path, remembered(file, () => checkConnector(file.document, file.model, { path: file.path })));
  own('settings', workspace.settingsFile);
  own('relations', workspace.relations);
  for (const file of workspace.systems.values()) own('system', file);
  for (const file of workspace.mappings.values()) own('mapping', file);
  for (const { file, roles } of workspace.roleModels.values()) {
    own('role-model', file);
    for (const role of roles) own('role', role);
  }
  for (const { path, model } of workspace.filters.values()) add(path, [...model.problems, ...bindFilter(model, workspace.catalog).problems]);
  found.push(...checkReferences(workspace));
  return found.sort((a, b) => compare(a.path, b.path) || a.span.offset - b.span.offset || compare(a.code, b.code));
}

function checkOwnFile(kind: OwnKind, file: FileOf<unknown>): readonly Problem[] {
  return remembered(file, () => [...file.document.problems, ...(file.document.root ? schemaChecks[kind](file.document.root) : [])]);
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

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
