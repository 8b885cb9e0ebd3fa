import type { Connector } from '../connector/connector.ts';
import { noData } from '../files/data-folder.ts';
import { readSettings } from '../settings/settings.ts';
import { buildCatalog } from '../system/build-catalog.ts';
import type { JsonDocument } from '../text/json.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** A workspace of one connector and nothing else: what a file outside every folder knows of. */
export function loneConnector(name: string, document: JsonDocument, model: Connector): Workspace {
  return {
    settings: readSettings(undefined),
    connectors: new Map([[name, { path: `connectors/${name}.json`, name, document, model }]]),
    systems: new Map(),
    overlays: new Map(),
    filters: new Map(),
    mappings: new Map(),
    roleModels: new Map(),
    expectations: new Map(),
    lookups: new Map(),
    libraries: new Map(),
    data: noData,
    catalog: buildCatalog([], []),
  };
}
