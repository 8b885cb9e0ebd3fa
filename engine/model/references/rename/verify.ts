import { keyOf, wordOf, type Entity } from '../entity.ts';
import type { Graph } from '../graph.ts';
import type { Changes } from './changes.ts';
import type { Move } from './moves.ts';

/**
 * Compares the names of every file before and after: each must still stand for the same thing, under its new name. Gives the first that does
 * not, as part of a sentence.
 */
export function whatClashes(before: Graph, after: Graph, changes: Changes, moves: readonly Move[]): string | undefined {
  const moved = new Map(moves.map(({ from, to }) => [from, to]));
  for (const path of before.paths) {
    const old = before.occurrencesIn(path);
    const now = after.occurrencesIn(moved.get(path) ?? path);
    if (old === now) continue;
    const counts = new Map<string, { readonly entity: Entity; count: number }>();
    const count = (entity: Entity, step: number): void => {
      const key = keyOf(entity);
      const known = counts.get(key);
      if (known) known.count += step;
      else counts.set(key, { entity, count: step });
    };
    for (const { entity } of old) count(renamed(entity, changes), 1);
    for (const { entity } of now) count(entity, -1);
    // What names nothing yet may come to name this: it takes nothing from anybody.
    const lost = [...counts.values()].find((entry) => entry.count > 0)?.entity;
    if (lost) return `"${lost.name}" in ${path} would no longer mean the ${wordOf(lost.kind)} it means now`;
  }
  return undefined;
}

/** A thing as it is called afterwards. */
function renamed(entity: Entity, changes: Changes): Entity {
  const { kind, home, table, name } = entity;
  const to = (other: Entity): string => changes.get(keyOf(other))?.to ?? other.name;
  const inFilter = kind === 'output' || kind === 'alias' || kind === 'parameter' || kind === 'lookup';
  return {
    kind,
    home: home === '' ? '' : to({ kind: inFilter ? 'filter' : 'connector', home: '', name: home }),
    ...(table !== undefined && { table: to({ kind: 'table', home, name: table }) }),
    name: to({ kind, home, ...(table !== undefined && { table }), name }),
  };
}
