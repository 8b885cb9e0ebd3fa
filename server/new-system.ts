import { ErrorCodes, ResponseError, type Connection } from 'vscode-languageserver/node';
import { newSystemMethod, type NewSystemParameters, type NewSystemResult } from '../engine/host/protocol.ts';
import { makeSystem } from '../engine/model/new-system/make-system.ts';
import { scenarioModels } from '../engine/model/new-system/read-scenario.ts';
import type { Guard } from './guard.ts';
import type { Workspaces } from './workspaces.ts';

/** Answers `sollist/newSystem` with the text of a system; the editor writes it. Only texts are read, so no trust is needed. */
export function registerNewSystem(
  connection: Connection,
  { guard, workspaces }: { readonly guard: Guard; readonly workspaces: Workspaces },
): void {
  connection.onRequest(
    newSystemMethod,
    guard.request(({ folder, name, connector, scenario }: NewSystemParameters): NewSystemResult => {
      if ([folder, name, connector].some((text) => typeof text !== 'string'))
        throw new ResponseError(ErrorCodes.InvalidParams, '"folder", "name" and "connector" must be texts.');
      const file = workspaces.view(folder).workspace.connectors.get(connector);
      if (!file?.document.whole) {
        const message = file
          ? `${file.path} must be mended first: it cannot be read whole.`
          : `There is no connector "${connector}" in connectors/.`;
        return { scenarios: [], made: { kind: 'refused', message } };
      }
      return {
        scenarios: scenarioModels(file.model).map((one) => ({ name: one.name, description: one.description })),
        made: makeSystem({ name, type: connector, connector: file.model, ...(scenario !== undefined && { scenario }) }),
      };
    }),
  );
}
