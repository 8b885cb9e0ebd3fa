import { identifyFile } from '../../workspace/file-kind.ts';
import type { Graph } from '../graph.ts';
import type { Changes } from './changes.ts';

/** A file that gets another path. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** The files that are called after what is renamed. */
export function movesOf(graph: Graph, changes: Changes): readonly Move[] {
  const files = [...changes.values()].filter(({ entity: { kind } }) => kind === 'connector' || kind === 'system' || kind === 'filter');
  if (files.length === 0) return [];
  const named = new Map(files.map(({ entity, to }) => [`${entity.kind} ${entity.name}`, to]));
  return graph.paths.flatMap((from) => {
    const identity = identifyFile(from);
    // Overlays and expectations have the name of their system.
    const kind = identity?.kind === 'overlay' || identity?.kind === 'expectations' ? 'system' : identity?.kind;
    const to = identity && named.get(`${kind ?? ''} ${identity.name}`);
    if (to === undefined) return [];
    const folder = from.slice(0, from.lastIndexOf('/') + 1);
    const ending = from.slice(from.lastIndexOf('.'));
    return [{ from, to: `${folder}${to}${ending}` }];
  });
}
