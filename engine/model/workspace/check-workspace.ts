import { settleWorkspace } from '../problems/settle-workspace.ts';
import { byCodeUnit } from '../text/order.ts';
import type { FileProblem } from '../text/problem.ts';
import { checkFile, pathsOf, type KnowledgeOf } from './check-file.ts';
import type { Workspace } from './workspace.ts';

export type { KnowledgeOf } from './check-file.ts';

/** Every problem of every file of a workspace, as its settings want them, ordered by file and place. */
export function checkWorkspace(workspace: Workspace, knowledgeOf?: KnowledgeOf): readonly FileProblem[] {
  const found = pathsOf(workspace).flatMap((path) =>
    checkFile(workspace, path, knowledgeOf).map((problem): FileProblem => ({ ...problem, path })),
  );
  return [...settleWorkspace(workspace, found)].sort(
    (a, b) => byCodeUnit(a.path, b.path) || a.span.offset - b.span.offset || byCodeUnit(a.code, b.code),
  );
}
