import { elementsOf, propertiesOf, type JsonNode } from '../../../text/json.ts';
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
  const findings: Finding[] = [];
  const visit = (node: JsonNode): void => {
    const last = new Map<string, Name>();
    const properties = propertiesOf(node);
    for (const { name } of properties) last.set(name.text, name);
    for (const { name, value } of properties) {
      const counting = last.get(name.text);
      if (counting && counting !== name) {
        findings.push({
          span: name.span,
          message: `"${name.text}" stands more than once in this object, and only the last one counts. Remove or rename this one.`,
          related: [{ path, span: counting.span, message: 'The one that counts.' }],
        });
      }
      visit(value);
    }
    elementsOf(node).forEach(visit);
  };
  if (document.root) visit(document.root);
  return findings;
});
