import type { ServerCapabilities } from 'vscode-languageserver/node';
import { codeActions } from './code-actions.ts';
import { completion } from './completion.ts';
import { definition } from './definition.ts';
import { hover } from './hover.ts';
import { lenses } from './lenses.ts';
import type { LanguageRequest } from './request.ts';
import { symbols } from './symbols.ts';

/** Every language request. A new one is a new file and one line here. */
export const languageRequests: readonly LanguageRequest[] = [codeActions, completion, definition, hover, lenses, symbols];

/** What the server can do, as it says when the editor connects. */
export const languageCapabilities: ServerCapabilities = languageRequests.reduce<ServerCapabilities>(
  (all, { capabilities }) => ({ ...all, ...capabilities }),
  {},
);
