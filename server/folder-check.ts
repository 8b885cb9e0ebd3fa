import type { Diagnostic } from 'vscode-languageserver/node';
import { headText } from '../engine/model/files/head-text.ts';
import { applySettings } from '../engine/model/problems/apply-settings.ts';
import { checkProblemSettings, unusedSuppressions, type LookedAt } from '../engine/model/problems/check-problem-settings.ts';
import { lookedAt } from '../engine/model/problems/settle-workspace.ts';
import type { Problem } from '../engine/model/text/problem.ts';
import { checkFile, documentOf, pathsOf, type KnowledgeOf } from '../engine/model/workspace/check-file.ts';
import { diagnosticsOf } from './convert.ts';
import { withHazards } from './capabilities/filter/insight-problems.ts';
import type { FilterInsight } from '../engine/run/filter/insight/insight.ts';
import type { FolderView, Workspaces } from './workspaces.ts';

/** What the check of a folder is given. */
export interface FolderCheckOptions {
  readonly workspaces: Workspaces;
  readonly publish: (uri: string, diagnostics: Diagnostic[]) => void;
  readonly guard: (name: string, work: () => void) => void;
  /** What is known of a folder's connectors from running them. */
  readonly knowledge?: (folder: string) => KnowledgeOf;
  /** What the vault tells about an open filter. */
  readonly insight?: (folder: string, path: string) => FilterInsight | undefined;
}

type Used = LookedAt['used'];

/** Checks the files of one Sollist folder. */
export interface FolderCheck {
  /** Checks these files at once, and then, a little at a time, every other one: any of them may name what has changed. */
  changed(paths: readonly string[]): void;
  /** A newer text is coming: what is still being checked for the older one is given up. */
  interrupt(): void;
}

/** Milliseconds of checking after which the editor's requests get their turn. */
const slice = 10;

export function createFolderCheck(
  folder: string,
  options: FolderCheckOptions & { readonly published: () => readonly string[] },
): FolderCheck {
  const { workspaces, publish, published, guard } = options;
  let turn = 0;
  /** Suppressions that were not needed when every file was last looked at, and the settings they stand in. */
  let unused: { readonly of?: unknown; readonly problems: readonly Problem[] } = { problems: [] };

  const report = ({ files, workspace }: FolderView, path: string): Used => {
    const document = documentOf(workspace, path);
    const { settings } = workspace;
    // In other settings they stand in another place, or not at all.
    const left = unused.of === settings.problems ? unused.problems : [];
    const own = path === workspace.settingsFile?.path ? [...checkProblemSettings(document?.root, settings.problems), ...left] : [];
    const found = [...withHazards(checkFile(workspace, path, options.knowledge?.(folder)), options.insight?.(folder, path)), ...own];
    const { problems, used } = applySettings(found, { path, root: document?.root }, settings.problems);
    // A reader that knows no path means its own text.
    const related = {
      uriOf: (other: string) => workspaces.uriOf(folder, other || path),
      textOf: (other: string) => files.get(other || path),
    };
    publish(workspaces.uriOf(folder, path), diagnosticsOf(files.get(path) ?? headText(workspace, path) ?? '', problems, related));
    return used;
  };
  const finish = (view: FolderView, usedIn: ReadonlyMap<string, Used>): void => {
    const { workspace, files } = view;
    const known = new Set(pathsOf(workspace));
    for (const uri of published()) {
      const place = workspaces.placeOf(uri);
      if (place?.folder === folder && !files.has(place.path) && !known.has(place.path)) publish(uri, []);
    }
    const { problems } = workspace.settings;
    unused = { of: problems, problems: unusedSuppressions(problems, lookedAt(workspace, usedIn)) };
    if (workspace.settingsFile && problems.suppressed.length > 0) report(view, workspace.settingsFile.path);
  };
  return {
    interrupt() {
      turn++;
    },
    changed(paths) {
      const mine = ++turn;
      const view = workspaces.view(folder);
      const usedIn = new Map<string, Used>();
      const check = (path: string): void => {
        usedIn.set(path, report(view, path));
      };
      const all = pathsOf(view.workspace);
      for (const path of paths) if (all.includes(path)) check(path);
      const rest = all.filter((path) => !usedIn.has(path)).values();
      const goOn = (): void => {
        const start = performance.now();
        while (mine === turn && performance.now() - start < slice) {
          const { value: path, done } = rest.next();
          if (done) {
            finish(view, usedIn);
            return;
          }
          check(path);
        }
        if (mine === turn) setImmediate(() => guard(`checking ${folder}`, goOn));
      };
      setImmediate(() => guard(`checking ${folder}`, goOn));
    },
  };
}
