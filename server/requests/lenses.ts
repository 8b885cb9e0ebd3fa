import type { CodeLens } from 'vscode-languageserver/node';
import { filterLenses } from '../capabilities/filter/insight-lenses.ts';
import { openFilterIn } from '../capabilities/filter/language.ts';
import { connectorLenses, fileLenses } from '../capabilities/lenses.ts';
import { relationLenses } from '../capabilities/relation-lenses.ts';
import { knownIn } from './known.ts';
import type { InDocument, LanguageRequest, RequestContext } from './request.ts';
import type { Opened } from '../opened.ts';

/** What can be run from a place in a document. */
export const lenses: LanguageRequest = {
  capabilities: { codeLensProvider: {} },
  register(context) {
    const { connection, guard, open } = context;
    connection.onCodeLens(
      guard.language('lenses', [], ({ textDocument: { uri } }: InDocument): CodeLens[] => {
        const opened = open(uri);
        if (opened?.kind === 'connector') {
          const known = knownIn(context, uri);
          return opened.inFolder ? connectorLenses(uri, opened.text, opened.connector.connector, known?.table, Date.now()) : [];
        }
        if (opened?.kind === 'filter') return opened.place ? lensesOfFilter(context, uri, opened.text, opened.place) : [];
        return opened?.kind === 'own' ? [...fileLenses(uri, opened.file.identity), ...relationLenses(uri, opened.file)] : [];
      }),
    );
  },
};

function lensesOfFilter(
  { insights }: RequestContext,
  uri: string,
  text: string,
  place: NonNullable<Extract<Opened, { readonly kind: 'filter' }>['place']>,
): CodeLens[] {
  const { identity, view } = place;
  if (identity.kind !== 'filter') return [];
  return filterLenses(openFilterIn(uri, text, place), identity.name, (reference) => insights.lastRun(view.folder, reference));
}
