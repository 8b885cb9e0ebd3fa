import { ErrorCodes, ResponseError, type Connection } from 'vscode-languageserver/node';
import { newConnectorMethod, type NewConnectorParameters, type NewConnectorResult } from '../engine/host/protocol.ts';
import { makeConnector } from '../engine/model/new-connector/make-connector.ts';
import type { Guard } from './guard.ts';
import { readYaml } from './read-yaml.ts';

/** Answers `sollist/newConnector` with the text of a connector; the editor writes it. No host is contacted, so no trust is needed. */
export function registerNewConnector(connection: Connection, { guard }: { readonly guard: Guard }): void {
  connection.onRequest<NewConnectorResult, unknown>(
    newConnectorMethod,
    guard.request((parameters: NewConnectorParameters): NewConnectorResult => {
      demand(parameters);
      return makeConnector(parameters, readYaml);
    }),
  );
}

/** Refuses parameters that are not what the protocol says; only a broken client sends them. */
function demand(given: object): void {
  const parameters = new Map<string, unknown>(Object.entries(given));
  if (typeof parameters.get('name') !== 'string') throw new ResponseError(ErrorCodes.InvalidParams, '"name" must be a text.');
  for (const name of ['document', 'authentication', 'paging', 'baseUrl']) {
    const value = parameters.get(name);
    if (value !== undefined && typeof value !== 'string') throw new ResponseError(ErrorCodes.InvalidParams, `"${name}" must be a text.`);
  }
  const tables = parameters.get('tables');
  if (tables !== undefined && !(Array.isArray(tables) && tables.every((table) => typeof table === 'string'))) {
    throw new ResponseError(ErrorCodes.InvalidParams, '"tables" must be a list of texts.');
  }
}
