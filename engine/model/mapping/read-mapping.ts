import { booleanOf, childOf, propertiesOf, stringOf, type JsonNode } from '../text/json.ts';
import type { Name } from '../text/problem.ts';
import type { MappedAttribute, Mapping } from './mapping.ts';

const nowhere: Name = { text: '', span: { offset: 0, length: 1 } };

/** Builds the model of a mapping; `name` is its file's name. Never fails: what cannot be understood is absent (the schema reports it). */
export function readMapping(name: string, root: JsonNode | undefined): Mapping {
  const text = (...path: string[]): Name => stringOf(childOf(root, ...path)) ?? nowhere;
  const compareKey = stringOf(childOf(root, 'compareKey'));
  return {
    name,
    filter: text('filter'),
    parameters: readParameters(childOf(root, 'parameters')),
    system: text('target', 'system'),
    table: text('target', 'table'),
    operation: text('target', 'operation'),
    ...(compareKey && { compareKey }),
    attributes: propertiesOf(childOf(root, 'attributes')).flatMap((property) => readAttribute(property.name, property.value) ?? []),
  };
}

function readAttribute(name: Name, node: JsonNode): MappedAttribute | undefined {
  const clear = booleanOf(childOf(node, 'clear')) ?? false;
  const column = stringOf(childOf(node, 'column'));
  if (column) return { name, source: { kind: 'column', column }, clear };
  const constant = childOf(node, 'constant');
  return constant && isPlain(constant) ? { name, source: { kind: 'constant', value: plainOf(constant) }, clear } : undefined;
}

/** Values for a filter's parameters, as mappings and roles give them. */
export function readParameters(node: JsonNode | undefined): Mapping['parameters'] {
  return propertiesOf(node).flatMap(({ name, value }) => (isPlain(value) ? [{ name, value: plainOf(value) }] : []));
}

function isPlain(node: JsonNode): boolean {
  return node.type === 'string' || node.type === 'number' || node.type === 'boolean' || node.type === 'null';
}

function plainOf(node: JsonNode): string | number | boolean | null {
  return node.value as string | number | boolean | null;
}
