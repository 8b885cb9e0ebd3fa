import type { Connection, InitializeParams, Position, ServerCapabilities, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ConnectorLanguage } from '../capabilities/connector/language.ts';
import type { OwnJsonLanguage } from '../capabilities/workspace/own-json.ts';
import type { FilterInsights } from '../filter-insight.ts';
import type { Guard } from '../guard.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Opened } from '../opened.ts';
import type { ServerSettings } from '../settings.ts';
import type { Workspaces } from '../workspaces.ts';

export interface InDocument {
  readonly textDocument: { readonly uri: string };
}

export interface AtPosition extends InDocument {
  readonly position: Position;
}

/** What the answers to language requests are made from. */
export interface RequestContext {
  readonly connection: Connection;
  readonly guard: Guard;
  readonly documents: TextDocuments<TextDocument>;
  readonly workspaces: Workspaces;
  readonly connectors: ConnectorLanguage;
  readonly ownJson: OwnJsonLanguage;
  readonly settings: ServerSettings;
  /** What the editor said of itself when it connected. */
  client(): InitializeParams | undefined;
  /** What running the connectors has shown. */
  readonly knowledge: Knowledge;
  /** What the vault tells about open filters. */
  readonly insights: FilterInsights;
  /** An open document by its address. */
  open(uri: string): Opened | undefined;
  /** An open document and the offset of a place in it. */
  openAt(at: AtPosition): { readonly opened: Opened; readonly offset: number } | undefined;
}

/** One request of the language protocol: what the server says it can do, and the answer by the kind of the document. */
export interface LanguageRequest {
  readonly capabilities: ServerCapabilities;
  register(context: RequestContext): void;
}
