import { elementsOf, propertiesOf, spanOf, type JsonNode } from '../../model/text/json.ts';
import { parseTemplate } from '../../model/connector/template.ts';
import { renderPlain, type Variables, type VariableValue } from './variables.ts';

/** A body with its variables put in, and the names that had no value. */
export interface RenderedBody {
  readonly value: unknown;
  readonly missing: readonly string[];
}

/** Marks the level of a body where the mapped attributes go in. */
const mergeKey = '_nim_merge_attributes_';

/**
 * Renders a body template. A string that is exactly one variable keeps the value's JSON type; within a longer text a value is text. An
 * object with `_nim_merge_attributes_: true` gets `mergedAttributes`, and what it names itself wins over them. A variable without a value
 * is null where it stands alone and nothing within a text. Without a template the body is the attributes as they are.
 */
export function renderBody(
  node: JsonNode | undefined,
  lookup: Variables,
  mergedAttributes: Readonly<Record<string, unknown>> = {},
): RenderedBody {
  if (!node) return { value: mergedAttributes, missing: [] };
  const missing = new Set<string>();

  const render = (current: JsonNode): unknown => {
    switch (current.type) {
      case 'object': {
        const properties = propertiesOf(current);
        const merge = properties.some(({ name, value }) => name.text === mergeKey && value.value === true);
        const own = properties
          .filter(({ name }) => name.text !== mergeKey)
          .map(({ name, value }): [string, unknown] => [name.text, render(value)]);
        return Object.fromEntries(merge ? [...Object.entries(mergedAttributes), ...own] : own);
      }
      case 'array':
        return elementsOf(current).map(render);
      case 'string':
        return renderString(current);
      default:
        return current.value;
    }
  };
  const renderString = (current: JsonNode): VariableValue => {
    const template = parseTemplate(String(current.value), spanOf(current));
    const [only] = template.parts;
    if (template.parts.length === 1 && only?.kind === 'variable') {
      const value = lookup(only.variable.name);
      if (value === undefined) missing.add(only.variable.name);
      return value ?? null;
    }
    const rendered = renderPlain(template, lookup);
    for (const name of rendered.missing) missing.add(name);
    return rendered.text;
  };

  return { value: render(node), missing: [...missing] };
}
