import { createNames, fold, simpleWord, singular } from '../names.ts';
import type { NewItem } from '../sign-in.ts';
import { pathOf } from './path.ts';
import type { PlannedTable } from './plan.ts';

/** Inputs of the connection for path parameters that no table has. */
export interface PathItems {
  readonly items: readonly NewItem[];
  /** The input of a pattern. */
  nameOf(pattern: string): string;
}

const vague = new Set(['id', 'uuid', 'guid', 'key', 'name', 'code', 'slug', 'type', 'number', 'version', 'value']);

/**
 * One input for each parameter: `{org}` is the same in all paths, `{id}` only where the path up to it is. No name is that of a column, since
 * in a write the row's value would win. `reserved` are names that other inputs have.
 */
export function pathItems(tables: readonly PlannedTable[], columns: Iterable<string>, reserved: Iterable<string>): PathItems {
  const names = createNames([...columns, ...reserved, 'iterator', 'page_number', 'page_size', 'skip_count', 'take_count']);
  const given = new Map<string, string>();
  const byParameter = new Map<string, string>();
  const items: NewItem[] = [];
  for (const { fills, collection } of tables) {
    for (const [index, fill] of fills) {
      if (fill.kind !== 'item' || given.has(fill.pattern)) continue;
      const { segments } = collection.getPath;
      const step = segments[index];
      const before = segments.slice(0, index).findLast(({ kind }) => kind === 'literal');
      const parameter = simpleWord(step?.kind === 'parameter' ? step.name : 'value');
      const isVague = vague.has(fold(parameter));
      const shared = isVague ? undefined : byParameter.get(fold(parameter));
      if (shared !== undefined) {
        given.set(fill.pattern, shared);
        continue;
      }
      const owner = before?.kind === 'literal' ? singular(simpleWord(before.text)) : 'path';
      const long = fold(owner) === fold(parameter) ? `${parameter}_id` : `${owner}_${parameter}`;
      const name = names.take(...(isVague ? [] : [parameter]), long, `path_${parameter}`);
      given.set(fill.pattern, name);
      byParameter.set(fold(parameter), name);
      items.push({
        name,
        label: `${name}:`,
        tooltip: `Stands in the path ${pathOf(collection.getPath.text).text}`,
        required: true,
      });
    }
  }
  return { items, nameOf: (pattern) => given.get(pattern) ?? 'value' };
}

/** The variable that stands for a parameter of a path. */
export function variableAt({ fills }: PlannedTable, index: number, items: PathItems): string {
  const fill = fills.get(index);
  return `{${fill?.kind === 'item' ? items.nameOf(fill.pattern) : (fill?.column ?? '')}}`;
}
