import { graphOf, type Graph } from '../../../engine/model/references/graph.ts';
import { loneConnector } from '../../../engine/model/references/lone.ts';
import { createWorkspaceReader } from '../../../engine/model/workspace/read-workspace.ts';
import type { Workspace } from '../../../engine/model/workspace/workspace.ts';
import type { Opened } from '../../opened.ts';
import type { Workspaces } from '../../workspaces.ts';
import type { ConnectorDocument } from '../connector/document.ts';

/** A document among the files whose names it shares. */
export interface NamesPlace {
  readonly graph: Graph;
  /** The document's path in the graph. */
  readonly path: string;
  uriOf(path: string): string;
}

/** Where the names of an open document are looked up: in its folder, or in itself alone; undefined for a file that is none of ours. */
export function placeOf(uri: string, opened: Opened, workspaces: Workspaces): NamesPlace | undefined {
  const place = workspaces.placeOf(uri);
  if (opened.kind === 'other') return undefined;
  if (opened.kind === 'connector' && (!opened.inFolder || !place)) return aloneIn(opened.connector);
  if (opened.kind === 'filter' && !opened.place)
    return alone(uri, 'filters/filter.filter', readAlone('filters/filter.filter', opened.text));
  if (!place) return undefined;
  const { workspace } = workspaces.view(place.folder);
  return { graph: graphOf(workspace), path: place.path, uriOf: (path) => workspaces.uriOf(place.folder, path) };
}

const lone = new WeakMap<ConnectorDocument, Workspace>();

/** A connector outside every folder: its own file only. */
export function aloneIn(document: ConnectorDocument): NamesPlace {
  const name = decodeURIComponent(/([^/]*?)(?:\.json)?$/.exec(document.uri)?.[1] ?? '') || 'connector';
  const workspace = lone.get(document) ?? loneConnector(name, document.json, document.connector);
  lone.set(document, workspace);
  return alone(document.uri, `connectors/${name}.json`, workspace);
}

function readAlone(path: string, text: string): Workspace {
  return createWorkspaceReader()(new Map([[path, text]]));
}

function alone(uri: string, path: string, workspace: Workspace): NamesPlace {
  return { graph: graphOf(workspace), path, uriOf: () => uri };
}
