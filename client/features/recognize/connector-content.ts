import { parse } from 'jsonc-parser';

/** Beyond this a document is left alone; the largest connectors are a hundredth of it. */
const largest = 4_000_000;

/** Whether a JSON text is a connector: it has the objects `schema.crud_objects` and `rest.config`. Broken text is read as far as it goes. */
export function looksLikeConnector(text: string): boolean {
  // Cheap looks first: nearly every JSON file ends here without being parsed.
  if (text.length > largest || !text.includes('"crud_objects"') || !text.includes('"rest"') || !text.includes('"config"')) return false;
  const root: unknown = parse(text, [], { allowTrailingComma: true });
  return isObject(at(root, 'schema', 'crud_objects')) && isObject(at(root, 'rest', 'config'));
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined), value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
