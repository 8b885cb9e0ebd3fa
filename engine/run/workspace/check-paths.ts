import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { checkConnector } from '../../model/connector/check-connector.ts';
import { looksLikeConnector, readConnector } from '../../model/connector/read-connector.ts';
import { readFilter } from '../../model/filter/filter.ts';
import { parseJson } from '../../model/text/json.ts';
import { indexLines } from '../../model/text/lines.ts';
import type { FileProblem, Problem, Severity } from '../../model/text/problem.ts';
import { checkWorkspace } from '../../model/workspace/check-workspace.ts';
import { identifyFile } from '../../model/workspace/file-kind.ts';
import { SollistError } from '../error.ts';
import { openWorkspace } from './open-workspace.ts';
import { findWorkspaceFolder } from './read-files.ts';

/** A problem as people and other programs read it: lines and columns from 1. */
export interface LocatedProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
}

/** What a check found, and how many files it looked at. */
export interface CheckResult {
  readonly problems: readonly LocatedProblem[];
  readonly files: number;
}

export interface CheckOptions {
  readonly cwd: string;
  readonly workspace?: string;
  readonly environment?: string;
}

/**
 * Checks files and folders. What lies in a workspace is checked with all of it in view; elsewhere each connector and filter is checked
 * alone. Without paths, the workspace. File names are relative to the workspace, outside one to the current folder.
 */
export function checkPaths(paths: readonly string[], options: CheckOptions): CheckResult {
  const targets = paths.length > 0 ? paths.map((path) => resolve(options.cwd, path)) : [resolve(options.cwd, options.workspace ?? '.')];
  const problems: LocatedProblem[] = [];
  const files = new Set<string>();
  for (const target of targets) {
    const stat = statSync(target, { throwIfNoEntry: false });
    if (!stat) throw new SollistError('file-missing', `${target} does not exist. Check the path.`);
    const folder = findWorkspaceFolder(stat.isDirectory() ? target : join(target, '..'));
    if (folder === undefined && paths.length === 0) openWorkspace(target);
    if (folder === undefined || !belongs(folder, target, stat.isDirectory())) checkAlone(target, stat.isDirectory(), options.cwd, problems, files);
    else checkWithin(folder, target, options, problems, files);
  }
  const unique = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return { problems: [...unique.values()].sort(byPlace), files: files.size };
}

/** A file of a workspace that is none of its kinds (an export lying about, say) is looked at by itself. */
function belongs(folder: string, target: string, isFolder: boolean): boolean {
  return isFolder || identifyFile(slashes(relative(folder, target))) !== undefined;
}

function checkWithin(folder: string, target: string, options: CheckOptions, problems: LocatedProblem[], files: Set<string>): void {
  const open = openWorkspace(folder, options.environment === undefined ? {} : { environment: options.environment });
  const prefix = slashes(relative(folder, target));
  const within = (path: string): boolean => prefix === '' || path === prefix || path.startsWith(`${prefix}/`);
  for (const path of open.files.keys()) if (within(path)) files.add(join(folder, path));
  problems.push(...locate(checkWorkspace(open.workspace).filter(({ path }) => within(path)), open.files));
}

function checkAlone(target: string, isFolder: boolean, cwd: string, problems: LocatedProblem[], files: Set<string>): void {
  for (const path of isFolder ? filesBelow(target) : [target]) {
    const name = slashes(relative(cwd, path));
    const text = readFileSync(path, 'utf8');
    const found = path.endsWith('.filter') ? readFilter(text).problems : checkJson(text, name, isFolder);
    if (!found) continue;
    files.add(path);
    problems.push(...locate(found.map((problem) => ({ ...problem, path: name })), new Map([[name, text]])));
  }
}

/** The problems of a connector; undefined for JSON that is something else and only lies in a folder that was named. */
function checkJson(text: string, name: string, passedOver: boolean): readonly Problem[] | undefined {
  const document = parseJson(text, { strict: true });
  if (looksLikeConnector(document.root)) return checkConnector(document, readConnector(document.root), { path: name });
  if (passedOver) return undefined;
  if (document.problems.length > 0) return document.problems;
  const message = `${basename(name)} is no connector (schema.crud_objects and rest.config are missing), and it lies in no workspace that would tell what else it is.`;
  return [{ code: 'unknown-kind', severity: 'warning', message, span: { offset: 0, length: 1 } }];
}

const skipped = new Set(['node_modules', '.git', '.sollist', 'dist', 'out']);

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesBelow(path);
    return entry.isFile() && /\.(json|filter)$/.test(entry.name) ? [path] : [];
  });
}

function locate(found: readonly FileProblem[], files: ReadonlyMap<string, string>): readonly LocatedProblem[] {
  const lines = new Map<string, ReturnType<typeof indexLines>>();
  return found.map(({ path, span, severity, code, message }) => {
    const index = lines.get(path) ?? indexLines(files.get(path) ?? '');
    lines.set(path, index);
    const start = index.positionAt(span.offset);
    const end = index.positionAt(span.offset + span.length);
    return { file: path, line: start.line + 1, column: start.column + 1, endLine: end.line + 1, endColumn: end.column + 1, severity, code, message };
  });
}

function byPlace(a: LocatedProblem, b: LocatedProblem): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.code, b.code);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function slashes(path: string): string {
  return path.split(sep).join('/');
}
