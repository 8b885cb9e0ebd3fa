import type { ServerCapabilities } from 'vscode-languageserver/node';
import { codeActions } from './code-actions.ts';
import { completion } from './completion.ts';
import { definition } from './definition.ts';
import { folding } from './folding.ts';
import { formatting } from './formatting.ts';
import { highlights } from './highlights.ts';
import { hover } from './hover.ts';
import { inlayHints } from './inlay-hints.ts';
import { lenses } from './lenses.ts';
import { links } from './links.ts';
import { references } from './references.ts';
import { rename } from './rename.ts';
import type { LanguageRequest } from './request.ts';
import { selection } from './selection.ts';
import { semanticTokens } from './semantic-tokens.ts';
import { signatures } from './signature-help.ts';
import { symbols } from './symbols.ts';
import { workspaceSymbols } from './workspace-symbols.ts';

/** Every language request. A new one is a new file and one line here. */
export const languageRequests: readonly LanguageRequest[] = [
  codeActions,
  completion,
  definition,
  folding,
  formatting,
  highlights,
  hover,
  inlayHints,
  lenses,
  links,
  references,
  rename,
  selection,
  semanticTokens,
  signatures,
  symbols,
  workspaceSymbols,
];

/** What the server can do, as it says when the editor connects. */
export const languageCapabilities: ServerCapabilities = languageRequests.reduce<ServerCapabilities>(
  (all, { capabilities }) => ({ ...all, ...capabilities }),
  {},
);
