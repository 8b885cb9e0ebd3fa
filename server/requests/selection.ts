import type { SelectionRange, SelectionRangeParams } from 'vscode-languageserver/node';
import { indexLines } from '../../engine/model/text/lines.ts';
import type { Span } from '../../engine/model/text/problem.ts';
import { filterLanguage } from '../capabilities/filter/language.ts';
import { selectInJson } from '../capabilities/json/selection.ts';
import { rangeOf } from '../convert.ts';
import type { Opened } from '../opened.ts';
import { jsonOf } from './json-text.ts';
import type { LanguageRequest } from './request.ts';

/** What a selection grows to, step by step. */
export const selection: LanguageRequest = {
  capabilities: { selectionRangeProvider: true },
  register({ connection, guard, open }) {
    connection.onSelectionRanges(
      guard.language('selection ranges', [], ({ textDocument: { uri }, positions }: SelectionRangeParams): SelectionRange[] => {
        const opened = open(uri);
        if (!opened) return [];
        const lines = indexLines(opened.text);
        const grow = growerOf(opened);
        return positions.map((position): SelectionRange => {
          const spans = grow(opened.document.offsetAt(position));
          const nested = spans.reduceRight<SelectionRange | undefined>(
            (parent, span) => ({ range: rangeOf(lines, span), ...(parent && { parent }) }),
            undefined,
          );
          // Every position gets an answer.
          return nested ?? { range: { start: position, end: position } };
        });
      }),
    );
  },
};

function growerOf(opened: Opened): (offset: number) => readonly Span[] {
  if (opened.kind === 'filter') return filterLanguage(opened.document.uri, opened.text, opened.place).selection;
  const json = jsonOf(opened);
  return (offset) => (json ? selectInJson(opened.text, json.root, offset, opened.kind === 'connector') : []);
}
