import type { InlayHint, InlayHintParams } from 'vscode-languageserver/node';
import { inlayHints as connectorHints } from '../capabilities/connector/inlay-hints.ts';
import { callersIn } from './callers.ts';
import type { LanguageRequest } from './request.ts';

/** The addresses that operations call, beside them; off unless somebody wants them (`sollist.inlayHints.addresses`). */
export const inlayHints: LanguageRequest = {
  capabilities: { inlayHintProvider: { resolveProvider: false } },
  register(context) {
    const { connection, guard, open, settings } = context;
    settings.onChange(() => {
      // An editor that is not there any more needs no new hints.
      if (settings.client().workspace?.inlayHint?.refreshSupport === true) connection.languages.inlayHint.refresh().catch(() => undefined);
    });
    connection.languages.inlayHint.on(
      guard.language('inlay hints', [], ({ textDocument: { uri }, range }: InlayHintParams): InlayHint[] => {
        const opened = settings.current().inlayHints.addresses ? open(uri) : undefined;
        if (opened?.kind !== 'connector') return [];
        const start = opened.document.offsetAt(range.start);
        const span = { offset: start, length: opened.document.offsetAt(range.end) - start };
        return connectorHints(opened.connector, callersIn(context, uri), span);
      }),
    );
  },
};
