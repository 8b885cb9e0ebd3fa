import { identifyFile } from '../../engine/model/workspace/file-kind.ts';
import type { ConnectorKnowledge } from '../../engine/model/connector/knowledge.ts';
import type { TableFacts } from '../known-facts.ts';
import type { RequestContext } from './request.ts';

/** What is known of an open connector from running it. */
export interface Known {
  readonly folder: string;
  readonly connector: string;
  readonly knowledge: ConnectorKnowledge | undefined;
  table(name: string): TableFacts | undefined;
}

/** What is known now of the connector at an address; undefined for one that lies in no folder. Never waits. */
export function knownIn({ workspaces, knowledge }: Pick<RequestContext, 'workspaces' | 'knowledge'>, uri: string): Known | undefined {
  const place = workspaces.placeOf(uri);
  const identity = place && identifyFile(place.path);
  if (!place || identity?.kind !== 'connector') return undefined;
  const found = knowledge.of(place.folder);
  return {
    folder: place.folder,
    connector: identity.name,
    knowledge: found.connector(identity.name),
    table: (name) => found.table(identity.name, name),
  };
}
