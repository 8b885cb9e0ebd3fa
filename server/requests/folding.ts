import type { FoldingRange } from 'vscode-languageserver/node';
import { filterLanguage } from '../capabilities/filter/language.ts';
import { foldJson } from '../capabilities/json/folding.ts';
import { jsonOf } from './json-text.ts';
import type { InDocument, LanguageRequest } from './request.ts';

/** What of a document can be folded away. */
export const folding: LanguageRequest = {
  capabilities: { foldingRangeProvider: true },
  register({ connection, guard, open }) {
    connection.onFoldingRanges(
      guard.language('folding', [], ({ textDocument: { uri } }: InDocument): FoldingRange[] => {
        const opened = open(uri);
        if (!opened) return [];
        if (opened.kind === 'filter') return filterLanguage(uri, opened.text, opened.place).folding();
        const json = jsonOf(opened);
        return json ? foldJson(opened.text, json.whole) : [];
      }),
    );
  },
};
