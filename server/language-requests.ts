import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  Connection,
  DocumentSymbol,
  Hover,
  Location,
  Position,
  TextDocuments,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { createConnectorLanguage } from './capabilities/connector/language.ts';
import { filterLanguage } from './capabilities/filter/language.ts';
import { connectorLenses, fileLenses } from './capabilities/lenses.ts';
import { quickFixes } from './capabilities/quick-fixes.ts';
import { completeOwn, hoverOwn } from './capabilities/workspace/language.ts';
import { createOwnJsonLanguage } from './capabilities/workspace/own-json.ts';
import { defineReference } from './capabilities/workspace/references.ts';
import type { Guard } from './guard.ts';
import { createOpener, type Opened } from './opened.ts';
import type { Workspaces } from './workspaces.ts';

interface InDocument {
  readonly textDocument: { readonly uri: string };
}

interface AtPosition extends InDocument {
  readonly position: Position;
}

/** Answers the language requests by the kind of the document. */
export function registerLanguage(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  workspaces: Workspaces,
  guard: Guard,
): void {
  const connectors = createConnectorLanguage();
  const ownJson = createOwnJsonLanguage();
  const open = createOpener(documents, workspaces);
  const openAt = ({ textDocument, position }: AtPosition): { readonly opened: Opened; readonly offset: number } | undefined => {
    const opened = open(textDocument.uri);
    return opened && { opened, offset: opened.document.offsetAt(position) };
  };

  connection.onCompletion(
    guard.language('completion', [], async (at: AtPosition): Promise<CompletionItem[]> => {
      const found = openAt(at);
      if (!found) return [];
      const { opened, offset } = found;
      switch (opened.kind) {
        case 'connector':
          return connectors.complete(opened.connector, offset);
        case 'filter':
          return filterLanguage(at.textDocument.uri, opened.text, opened.place).complete(offset);
        case 'own':
          return completeOwn(ownJson, opened.file, offset);
        case 'other':
          return [];
      }
    }),
  );
  connection.onHover(
    guard.language('hover', undefined, async (at: AtPosition): Promise<Hover | undefined> => {
      const found = openAt(at);
      if (!found) return undefined;
      const { opened, offset } = found;
      switch (opened.kind) {
        case 'connector':
          return connectors.hover(opened.connector, offset);
        case 'filter':
          return filterLanguage(at.textDocument.uri, opened.text, opened.place).hover(offset);
        case 'own':
          return hoverOwn(ownJson, opened.file, offset);
        case 'other':
          return undefined;
      }
    }),
  );
  connection.onDocumentSymbol(
    guard.language('symbols', [], ({ textDocument: { uri } }: InDocument): DocumentSymbol[] => {
      const opened = open(uri);
      switch (opened?.kind) {
        case 'connector':
          return connectors.symbols(opened.connector);
        case 'filter':
          return filterLanguage(uri, opened.text, opened.place).symbols();
        case 'own':
          return ownJson.symbols(opened.file.identity.kind, opened.text);
        default:
          return [];
      }
    }),
  );
  connection.onDefinition(
    guard.language('definition', [], (at: AtPosition): Location[] => {
      const found = openAt(at);
      if (!found) return [];
      const { opened, offset } = found;
      switch (opened.kind) {
        case 'connector':
          return connectors.definition(opened.connector, offset);
        case 'filter': {
          const folder = opened.place?.view.folder;
          return filterLanguage(at.textDocument.uri, opened.text, opened.place).definition(offset, (path) =>
            workspaces.uriOf(folder ?? '', path),
          );
        }
        case 'own': {
          const { view, path } = opened.file;
          return defineReference(view, path, offset, (other) => workspaces.uriOf(view.folder, other));
        }
        case 'other':
          return [];
      }
    }),
  );
  connection.onCodeLens(
    guard.language('lenses', [], ({ textDocument: { uri } }: InDocument): CodeLens[] => {
      const opened = open(uri);
      if (opened?.kind === 'connector') return opened.inFolder ? connectorLenses(uri, opened.text, opened.connector.connector) : [];
      if (opened?.kind === 'filter') return opened.place ? fileLenses(uri, opened.place.identity) : [];
      return opened?.kind === 'own' ? fileLenses(uri, opened.file.identity) : [];
    }),
  );
  connection.onCodeAction(
    guard.language(
      'quick fixes',
      [],
      ({
        textDocument: { uri },
        context,
      }: InDocument & { readonly context: Parameters<Parameters<Connection['onCodeAction']>[0]>[0]['context'] }): CodeAction[] => {
        const opened = open(uri);
        return opened ? quickFixes(uri, opened.text, context.diagnostics) : [];
      },
    ),
  );
}
