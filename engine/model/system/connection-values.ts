import { childOf, propertiesOf, stringOf, type JsonNode } from '../text/json.ts';
import type { ConnectionValue } from './system.ts';

/** Reads an object of connection values: literals, `{"env": "NAME"}` or `{"secret": "name"}`. Anything else is left out. */
export function readConnectionValues(node: JsonNode | undefined): ReadonlyMap<string, ConnectionValue> {
  const values = new Map<string, ConnectionValue>();
  for (const { name, value } of propertiesOf(node)) {
    const read = readConnectionValue(value);
    if (read) values.set(name.text, read);
  }
  return values;
}

/** One connection value; undefined for anything else. */
export function readConnectionValue(node: JsonNode): ConnectionValue | undefined {
  if (node.type === 'string' || node.type === 'number' || node.type === 'boolean') return { kind: 'literal', value: String(node.value) };
  const env = stringOf(childOf(node, 'env'));
  if (env) return { kind: 'env', name: env.text };
  const secret = stringOf(childOf(node, 'secret'));
  return secret ? { kind: 'secret', name: secret.text } : undefined;
}
