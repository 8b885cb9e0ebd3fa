import type { Range, SemanticTokens } from 'vscode-languageserver/node';
import { indexLines } from '../../engine/model/text/lines.ts';
import { connectorTokens } from '../capabilities/connector/semantic-tokens.ts';
import { filterLanguage } from '../capabilities/filter/language.ts';
import { encodeTokens, semanticLegend, type SemanticToken } from '../capabilities/semantic-tokens.ts';
import type { Opened } from '../opened.ts';
import type { InDocument, LanguageRequest, RequestContext } from './request.ts';

/** What the names in a document are, for their colours. */
export const semanticTokens: LanguageRequest = {
  capabilities: { semanticTokensProvider: { legend: semanticLegend, full: true, range: true } },
  register({ connection, guard, open }) {
    connection.languages.semanticTokens.on(
      guard.language('semantic tokens', { data: [] }, ({ textDocument: { uri } }: InDocument) => encode(open(uri))),
    );
    connection.languages.semanticTokens.onRange(
      guard.language('semantic tokens', { data: [] }, ({ textDocument: { uri }, range }: InDocument & { readonly range: Range }) =>
        encode(open(uri), range),
      ),
    );
  },
};

function encode(opened: ReturnType<RequestContext['open']>, range?: Range): SemanticTokens {
  if (!opened) return { data: [] };
  const { document } = opened;
  const start = range && document.offsetAt(range.start);
  const within = range && start !== undefined ? { offset: start, length: document.offsetAt(range.end) - start } : undefined;
  return { data: encodeTokens(tokensOf(opened), indexLines(opened.text), within) };
}

function tokensOf(opened: Opened): readonly SemanticToken[] {
  switch (opened.kind) {
    case 'connector':
      return connectorTokens(opened.connector);
    case 'filter':
      return filterLanguage(opened.document.uri, opened.text, opened.place).tokens();
    case 'own':
    case 'other':
      return [];
  }
}
