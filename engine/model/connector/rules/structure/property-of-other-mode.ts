import { connectorSchema, type JsonSchema } from '../../../../../schemas/connector-schema.ts';
import { childOf, elementsOf, propertiesOf, type JsonNode, type Property } from '../../../text/json.ts';
import type { Fix } from '../../../text/problem.ts';
import { conditionalProperties, conditionsBelow, propertySchema, resolveSchema, type Guard } from '../../schema-walk.ts';
import { defineRule, type Finding } from '../rule.ts';

/**
 * A property that NIM knows here, but with another `mode` or `type` beside it than the one that is written.
 *
 * Why: NIM takes no notice of it, so either it or the mode is not what was meant.
 *
 * Example: `"call": {"mode": "normal", "iterator": "id"}`, or `ceiling` in a retry of type `simple`.
 */
export const propertyOfOtherMode = defineRule('property-of-other-mode', 'warning', ({ document }) => {
  const findings: Finding[] = [];
  const visit = (node: JsonNode, schema: JsonSchema): void => {
    const conditional = conditionalProperties(schema);
    for (const property of propertiesOf(node)) {
      const { value, name } = property;
      const branches = conditional.get(name.text);
      const finding = branches && judge(property, node, branches, schema);
      if (finding) findings.push(finding);
      if (value.type !== 'object' && value.type !== 'array') continue;
      const below = propertySchema(schema, name.text);
      if (below && conditionsBelow(below)) visit(value, below);
    }
    const items = schema.items && resolveSchema(schema.items);
    if (items && conditionsBelow(items)) for (const element of elementsOf(node)) visit(element, items);
  };
  if (document.root) visit(document.root, resolveSchema(connectorSchema));
  return findings;
});

function judge({ name }: Property, node: JsonNode, branches: readonly (readonly Guard[])[], schema: JsonSchema): Finding | undefined {
  const guards = branches.flat();
  // What hangs on something outside the object, as sign-in options do on the authentication, has a rule that knows more of it.
  if (guards.some(({ up }) => up > 0)) return undefined;
  if (branches.some((all) => all.every(({ condition }) => holds(condition, node)))) return undefined;
  const choices = guards.map(({ condition }) => discriminator(condition));
  const key = choices[0]?.key ?? '';
  const chosen = childOf(node, key);
  // A mode that is misspelt or missing is told already, and nobody knows yet what it will be.
  const known = chosen ? propertySchema(schema, key)?.enum?.includes(chosen.value) : !schema.required?.includes(key);
  if (known !== true) return undefined;
  const values = [...new Set(choices.flatMap((choice) => choice.values))];
  const here = chosen ? `with "${key}": "${String(chosen.value)}"` : `without a "${key}"`;
  return {
    span: name.span,
    message: `"${name.text}" has no effect ${here}. It belongs to "${key}": ${oneOf(values)}.`,
    ...(values.length === 1 && { fixes: [choose(key, values[0] ?? '', chosen, name.span.offset)] }),
  };
}

/** Writes the mode that the property belongs to. */
function choose(key: string, value: string, chosen: JsonNode | undefined, offset: number): Fix {
  const title = `Change "${key}" to "${value}"`;
  return chosen
    ? { title, span: { offset: chosen.offset, length: chosen.length }, text: JSON.stringify(value) }
    : { title, span: { offset, length: 0 }, text: `${JSON.stringify(key)}: ${JSON.stringify(value)}, ` };
}

function oneOf(values: readonly string[]): string {
  const quoted = values.map((value) => JSON.stringify(value));
  return quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}` : quoted.join('');
}

/** Whether a condition of our schema holds: one property of an object has one of some values, or, where it is not required, is absent. */
function holds(condition: JsonSchema, node: JsonNode): boolean {
  const { key, values } = discriminator(condition);
  const chosen = childOf(node, key);
  return chosen ? values.includes(String(chosen.value)) : condition.required === undefined;
}

/** The property a condition asks for, and the values with which it holds. */
function discriminator(condition: JsonSchema): { readonly key: string; readonly values: readonly string[] } {
  const [[key, asked] = ['', undefined]] = Object.entries(condition.properties ?? {});
  return { key, values: (asked?.enum ?? [asked?.const]).map(String) };
}
