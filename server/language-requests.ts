import { createConnectorLanguage } from './capabilities/connector/language.ts';
import { createOwnJsonLanguage } from './capabilities/workspace/own-json.ts';
import type { LoneConnectors } from './lone-connectors.ts';
import { createOpener } from './opened.ts';
import { languageRequests } from './requests/all.ts';
import type { RequestContext } from './requests/request.ts';

/** Answers the language requests by the kind of the document. */
export function registerLanguage(
  given: Omit<RequestContext, 'connectors' | 'ownJson' | 'open' | 'openAt'> & { readonly lone: LoneConnectors },
): void {
  const open = createOpener(given.documents, given.workspaces, given.lone);
  const context: RequestContext = {
    ...given,
    connectors: createConnectorLanguage(),
    ownJson: createOwnJsonLanguage(),
    open,
    openAt({ textDocument, position }) {
      const opened = open(textDocument.uri);
      return opened && { opened, offset: opened.document.offsetAt(position) };
    },
  };
  for (const request of languageRequests) request.register(context);
}
