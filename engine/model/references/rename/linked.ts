import { sameName } from '../../filter/words.ts';
import { bindInWorkspace, filterLibraryOf } from '../../workspace/filter-library.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { keyOf, type Entity } from '../entity.ts';
import { namesOfWorkspace } from '../own-entities.ts';
import type { Change, Changes } from './changes.ts';

/** A filter and one that it appends. */
type Pair = readonly [string, string];

/**
 * Changes with those that must come with them: filters that append each other meet by the names of their columns and parameters, so a name is changed
 * in all of them or in none.
 */
export function withLinked(workspace: Workspace, direct: Changes): Changes {
  if (![...direct.values()].some(({ entity: { kind } }) => kind === 'output' || kind === 'parameter')) return direct;
  const pairs = pairsIn(workspace);
  const all = new Map(direct);
  const waiting = [...direct.values()];
  for (let change: Change | undefined = waiting.pop(); change; change = waiting.pop()) {
    const { entity, to } = change;
    for (const [one, other] of pairs) {
      for (const [from, into] of [
        [one, other],
        [other, one],
      ] as const) {
        const here = sameThing(workspace, from, entity);
        if (here === undefined || keyOf(here) !== keyOf(entity)) continue;
        const there = sameThing(workspace, into, entity);
        if (!there || all.has(keyOf(there))) continue;
        const linked: Change = { entity: there, to };
        all.set(keyOf(there), linked);
        waiting.push(linked);
      }
    }
  }
  return all;
}

function pairsIn(workspace: Workspace): readonly Pair[] {
  const library = filterLibraryOf(workspace);
  return [...workspace.filters.values()].flatMap(({ name, model }) =>
    (model.tree?.appends ?? []).flatMap((append): readonly Pair[] => {
      const other = library.find(append.text)?.name;
      return other === undefined ? [] : [[name, other]];
    }),
  );
}

/** What a filter calls by the name of an output column or a parameter. */
function sameThing(workspace: Workspace, filter: string, { kind, name }: Entity): Entity | undefined {
  if (kind === 'parameter') return namesOfWorkspace(workspace).parameter(filter, name);
  if (kind !== 'output') return undefined;
  const model = workspace.filters.get(filter)?.model;
  const column = model && bindInWorkspace(model, workspace).columns.find((one) => sameName(one.name, name));
  return column && { kind, home: filter, name: column.name };
}
