import { foldText } from './fold.ts';

/**
 * A multi-value so written that two of the same values are one text, in whatever order and however often they hold them. Values are the same where
 * their texts are: the number 1 is the text "1" and `true` the text "true", but 1.50 is 1.5; an object is its JSON, its members in the order in which
 * they stand. `fold`: without case. Null for a text that is no JSON array.
 */
export function valueSet(text: string, fold: boolean): string | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(parsed)) return null;
  const values = parsed.map((one: unknown) => {
    const value = typeof one === 'string' ? one : JSON.stringify(one);
    return fold ? foldText(value) : value;
  });
  return JSON.stringify([...new Set(values)].sort());
}
