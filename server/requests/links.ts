import type { DocumentLink } from 'vscode-languageserver/node';
import { indexLines } from '../../engine/model/text/lines.ts';
import { filterLanguage } from '../capabilities/filter/language.ts';
import { webLinks } from '../capabilities/json/links.ts';
import { fileLinks, type FileLink } from '../capabilities/workspace/links.ts';
import { rangeOf } from '../convert.ts';
import type { Opened } from '../opened.ts';
import { jsonOf } from './json-text.ts';
import type { InDocument, LanguageRequest } from './request.ts';

/** Web addresses, and names that stand for another file. */
export const links: LanguageRequest = {
  capabilities: { documentLinkProvider: { resolveProvider: false } },
  register({ connection, guard, open, workspaces }) {
    connection.onDocumentLinks(
      guard.language('links', [], ({ textDocument: { uri } }: InDocument): DocumentLink[] => {
        const opened = open(uri);
        if (!opened) return [];
        const lines = indexLines(opened.text);
        const json = jsonOf(opened);
        const web = json ? webLinks(opened.text, json.root) : [];
        const folder = workspaces.placeOf(uri)?.folder;
        return [
          ...web.map(({ span, target, isSchema }) => ({
            range: rangeOf(lines, span),
            target,
            tooltip: isSchema ? 'Open the schema of this file' : `Open ${target}`,
          })),
          ...(folder === undefined ? [] : filesNamed(opened)).map(({ span, path }) => ({
            range: rangeOf(lines, span),
            target: workspaces.uriOf(folder ?? '', path),
            tooltip: `Open ${path}`,
          })),
        ];
      }),
    );
  },
};

function filesNamed(opened: Opened): readonly FileLink[] {
  if (opened.kind === 'own') return fileLinks(opened.file.view, opened.file.path);
  return opened.kind === 'filter' ? filterLanguage(opened.document.uri, opened.text, opened.place).links() : [];
}
