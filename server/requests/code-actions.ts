import { CodeActionKind, type CodeAction, type CodeActionParams } from 'vscode-languageserver/node';
import { quickFixes } from '../capabilities/quick-fixes.ts';
import type { LanguageRequest } from './request.ts';

/** Repairs and changes an author may choose from. */
export const codeActions: LanguageRequest = {
  capabilities: { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] } },
  register({ connection, guard, open }) {
    connection.onCodeAction(
      guard.language('code actions', [], ({ textDocument: { uri }, context }: CodeActionParams): CodeAction[] => {
        const opened = open(uri);
        return opened ? quickFixes(uri, opened.text, context.diagnostics) : [];
      }),
    );
  },
};
