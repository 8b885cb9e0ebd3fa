import { byCodeUnit } from '../../model/text/order.ts';
import { readdirSync, statSync, type Dirent, type Stats } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { checkConnector } from '../../model/connector/check-connector.ts';
import { looksLikeConnector, readConnector } from '../../model/connector/read-connector.ts';
import { isDataFile } from '../../model/files/choose-file.ts';
import { headText } from '../../model/files/head-text.ts';
import { lookupCsvPaths } from '../../model/internal/check-lookup-rows.ts';
import { lookupFolder } from '../../model/internal/internal-system.ts';
import { readFilter } from '../../model/filter/filter.ts';
import { parseJson } from '../../model/text/json.ts';
import { indexLines } from '../../model/text/lines.ts';
import type { FileProblem, Problem, Severity } from '../../model/text/problem.ts';
import { checkWorkspace } from '../../model/workspace/check-workspace.ts';
import type { Place } from '../../model/text/place.ts';
import { identifyFile } from '../../model/workspace/file-kind.ts';
import { SollistError } from '../error.ts';
import { collectedKnowledge } from './collected-knowledge.ts';
import { openWorkspace } from './open-workspace.ts';
import { findWorkspaceFolder, isWorkspaceFolder, readText } from './read-files.ts';

/** A problem as people and other programs read it: lines and columns from 1. */
export interface LocatedProblem extends Place {
  readonly file: string;
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
  /** Is handed each file that has problems, with what repairs them. */
  readonly onFile?: (file: CheckedFile) => void;
}

/** A file with its problems as the model reports them. */
export interface CheckedFile {
  /** Where it is on the disk. */
  readonly path: string;
  /** As the list of problems calls it. */
  readonly name: string;
  readonly text: string;
  readonly problems: readonly Problem[];
}

/**
 * Checks files and folders. What lies in a workspace is checked with all of it in view, also where a folder holds several workspaces;
 * elsewhere each connector and filter is checked alone. Without paths, the workspace. File names are relative to the workspace the target
 * lies in, outside one to the current folder. Throws `file-missing`, `file-unreadable`, `no-workspace`, and `nothing-to-check` for a folder
 * without any file of ours: a check that looked at nothing must not end well.
 */
export function checkPaths(paths: readonly string[], options: CheckOptions): CheckResult {
  const targets =
    paths.length > 0
      ? paths.map((path) => resolve(options.cwd, path))
      : [openWorkspace(resolve(options.cwd, options.workspace ?? '.')).folder];
  const problems: LocatedProblem[] = [];
  const files = new Set<string>();
  for (const target of targets) {
    const stat = statOf(target);
    if (!stat) throw new SollistError('file-missing', `${target} does not exist. Check the path.`);
    const folder = findWorkspaceFolder(stat.isDirectory() ? target : join(target, '..'));
    const before = files.size;
    if (folder !== undefined && belongs(folder, target, stat.isDirectory()))
      checkWithin(folder, target, options, problems, files, (path) => path);
    // Also a folder within a workspace that is none of its own, such as exports lying about.
    if (files.size === before) checkAlone(target, stat.isDirectory(), options, problems, files);
    if (files.size === before && stat.isDirectory() && targets.length === 1) {
      throw new SollistError(
        'nothing-to-check',
        `${target} holds no connector, no filter and no workspace. Check the path, or go to a workspace.`,
      );
    }
  }
  const unique = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return { problems: [...unique.values()].sort(byPlace), files: files.size };
}

/** A file of a workspace that is none of its kinds (an export lying about, say) is looked at by itself. */
function belongs(folder: string, target: string, isFolder: boolean): boolean {
  const path = slashes(relative(folder, target));
  return (
    isFolder ||
    identifyFile(path) !== undefined ||
    (path.split('/').length === 2 && path.startsWith(`${lookupFolder}/`) && isDataFile(path))
  );
}

function checkWithin(
  folder: string,
  target: string,
  options: CheckOptions,
  problems: LocatedProblem[],
  files: Set<string>,
  shown: (path: string) => string,
): void {
  const open = openWorkspace(folder, options.environment === undefined ? {} : { environment: options.environment });
  const prefix = slashes(relative(folder, target));
  const within = (path: string): boolean => prefix === '' || path === prefix || path.startsWith(`${prefix}/`);
  const rows = lookupCsvPaths(open.workspace);
  const texts = new Map([...open.files, ...rows.map((path) => [path, headText(open.workspace, path) ?? ''] as const)]);
  for (const path of texts.keys()) if (within(path)) files.add(join(folder, path));
  const all = checkWorkspace(open.workspace, collectedKnowledge(open)).filter(({ path }) => within(path));
  for (const path of new Set(all.map((problem) => problem.path))) {
    const own = all.filter((problem) => problem.path === path);
    options.onFile?.({ path: join(folder, path), name: shown(path), text: texts.get(path) ?? '', problems: own });
  }
  const found = locate(all, texts);
  problems.push(...found.map((problem) => ({ ...problem, file: shown(problem.file) })));
}

function checkAlone(target: string, isFolder: boolean, options: CheckOptions, problems: LocatedProblem[], files: Set<string>): void {
  const { paths, workspaces } = isFolder ? below(target) : { paths: [target], workspaces: [] };
  for (const folder of workspaces)
    checkWithin(folder, folder, options, problems, files, (path) => slashes(join(relative(options.cwd, folder), path)));
  for (const path of paths) {
    const name = slashes(relative(options.cwd, path));
    const text = readText('', path);
    const found = path.endsWith('.filter') ? readFilter(text).problems : checkJson(text, name, isFolder);
    if (!found) continue;
    files.add(path);
    if (found.length > 0) options.onFile?.({ path, name, text, problems: found });
    problems.push(
      ...locate(
        found.map((problem) => ({ ...problem, path: name })),
        new Map([[name, text]]),
      ),
    );
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

/** Files that may be ours, and workspaces, in a folder and all below it. */
function below(folder: string): { readonly paths: readonly string[]; readonly workspaces: readonly string[] } {
  const paths: string[] = [];
  const workspaces: string[] = [];
  for (const entry of readFolder(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !skipped.has(entry.name)) {
      if (isWorkspaceFolder(path)) {
        workspaces.push(path);
        continue;
      }
      const inner = below(path);
      paths.push(...inner.paths);
      workspaces.push(...inner.workspaces);
    } else if (entry.isFile() && /\.(json|filter)$/.test(entry.name)) paths.push(path);
  }
  return { paths, workspaces };
}

function readFolder(folder: string): readonly Dirent[] {
  return orUnreadable(folder, () => readdirSync(folder, { withFileTypes: true }));
}

function statOf(path: string): Stats | undefined {
  return orUnreadable(path, () => statSync(path, { throwIfNoEntry: false }));
}

function orUnreadable<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new SollistError('file-unreadable', `${path} cannot be read. Check that you may read it.`, { cause: error });
  }
}

function locate(found: readonly FileProblem[], files: ReadonlyMap<string, string>): readonly LocatedProblem[] {
  const lines = new Map<string, ReturnType<typeof indexLines>>();
  return found.map(({ path, span, severity, code, message }) => {
    const index = lines.get(path) ?? indexLines(files.get(path) ?? '');
    lines.set(path, index);
    const start = index.positionAt(span.offset);
    const end = index.positionAt(span.offset + span.length);
    return {
      file: path,
      line: start.line + 1,
      column: start.column + 1,
      endLine: end.line + 1,
      endColumn: end.column + 1,
      severity,
      code,
      message,
    };
  });
}

function byPlace(a: LocatedProblem, b: LocatedProblem): number {
  return byCodeUnit(a.file, b.file) || a.line - b.line || a.column - b.column || byCodeUnit(a.code, b.code);
}

function slashes(path: string): string {
  return path.split(sep).join('/');
}
