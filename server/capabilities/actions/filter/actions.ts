import { CodeActionKind, type CodeAction } from 'vscode-languageserver/node';
import type { Span } from '../../../../engine/model/text/problem.ts';
import type { OpenFilter } from '../../filter/document.ts';
import { changing, type Asked } from '../../quick-fixes.ts';
import { columnRewrites } from './columns.ts';
import { moveIntoJoin, removeJoin } from './left-joins.ts';
import { nameRewrites } from './names.ts';
import { declareTyped, extractParameter, removeParameter } from './parameters.ts';
import { relationRewrites } from './relations.ts';
import type { Rewrite } from './trial.ts';

/** Changes of a filter around a caret or selection that keep what it means, or change one thing the title says. */
export function filterRewrites(filter: OpenFilter, caret: Span): CodeAction[] {
  // Of a text that is half typed nobody knows what belongs where.
  if (isBroken(filter)) return [];
  return [relationRewrites, moveIntoJoin, columnRewrites, nameRewrites, removeJoin]
    .flatMap((rewrite) => rewrite(filter, caret))
    .map((rewrite) => action(filter, CodeActionKind.RefactorRewrite, rewrite));
}

export function filterExtractions(filter: OpenFilter, caret: Span): CodeAction[] {
  if (isBroken(filter)) return [];
  return extractParameter(filter, caret).map((rewrite) => action(filter, CodeActionKind.RefactorExtract, rewrite));
}

/** Repairs that need more than the place of the problem. */
export function filterRepairs(filter: OpenFilter, asked: readonly Asked[]): CodeAction[] {
  if (isBroken(filter)) return [];
  return asked.flatMap(({ problem, diagnostic }) => {
    const repair = repairs[problem.code];
    return (repair?.(filter, problem.span) ?? []).map((rewrite) => ({
      ...action(filter, CodeActionKind.QuickFix, rewrite),
      diagnostics: [diagnostic],
    }));
  });
}

const repairs: Readonly<Record<string, ((filter: OpenFilter, span: Span) => readonly Rewrite[]) | undefined>> = {
  'left-join-undone': moveIntoJoin,
  'parameter-undeclared': declareTyped,
  'parameter-unused': removeParameter,
};

function isBroken({ document }: OpenFilter): boolean {
  return document.problems.some(({ code }) => code === 'syntax' || code === 'too-deep');
}

function action({ uri, lines }: OpenFilter, kind: CodeActionKind, { title, edits }: Rewrite): CodeAction {
  return { title, kind, edit: changing(uri, lines, edits) };
}
