import { childOf, elementsOf, spanOf, type JsonNode } from '../../../text/json.ts';
import { removeEntry } from '../list-edits.ts';
import { defineRule, type Finding } from '../rule.ts';

/**
 * A list names the same thing twice: `resource_mandatory`, `resource_prohibited`, `warning_only`, `iterator_columns`, `scopes` or
 * `allowedHosts`.
 *
 * Why: the second does nothing; often another name was meant.
 *
 * Example: `"resource_mandatory": ["id", "name", "id"]`.
 */
export const repeatedEntry = defineRule('repeated-entry', 'hint', ({ connector, facts, path }) => {
  const repeated = (list: JsonNode | undefined, name: string): readonly Finding[] => {
    const entries = elementsOf(list);
    if (entries.length < 2) return [];
    const first = new Map<string, JsonNode>();
    return entries.flatMap((entry, index): readonly Finding[] => {
      if (entry.type !== 'string' && entry.type !== 'number') return [];
      const text = String(entry.value);
      const other = first.get(text);
      if (!other) {
        first.set(text, entry);
        return [];
      }
      return [
        {
          span: spanOf(entry),
          message: `${name} has "${text}" already. Remove this one, or name what was meant.`,
          related: [{ path, span: spanOf(other), message: 'The first one.' }],
          fixes: [removeEntry('Remove this one', entries, index)],
        },
      ];
    });
  };
  const options = childOf(connector.rest.node, 'authOptions');
  return [
    ...facts.operations.flatMap(({ operation: { node, call, mandatory, prohibited, warningOnly } }) => [
      ...(mandatory.length > 1 ? repeated(childOf(node, 'resource_mandatory'), 'resource_mandatory') : []),
      ...(prohibited.length > 1 ? repeated(childOf(node, 'resource_prohibited'), 'resource_prohibited') : []),
      ...(warningOnly.length > 1 ? repeated(childOf(node, 'warning_only'), 'warning_only') : []),
      ...(call.iteratorColumns.length > 1 ? repeated(childOf(call.node, 'iterator_columns'), 'iterator_columns') : []),
      ...repeated(childOf(node, 'authOptions', 'scopes'), 'scopes'),
    ]),
    ...['scopes', 'allowedHosts'].flatMap((name) => repeated(childOf(options, name), name)),
  ];
});
