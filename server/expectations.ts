import { isAbsolute } from 'node:path';
import { ErrorCodes, ResponseError, type Connection } from 'vscode-languageserver/node';
import { expectationsMethod, type ExpectationsListed, type ExpectationsParameters } from '../engine/host/protocol.ts';
import { titleOf } from '../engine/model/expectations/titles.ts';
import { indexLines } from '../engine/model/text/lines.ts';
import { placeOf } from '../engine/model/text/place.ts';
import type { Guard } from './guard.ts';
import type { FolderView, Workspaces } from './workspaces.ts';

/** Answers `sollist/expectations`: what one file expects, for the Test Explorer. Only texts are read, so no trust is needed. */
export function registerExpectations(
  connection: Connection,
  { workspaces, guard }: { readonly workspaces: Workspaces; readonly guard: Guard },
): void {
  connection.onRequest(
    expectationsMethod,
    guard.request(({ folder, path }: ExpectationsParameters): ExpectationsListed | null => {
      if (typeof folder !== 'string' || !isAbsolute(folder))
        throw new ResponseError(ErrorCodes.InvalidParams, '"folder" must be an absolute path.');
      if (typeof path !== 'string') throw new ResponseError(ErrorCodes.InvalidParams, '"path" must be a text.');
      return listExpectations(workspaces.view(folder), path) ?? null;
    }),
  );
}

/** What a file expects; undefined where there is no such file. */
export function listExpectations({ workspace }: Pick<FolderView, 'workspace'>, path: string): ExpectationsListed | undefined {
  const file = [...workspace.expectations.values()].find((one) => one.path === path);
  if (!file) return undefined;
  const lines = indexLines(file.document.text);
  return {
    system: file.name,
    tables: file.model.tables.map(({ name, expectations }) => ({
      table: name.text,
      place: placeOf(lines, name.span),
      expectations: expectations.map((expectation) => ({
        id: expectation.id,
        title: titleOf(expectation),
        place: placeOf(lines, expectation.span),
      })),
    })),
  };
}
