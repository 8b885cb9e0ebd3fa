import { elementsOf, type JsonNode } from '../text/json.ts';
import type { ExpectedValue } from './expectations.ts';

/** A plain value or a list of such; undefined for anything else. */
export function readValue(node: JsonNode): ExpectedValue | undefined {
  if (node.type !== 'array') return readPlain(node);
  const values = elementsOf(node).map(readPlain);
  return values.every((value) => value !== undefined) ? values : undefined;
}

function readPlain(node: JsonNode): string | number | boolean | null | undefined {
  const plain = node.type === 'string' || node.type === 'number' || node.type === 'boolean' || node.type === 'null';
  return plain ? (node.value as string | number | boolean | null) : undefined;
}
