import type { Name, RelatedPlace } from '../../text/problem.ts';

/** Items of one kind, in the order of the text. A harmless thing that stands in many places is told once. */
export function foldBy<Item>(items: readonly Item[], kindOf: (item: Item) => unknown): readonly (readonly [Item, ...Item[]])[] {
  const groups = new Map<unknown, [Item, ...Item[]]>();
  for (const item of items) {
    const kind = kindOf(item);
    const group = groups.get(kind);
    if (group) group.push(item);
    else groups.set(kind, [item]);
  }
  return [...groups.values()];
}

const shown = 10;

/** The other places of a folded finding, the first ones of them. */
export function otherPlaces(
  names: readonly Name[],
  path: string,
  message = 'Here as well.',
): { readonly related?: readonly RelatedPlace[] } {
  const others = names.slice(1, 1 + shown).map(({ span }) => ({ path, span, message }));
  return others.length === 0 ? {} : { related: others };
}

/** ` It stands 12 times in this file.`, or nothing for a single place. */
export function times(count: number): string {
  return count < 2 ? '' : ` It stands ${count} times in this file.`;
}

/** `Remove it`, or `Remove all 12`. */
export function removeTitle(count: number): string {
  return count < 2 ? 'Remove it' : `Remove all ${count}`;
}
