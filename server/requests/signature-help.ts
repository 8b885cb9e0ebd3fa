import type { SignatureHelp } from 'vscode-languageserver/node';
import { filterLanguage } from '../capabilities/filter/language.ts';
import type { AtPosition, LanguageRequest } from './request.ts';

/** How the function around a place is called; connectors and our own JSON files have none. */
export const signatures: LanguageRequest = {
  capabilities: { signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [')'] } },
  register({ connection, guard, openAt }) {
    connection.onSignatureHelp(
      guard.language('signature help', undefined, (at: AtPosition): SignatureHelp | undefined => {
        const found = openAt(at);
        if (found?.opened.kind !== 'filter') return undefined;
        const { opened, offset } = found;
        return filterLanguage(at.textDocument.uri, opened.text, opened.place).signature(offset);
      }),
    );
  },
};
