import { connectorSchema, type JsonSchema } from '../../../../../schemas/connector-schema.ts';
import { elementsOf, propertiesOf, type JsonNode, type Property } from '../../../text/json.ts';
import { nearest } from '../../../text/nearest.ts';
import { isClosed, propertySchema, resolveSchema } from '../../schema-walk.ts';
import { defineRule, renameFixes, suggestion, type Finding } from '../rule.ts';

/**
 * A property that NIM is not known to have in this place. Leftovers that shipped connectors carry without harm, such as `"parameters": {}`,
 * are a hint; names that start with `//`, `$comment` or `_comment` are taken for remarks.
 *
 * Why: NIM ignores it without a word, also where it is a misspelt or misplaced one that should have done something.
 *
 * Example: `"resource_mandatry": ["id"]`, or `retry` beside `config` instead of in it.
 */
export const unknownProperty = defineRule('unknown-property', 'warning', ({ document }) => {
  const findings: Finding[] = [];
  const visit = (node: JsonNode, schema: JsonSchema): void => {
    for (const property of propertiesOf(node)) {
      const known = propertySchema(schema, property.name.text);
      if (known) visit(property.value, known);
      else if (isClosed(schema) && !isRemark(property.name.text)) findings.push(unknown(property, schema));
    }
    const items = schema.items && resolveSchema(schema.items);
    if (items) elementsOf(node).forEach((element) => visit(element, items));
  };
  if (document.root) visit(document.root, connectorSchema);
  return findings;
});

const leftovers: readonly string[] = ['parameters', 'options', 'operations_obsolete', 'resources_with_issues', 'call_org_gout', 'customer'];

function unknown({ name }: Property, schema: JsonSchema): Finding {
  const { span, text } = name;
  if (leftovers.includes(text)) return { span, severity: 'hint', message: `NIM takes no notice of "${text}". It can be removed.` };
  const meant = nearest(text, Object.keys(schema.properties ?? {}));
  const elsewhere = homes().get(text);
  const start = `"${text}" is not known here, and NIM would take no notice of it.`;
  if (meant !== undefined) return { span, message: start + suggestion(meant), ...renameFixes(name, meant) };
  return { span, message: elsewhere === undefined ? `${start} Check the spelling, or remove it.` : `${start} It belongs in ${elsewhere}.` };
}

function isRemark(name: string): boolean {
  return /^(\/\/|[$_]comment)/.test(name);
}

let known: ReadonlyMap<string, string> | undefined;

/** Where each property belongs that has a single place, or a single one that every connector has. */
function homes(): ReadonlyMap<string, string> {
  if (known) return known;
  const places = new Map<string, Set<string>>();
  const walked = new Set<JsonSchema | string>();
  const visit = (schema: JsonSchema, path: readonly string[]): void => {
    if (schema.$ref !== undefined) {
      if (walked.has(schema.$ref)) return;
      walked.add(schema.$ref);
    }
    const resolved = resolveSchema(schema);
    for (const [name, property] of Object.entries(resolved.properties ?? {})) {
      places.set(name, (places.get(name) ?? new Set()).add(path.join('.') || 'the root'));
      visit(property, [...path, name]);
    }
    if (typeof resolved.additionalProperties === 'object')
      visit(resolved.additionalProperties, [...path, path.at(-1) === 'operations' ? '<operation>' : '<table>']);
    if (resolved.items) visit(resolved.items, [...path, '[]']);
  };
  visit(connectorSchema, []);
  known = new Map(
    [...places].flatMap(([name, where]): readonly [string, string][] => {
      const fixed = [...where].filter((place) => !/[<[]/.test(place));
      const only = where.size === 1 ? [...where][0] : fixed.length === 1 ? fixed[0] : undefined;
      return only === undefined ? [] : [[name, only]];
    }),
  );
  return known;
}
