import type { Hover } from 'vscode-languageserver/node';
import { filterLanguage } from '../capabilities/filter/language.ts';
import { hoverOwn } from '../capabilities/workspace/language.ts';
import { callersIn } from './callers.ts';
import { withCollected } from './collected.ts';
import { withVaultFacts } from './filter-insight.ts';
import type { AtPosition, LanguageRequest } from './request.ts';

/** What the thing at a place is. */
export const hover: LanguageRequest = {
  capabilities: { hoverProvider: true },
  register(context) {
    const { connection, guard, openAt, connectors, ownJson } = context;
    connection.onHover(
      guard.language('hover', undefined, async (at: AtPosition): Promise<Hover | undefined> => {
        const found = openAt(at);
        if (!found) return undefined;
        const { opened, offset } = found;
        switch (opened.kind) {
          case 'connector':
            return withCollected(
              context,
              at.textDocument.uri,
              { document: opened.connector, offset },
              await connectors.hover(opened.connector, offset, callersIn(context, at.textDocument.uri)),
            );
          case 'filter':
            return withVaultFacts(context, opened, offset, filterLanguage(at.textDocument.uri, opened.text, opened.place).hover(offset));
          case 'own':
            return hoverOwn(ownJson, opened.file, offset);
          case 'other':
            return undefined;
        }
      }),
    );
  },
};
