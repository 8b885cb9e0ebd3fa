import { ErrorCodes, ResponseError, type Connection } from 'vscode-languageserver/node';
import { importNimMethod, type ImportNimParameters, type ImportNimResult } from '../engine/host/protocol.ts';
import { importGiven } from '../engine/model/nim/import-given.ts';
import type { Guard } from './guard.ts';

/** Answers `sollist/importNim` with the files of a workspace; the editor writes them. No host is contacted, so no trust is needed. */
export function registerImportNim(connection: Connection, { guard }: { readonly guard: Guard }): void {
  connection.onRequest<ImportNimResult, unknown>(
    importNimMethod,
    guard.request((parameters: ImportNimParameters): ImportNimResult => {
      demand(parameters);
      return importGiven(parameters);
    }),
  );
}

/** Refuses parameters that are not what the protocol says; only a broken client sends them. */
function demand(given: object): void {
  const parameters = new Map<string, unknown>(Object.entries(given));
  if (typeof parameters.get('name') !== 'string') throw new ResponseError(ErrorCodes.InvalidParams, '"name" must be a text.');
  if (parameters.get('kind') !== 'file' && parameters.get('kind') !== 'folder')
    throw new ResponseError(ErrorCodes.InvalidParams, '"kind" must be "file" or "folder".');
  for (const [list, key] of [
    ['files', 'path'],
    ['connectors', 'name'],
  ] as const) {
    const value = parameters.get(list);
    const right = Array.isArray(value) && value.every((one: unknown) => isTextRecord(one, key) && isTextRecord(one, 'text'));
    if (!right) throw new ResponseError(ErrorCodes.InvalidParams, `"${list}" must be a list of texts with "${key}".`);
  }
}

function isTextRecord(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && typeof (value as Readonly<Record<string, unknown>>)[key] === 'string';
}
