import { childOf, elementsOf, propertiesOf, type JsonNode, type Property } from '../../../text/json.ts';
import type { Name } from '../../../text/problem.ts';
import { defineRule, type Finding } from '../rule.ts';

/**
 * One JSON object holds the same name twice.
 *
 * Why: only the last one counts; what stands under the first is lost without a word.
 *
 * Example: two tables `users` in one `crud_objects`.
 */
export const duplicateKey = defineRule('duplicate-key', 'warning', ({ document, path }) => {
  const tables = childOf(document.root, 'schema', 'crud_objects');
  const inTable = (table: JsonNode): readonly Finding[] => {
    const known = ofTables.get(table);
    const found = known?.path === path ? known.findings : visit(table);
    ofTables.set(table, { path, findings: found });
    return found;
  };
  const visit = (node: JsonNode): readonly Finding[] => {
    const findings: Finding[] = [];
    if (node.type === 'array') {
      for (const element of elementsOf(node)) if (element.children) findings.push(...visit(element));
      return findings;
    }
    const properties = propertiesOf(node);
    if (hasRepetition(properties)) findings.push(...tell(properties, path));
    for (const { value } of properties) if (value.children) findings.push(...(node === tables ? inTable : visit)(value));
    return findings;
  };
  return document.root ? visit(document.root) : [];
});

/** Of each table, as long as it is not edited. */
const ofTables = new WeakMap<JsonNode, { readonly path: string; readonly findings: readonly Finding[] }>();

/** Most objects are small, and every key stroke looks at all of them. */
function hasRepetition(properties: readonly Property[]): boolean {
  if (properties.length > 8) return new Set(properties.map(({ name }) => name.text)).size < properties.length;
  for (let i = 1; i < properties.length; i++) {
    for (let j = 0; j < i; j++) if (properties[i]?.name.text === properties[j]?.name.text) return true;
  }
  return false;
}

function tell(properties: readonly Property[], path: string): readonly Finding[] {
  const last = new Map(properties.map(({ name }): [string, Name] => [name.text, name]));
  return properties.flatMap(({ name }) => {
    const counting = last.get(name.text);
    if (!counting || counting === name) return [];
    return [
      {
        span: name.span,
        message: `"${name.text}" stands more than once in this object, and only the last one counts. Remove or rename this one.`,
        related: [{ path, span: counting.span, message: 'The one that counts.' }],
      },
    ];
  });
}
