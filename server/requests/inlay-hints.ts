import type { InlayHint, InlayHintParams } from 'vscode-languageserver/node';
import { inlayHints as connectorHints } from '../capabilities/connector/inlay-hints.ts';
import { rowHints } from '../capabilities/filter/inlay-hints.ts';
import { openFilterIn } from '../capabilities/filter/language.ts';
import { callersIn } from './callers.ts';
import type { LanguageRequest } from './request.ts';

/**
 * The addresses that operations call, beside them; off unless somebody wants them (`sollist.inlayHints.addresses`). In filters the rows that are
 * left after each part (`sollist.filter.rowCounts`), once the engine has counted them.
 */
export const inlayHints: LanguageRequest = {
  capabilities: { inlayHintProvider: { resolveProvider: false } },
  register(context) {
    const { connection, guard, open, settings, insights } = context;
    settings.onChange(() => {
      // An editor that is not there any more needs no new hints.
      if (settings.client().workspace?.inlayHint?.refreshSupport === true) connection.languages.inlayHint.refresh().catch(() => undefined);
    });
    connection.languages.inlayHint.on(
      guard.language('inlay hints', [], ({ textDocument: { uri }, range }: InlayHintParams): InlayHint[] => {
        const opened = open(uri);
        if (!opened) return [];
        const start = opened.document.offsetAt(range.start);
        const span = { offset: start, length: opened.document.offsetAt(range.end) - start };
        if (opened.kind === 'filter') {
          const { place, text } = opened;
          const insight = place && settings.current().filter.rowCounts ? insights.of(place.view.folder, place.path) : undefined;
          return insight ? rowHints(openFilterIn(uri, text, place), insight, span) : [];
        }
        if (opened.kind !== 'connector' || !settings.current().inlayHints.addresses) return [];
        return connectorHints(opened.connector, callersIn(context, uri), span);
      }),
    );
  },
};
