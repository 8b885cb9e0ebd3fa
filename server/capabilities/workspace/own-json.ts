import type { CompletionItem, DocumentSymbol, Hover, LanguageService } from 'vscode-json-languageservice';
import { fileSchemas } from '../../../schemas/file-schemas.ts';
import type { FileKind } from '../../../engine/model/workspace/file-kind.ts';
import { createOwnJsonService, TextDocument } from '../connector/json-service.ts';

type OwnKind = keyof typeof fileSchemas;

/** Schema help for our own file kinds. Offsets are UTF-16 units. */
export interface OwnJsonLanguage {
  complete(kind: FileKind, text: string, offset: number): Promise<CompletionItem[]>;
  hover(kind: FileKind, text: string, offset: number): Promise<Hover | undefined>;
  symbols(kind: FileKind, text: string): DocumentSymbol[];
}

export function createOwnJsonLanguage(): OwnJsonLanguage {
  const services = new Map<OwnKind, LanguageService>();
  const serviceOf = (kind: FileKind): LanguageService | undefined => {
    if (!isOwn(kind)) return undefined;
    const service = services.get(kind) ?? createOwnJsonService(`sollist://schemas/${kind}.schema.json`, fileSchemas[kind]);
    services.set(kind, service);
    return service;
  };
  const open = (kind: FileKind, text: string): { readonly document: TextDocument; readonly service: LanguageService } | undefined => {
    const service = serviceOf(kind);
    return service && { document: TextDocument.create(`sollist://open/${kind}.json`, 'json', 1, text), service };
  };
  return {
    async complete(kind, text, offset) {
      const at = open(kind, text);
      if (!at) return [];
      const list = await at.service.doComplete(at.document, at.document.positionAt(offset), at.service.parseJSONDocument(at.document));
      return list?.items ?? [];
    },
    async hover(kind, text, offset) {
      const at = open(kind, text);
      return at
        ? ((await at.service.doHover(at.document, at.document.positionAt(offset), at.service.parseJSONDocument(at.document))) ?? undefined)
        : undefined;
    },
    symbols(kind, text) {
      const at = open(kind, text);
      return at ? at.service.findDocumentSymbols2(at.document, at.service.parseJSONDocument(at.document)) : [];
    },
  };
}

function isOwn(kind: FileKind): kind is OwnKind {
  return kind in fileSchemas;
}
