import { propertiesOf, type JsonNode } from '../text/json.ts';
import type { NamedTemplate } from './connector.ts';
import { templateOf } from './template.ts';

/** The name → template pairs of an object such as `query_parameters` or `headers`. */
export function namedTemplates(node: JsonNode | undefined): readonly NamedTemplate[] {
  return propertiesOf(node).flatMap(({ name, value }) => {
    const template = templateOf(value);
    return template ? [{ name, template }] : [];
  });
}

/** Joins lists of named templates; a later one replaces an earlier one of the same name. */
export function mergeNamed(...lists: readonly (readonly NamedTemplate[])[]): readonly NamedTemplate[] {
  const merged = new Map<string, NamedTemplate>();
  for (const item of lists.flat()) merged.set(item.name.text, item);
  return [...merged.values()];
}
