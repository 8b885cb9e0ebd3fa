import { CodeActionKind, type CodeAction, type CodeActionParams, type Diagnostic } from 'vscode-languageserver/node';
import { currentProblems } from '../capabilities/actions/current-problems.ts';
import { declareSeenActions } from '../capabilities/actions/declare-seen.ts';
import { filterExtractions, filterRepairs, filterRewrites } from '../capabilities/actions/filter/actions.ts';
import { declarations, extractions, tableRefactorings } from '../capabilities/actions/refactorings.ts';
import { suppressActions, suppressContextOf } from '../capabilities/actions/suppress.ts';
import { derive } from '../capabilities/connector/document.ts';
import { openFilterIn } from '../capabilities/filter/language.ts';
import { askedProblems, fixAllKind, fixAllSafely, quickFixes, type CheckedText } from '../capabilities/quick-fixes.ts';
import type { Opened } from '../opened.ts';
import { knownIn } from './known.ts';
import type { LanguageRequest, RequestContext } from './request.ts';

/** Repairs and changes an author may choose from. Editors ask at every move of the caret: only what it touches is worked out. */
export const codeActions: LanguageRequest = {
  capabilities: {
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, CodeActionKind.RefactorExtract, fixAllKind],
    },
  },
  register(context) {
    const { connection, guard, open } = context;
    connection.onCodeAction(
      guard.language('code actions', [], (parameters: CodeActionParams): CodeAction[] => {
        const opened = open(parameters.textDocument.uri);
        return opened ? actionsFor(context, opened, parameters) : [];
      }),
    );
  },
};

function actionsFor(
  context: RequestContext,
  opened: Opened,
  { textDocument: { uri }, range, context: { diagnostics, only } }: CodeActionParams,
): CodeAction[] {
  const wanted = (kind: string): boolean =>
    only?.some((one) => one === '' || kind === one || kind.startsWith(`${one}.`)) ?? kind !== fixAllKind;
  // Looked at only where there is something to repair: without a finding a move of the caret asks for no check.
  let checked: CheckedText | undefined;
  const now = (): CheckedText => (checked ??= { uri, text: opened.text, problems: currentProblems(context, uri, opened) });
  const actions: CodeAction[] = [];
  if (wanted(CodeActionKind.QuickFix)) actions.push(...repairs(context, opened, uri, diagnostics, now));
  if (opened.kind === 'connector') {
    const { connector: document } = opened;
    const { lines } = derive(document);
    const offset = lines.offsetAt({ line: range.start.line, column: range.start.character });
    const end = lines.offsetAt({ line: range.end.line, column: range.end.character });
    if (wanted(CodeActionKind.RefactorRewrite)) {
      const { text, connector } = document;
      actions.push(...declareSeenActions({ uri, text, connector, knowledge: knownIn(context, uri)?.knowledge, offset }));
      actions.push(...tableRefactorings(document, offset));
    }
    if (wanted(CodeActionKind.RefactorExtract)) actions.push(...extractions(document, { offset, length: end - offset }));
  }
  if (opened.kind === 'filter') {
    const filter = openFilterIn(uri, opened.text, opened.place);
    const start = opened.document.offsetAt(range.start);
    const caret = { offset: start, length: opened.document.offsetAt(range.end) - start };
    if (wanted(CodeActionKind.RefactorRewrite)) actions.push(...filterRewrites(filter, caret));
    if (wanted(CodeActionKind.RefactorExtract)) actions.push(...filterExtractions(filter, caret));
  }
  if (wanted(fixAllKind)) actions.push(...fixAllSafely(now()));
  return actions;
}

function repairs(
  { workspaces }: RequestContext,
  opened: Opened,
  uri: string,
  diagnostics: readonly Diagnostic[],
  now: () => CheckedText,
): CodeAction[] {
  if (!diagnostics.some(({ source }) => source === 'sollist')) return [];
  const asked = askedProblems(now(), diagnostics);
  const at = suppressContextOf(workspaces, uri, opened.text);
  return [
    ...quickFixes(now(), asked),
    ...(opened.kind === 'connector' ? declarations(opened.connector, asked) : []),
    ...(opened.kind === 'filter' ? filterRepairs(openFilterIn(uri, opened.text, opened.place), asked) : []),
    ...(at ? suppressActions(at, diagnostics) : []),
  ];
}
