import { foldText } from './fold.ts';

/**
 * A multi-value so written that two of the same values are one text, in whatever order and however often they hold them; `fold`: without case. Null for
 * a text that is no JSON array.
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
