import { applyEdits, editsOf, inOrder, overlap } from '../text/edits.ts';
import type { Edit, Fix } from '../text/problem.ts';

/** Repairs that can be made at once. */
export interface Together<Item> {
  readonly taken: readonly Item[];
  /** All their edits, in the order of the text. */
  readonly edits: readonly Edit[];
  /** The text with them made. */
  readonly text: string;
}

/** Something that has a repair, such as a finding. */
export interface Repair {
  readonly fix: Fix;
}

/**
 * Makes as many repairs of one text at once as can be: in their order, without those that change what an earlier one changes. What is left is
 * for another time, when the text is another. `sound` refuses a result: two repairs that are right alone may not be so beside each other.
 */
export function fixTogether<Item extends Repair>(
  text: string,
  items: readonly Item[],
  sound: (text: string) => boolean = () => true,
): Together<Item> {
  const apart = withoutOverlaps(items);
  const all = made(text, apart);
  if (sound(all.text)) return all;
  let kept = made(text, [] as readonly Item[]);
  for (const item of apart) {
    const next = made(text, [...kept.taken, item]);
    if (sound(next.text)) kept = next;
  }
  return kept;
}

function made<Item extends Repair>(text: string, taken: readonly Item[]): Together<Item> {
  const edits = inOrder(taken.flatMap(({ fix }) => editsOf(fix)));
  return { taken, edits, text: applyEdits(text, edits) };
}

function withoutOverlaps<Item extends Repair>(items: readonly Item[]): readonly Item[] {
  const made: Edit[] = [];
  return items.filter(({ fix }) => {
    const edits = editsOf(fix);
    if (edits.some((edit) => made.some((other) => overlap(edit, other) || same(edit, other)))) return false;
    made.push(...edits);
    return true;
  });
}

/** Two findings may ask for the very same addition; it is made once. */
function same(a: Edit, b: Edit): boolean {
  return a.span.offset === b.span.offset && a.span.length === b.span.length && a.text === b.text;
}
