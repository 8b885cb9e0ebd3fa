import type { JsonDocument } from '../text/json.ts';
import type { FileProblem } from '../text/problem.ts';
import { documentOf, pathsOf } from '../workspace/check-file.ts';
import { identifyFile } from '../workspace/file-kind.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { applySettings } from './apply-settings.ts';
import { checkProblemSettings, unusedSuppressions, type LookedAt } from './check-problem-settings.ts';

/** The problems of a workspace as its settings want them, with what is odd about those settings themselves, file by file. */
export function settleWorkspace(workspace: Workspace, found: readonly FileProblem[]): readonly FileProblem[] {
  const { settings, settingsFile } = workspace;
  const { severities, suppressed } = settings.problems;
  if (severities.size === 0 && suppressed.length === 0) return found;
  const byPath = new Map<string, FileProblem[]>();
  for (const problem of found) {
    const same = byPath.get(problem.path);
    if (same) same.push(problem);
    else byPath.set(problem.path, [problem]);
  }
  const files = filesOf(workspace);
  const usedIn = new Map<string, LookedAt['used']>();
  const left = files.flatMap(({ path, document }) => {
    const { problems, used } = applySettings(byPath.get(path) ?? [], { path, root: document?.root }, settings.problems);
    usedIn.set(path, used);
    return problems;
  });
  if (!settingsFile) return left;
  const { path, document } = settingsFile;
  const own = [
    ...checkProblemSettings(document.root, settings.problems),
    ...unusedSuppressions(settings.problems, lookedAt(workspace, usedIn)),
  ].map((problem) => ({ ...problem, path }));
  return [...left, ...applySettings(own, { path, root: document.root }, settings.problems).problems];
}

/** The files of a workspace as a count of unused suppressions needs them, given those that each file used. */
export function lookedAt(workspace: Workspace, usedIn: ReadonlyMap<string, LookedAt['used']>): readonly LookedAt[] {
  const files = filesOf(workspace);
  const allWhole = files.every(({ whole }) => whole);
  // What is found outside a connector rests on other files, and is not looked for while one of those is half typed.
  return files.map(({ path, whole, alone }) => ({ path, whole: alone ? whole : allWhole, used: usedIn.get(path) ?? new Set() }));
}

interface File {
  readonly path: string;
  readonly document: JsonDocument | undefined;
  /** It could be read to its end. */
  readonly whole: boolean;
  /** What is found in it rests on it alone. */
  readonly alone: boolean;
}

function filesOf(workspace: Workspace): readonly File[] {
  return pathsOf(workspace).map((path): File => {
    const identity = identifyFile(path);
    const document = documentOf(workspace, path);
    const filter = identity?.kind === 'filter' ? workspace.filters.get(identity.name)?.model : undefined;
    // Libraries and the rows of lookups are neither: they can be read whatever they hold.
    return { path, document, whole: document?.whole ?? (filter?.problems.length ?? 0) === 0, alone: identity?.kind === 'connector' };
  });
}
