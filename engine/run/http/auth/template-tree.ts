import { parseTemplate, renderTemplate } from '../../../model/connector/template.ts';
import { elementsOf, propertiesOf, spanOf, stringOf, type JsonNode } from '../../../model/text/json.ts';

/** Values of `{"name": …}` that are computed for each token request. */
export const engineNames: ReadonlySet<string> = new Set(['endpoint', 'oneHour', 'now', 'guid', 'scope', 'JWT']);

/** The name in `{"name": "clientId"}`: an object with nothing else in it, and no variable. */
function nameIn(node: JsonNode): string | undefined {
  const properties = propertiesOf(node);
  const name = properties.length === 1 && properties[0]?.name.text === 'name' ? stringOf(properties[0].value)?.text : undefined;
  return name?.includes('{') === true ? undefined : name;
}

/** Every value that a template tree names with `{"name": …}`. */
export function namesIn(node: JsonNode | undefined): readonly string[] {
  if (!node) return [];
  const name = nameIn(node);
  if (name !== undefined) return [name];
  return [...propertiesOf(node).map(({ value }) => value), ...elementsOf(node)].flatMap(namesIn);
}

/**
 * A template tree of `authOptions` with its values put in. `valueOf` gives what `{"name": …}` and `{variable}` stand for; a value that is a
 * number stays one (an `exp` written as text is refused by servers). What has no value is null, or nothing within a text.
 */
export function renderTree(node: JsonNode, valueOf: (name: string) => string | number | undefined): unknown {
  const name = nameIn(node);
  if (name !== undefined) return valueOf(name) ?? null;
  switch (node.type) {
    case 'object':
      return Object.fromEntries(propertiesOf(node).map(({ name: { text }, value }) => [text, renderTree(value, valueOf)]));
    case 'array':
      return elementsOf(node).map((element) => renderTree(element, valueOf));
    case 'string': {
      const template = parseTemplate(String(node.value), spanOf(node));
      return renderTemplate(template, (variable) => valueOf(variable.name)?.toString()).text;
    }
    default:
      return node.value;
  }
}

/** A rendered tree as a form: nested values as JSON, no entry for null. */
export function formOf(value: unknown): URLSearchParams {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new URLSearchParams(
    entries.flatMap(([name, item]: [string, unknown]): [string, string][] =>
      item === null ? [] : [[name, typeof item === 'string' ? item : JSON.stringify(item)]],
    ),
  );
}
