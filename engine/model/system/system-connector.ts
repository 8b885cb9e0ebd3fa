import type { Connector } from '../connector/connector.ts';
import { applyOverlay } from '../connector/overlay.ts';
import { filesConnector } from '../files/files-connector.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { describedConnector, isDescribed } from './described-connector.ts';
import type { System } from './system.ts';

/** What the tables of a system are known by: its connector with its overlay, or the files of its folder. Undefined where there is none to be seen. */
export function systemConnector(
  system: System,
  { connectors, overlays, data }: Pick<Workspace, 'connectors' | 'overlays' | 'data'>,
): Connector | undefined {
  if (system.files) {
    const folder = data.get(system.files.folder.text);
    return folder?.state === 'read' ? filesConnector(system, system.files, folder) : undefined;
  }
  if (isDescribed(system)) return describedConnector(system);
  const connector = connectors.get(system.connector.text)?.model;
  const overlay = overlays.get(system.name)?.model;
  return connector && overlay ? applyOverlay(connector, overlay) : connector;
}
