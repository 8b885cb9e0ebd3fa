import { CodeActionKind, type CodeAction, type Diagnostic } from 'vscode-languageserver/node';
import { fixAllOf, fixSafely } from '../../engine/model/problems/safe-fixes.ts';
import { editsOf } from '../../engine/model/text/edits.ts';
import { indexLines, type Lines } from '../../engine/model/text/lines.ts';
import type { Edit, Problem } from '../../engine/model/text/problem.ts';
import { rangeOf } from '../convert.ts';

/** A text with what is wrong with it now. */
export interface CheckedText {
  readonly uri: string;
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** The kind of the action that repairs a whole file, as editors may ask for it when they save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.sollist`;

/** A finding an editor asks about, with the problem of the current text that it is. */
export interface Asked {
  readonly diagnostic: Diagnostic;
  readonly problem: Problem;
}

/** Which of the current problems an editor asks about. One that was found in an older text, and is no more, is none. */
export function askedProblems({ text, problems }: CheckedText, diagnostics: readonly Diagnostic[]): readonly Asked[] {
  const lines = indexLines(text);
  return diagnostics.flatMap((diagnostic): readonly Asked[] => {
    if (diagnostic.source !== 'sollist') return [];
    const same = problems.filter(({ code, message }) => code === diagnostic.code && message === diagnostic.message);
    const start = lines.offsetAt({ line: diagnostic.range.start.line, column: diagnostic.range.start.character });
    const problem = same.find(({ span }) => span.offset === start);
    return problem ? [{ diagnostic, problem }] : [];
  });
}

/** The repairs of the findings asked about, the first of each preferred; and where there are more of a kind, all of them at once. */
export function quickFixes(checked: CheckedText, asked: readonly Asked[]): CodeAction[] {
  const lines = indexLines(checked.text);
  const single = asked.flatMap(({ diagnostic, problem }) =>
    (problem.fixes ?? []).map((fix, index): CodeAction => ({
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      isPreferred: index === 0,
      edit: changing(checked.uri, lines, editsOf(fix)),
    })),
  );
  const codes = new Set(asked.filter(({ problem }) => isMendable(problem)).map(({ problem }) => problem.code));
  return [...single, ...[...codes].flatMap((code) => fixAllOfCode(checked, lines, code, asked))];
}

function isMendable({ fixes = [] }: Problem): boolean {
  return fixes.length > 0;
}

function fixAllOfCode(checked: CheckedText, lines: Lines, code: string, asked: readonly Asked[]): CodeAction[] {
  if (checked.problems.filter((problem) => problem.code === code && isMendable(problem)).length < 2) return [];
  const { edits } = fixAllOf({ path: checked.uri, text: checked.text }, checked.problems, code);
  return [
    {
      title: `Fix all "${code}" in this file`,
      kind: CodeActionKind.QuickFix,
      diagnostics: asked.filter(({ problem }) => problem.code === code).map(({ diagnostic }) => diagnostic),
      edit: changing(checked.uri, lines, edits),
    },
  ];
}

/** Every repair of the file that changes nothing in what it means. */
export function fixAllSafely(checked: CheckedText): CodeAction[] {
  const { edits } = fixSafely({ path: checked.uri, text: checked.text }, checked.problems);
  if (edits.length === 0) return [];
  return [{ title: 'Fix all that is safe to fix', kind: fixAllKind, edit: changing(checked.uri, indexLines(checked.text), edits) }];
}

/** The changes of an action in one document. */
export function changing(uri: string, lines: Lines, edits: readonly Edit[]): NonNullable<CodeAction['edit']> {
  return { changes: { [uri]: edits.map(({ span, text }) => ({ range: rangeOf(lines, span), newText: text })) } };
}
