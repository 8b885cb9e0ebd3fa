import { CodeActionKind, type CodeAction, type Diagnostic } from 'vscode-languageserver/node';
import { indexLines } from '../../engine/model/text/lines.ts';
import { rangeOf, type DiagnosticData } from '../convert.ts';

/** The repairs that travelled with the diagnostics; the first of each is preferred. */
export function quickFixes(uri: string, text: string, diagnostics: readonly Diagnostic[]): CodeAction[] {
  const lines = indexLines(text);
  return diagnostics
    .filter(({ source }) => source === 'sollist')
    .flatMap((diagnostic) => {
      const { fixes } = (diagnostic.data as DiagnosticData | undefined) ?? { fixes: [] };
      return fixes.map((fix, index): CodeAction => ({
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        isPreferred: index === 0,
        edit: { changes: { [uri]: [{ range: rangeOf(lines, fix.span), newText: fix.text }] } },
      }));
    });
}
