import * as imported from 'vscode-json-languageservice';
import { connectorSchema } from '../../../schemas/connector-schema.ts';

const library = unwrap(imported);

export const { CompletionItemKind, InsertTextFormat, MarkupKind, SymbolKind, TextDocument } = library;
export type TextDocument = imported.TextDocument;

/** The JSON language service, knowing our schema for connectors and no other, and fetching nothing. */
export function createJsonService(): imported.LanguageService {
  return createOwnJsonService('sollist://schemas/connector.schema.json', connectorSchema);
}

/** The JSON language service knowing this one schema and no other, and fetching nothing: a `$schema` in a file means this schema, too. */
export function createOwnJsonService(uri: string, own: object): imported.LanguageService {
  const schema = convert(own);
  const service = library.getLanguageService({
    schemaRequestService: () => Promise.resolve(JSON.stringify(schema)),
    // Without it the service would send its Markdown as plain text.
    clientCapabilities: library.ClientCapabilities.LATEST,
  });
  service.configure({
    validate: false,
    allowComments: true,
    schemas: [{ uri, fileMatch: ['*'], schema: schema as imported.JSONSchema }],
  });
  return service;
}

/** The package has a UMD build for Node, seen whole as the default export, and a module build for bundlers, which has no default. */
function unwrap<T extends object>(namespace: T & { readonly default?: T }): T {
  return namespace.default ?? namespace;
}

/** The schema with its texts as Markdown, which the service shows in place of the plain ones; they hold code in back-ticks. */
function convert(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, child]): [string, unknown] => [key, convert(child)]);
  const { description, enumDescriptions } = value as { description?: unknown; enumDescriptions?: unknown };
  if (typeof description === 'string') entries.push(['markdownDescription', description]);
  if (Array.isArray(enumDescriptions)) entries.push(['markdownEnumDescriptions', enumDescriptions]);
  return Object.fromEntries(entries);
}
