import { childOf, elementsOf, stringOf, type JsonNode } from '../../model/text/json.ts';

/**
 * Whether a retry entry's `filterPath` and `filterValues` let it speak about an answer with this body; an entry without them always does.
 * `_reason` is the `reason` of the first error, where Google's APIs put it; any other path is looked up as it is.
 */
export function reasonMatches(entry: JsonNode, body: () => string): boolean {
  const path = stringOf(childOf(entry, 'filterPath'))?.text;
  if (path === undefined) return true;
  const values = elementsOf(childOf(entry, 'filterValues')).map((element) => String(element.value));
  const found = path === '_reason' ? lookUp(body(), ['error', 'errors', '0', 'reason']) : lookUp(body(), path.split('.'));
  return found !== undefined && values.includes(found);
}

function lookUp(text: string, path: readonly string[]): string | undefined {
  let current: unknown;
  try {
    current = JSON.parse(text);
  } catch {
    return undefined;
  }
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<string, unknown>)[step];
  }
  return typeof current === 'string' || typeof current === 'number' ? String(current) : undefined;
}
