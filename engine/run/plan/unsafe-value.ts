import type { Operation } from '../../model/connector/connector.ts';
import { parseTemplate, type Template } from '../../model/connector/template.ts';
import { elementsOf, propertiesOf, spanOf, type JsonNode } from '../../model/text/json.ts';
import { textOfValue, type VariableValue } from '../collect/variables.ts';

/**
 * Why a value from data would change the meaning of the request it is put into, or undefined when none would: a quote inside a quoted literal
 * (`members[value eq "{id}"]`), brackets and operators inside an unquoted selector, or a piece of an address where the variable says
 * `no_encode`. Encoding does not help: the server decodes first and reads the filter then. Values of the connection (`own`) are the author's
 * and are not looked at.
 */
export function whyUnsafe(
  operation: Operation,
  variables: ReadonlyMap<string, VariableValue>,
  own: ReadonlyMap<string, unknown> = new Map(),
): string | undefined {
  const { path, query } = operation.call;
  const address = [...(path ? [path] : []), ...query.map(({ template }) => template)];
  for (const template of address) {
    const why = whyBreaksOut(operation, template, variables, own) ?? whyRedirects(template, variables);
    if (why !== undefined) return why;
  }
  for (const template of textsOf(operation.body)) {
    const why = whyBreaksOut(operation, template, variables, own);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** Every text of a body that holds more than one lone variable. */
function textsOf(node: JsonNode | undefined): readonly Template[] {
  if (!node) return [];
  if (node.type === 'object') return propertiesOf(node).flatMap(({ value }) => textsOf(value));
  if (node.type === 'array') return elementsOf(node).flatMap(textsOf);
  if (node.type !== 'string') return [];
  const template = parseTemplate(String(node.value), spanOf(node));
  return template.parts.length > 1 ? [template] : [];
}

function whyBreaksOut(
  operation: Operation,
  template: Template,
  variables: ReadonlyMap<string, VariableValue>,
  own: ReadonlyMap<string, unknown>,
): string | undefined {
  let before = '';
  for (const [index, part] of template.parts.entries()) {
    if (part.kind === 'text') {
      before += part.text;
      continue;
    }
    const { name } = part.variable;
    const after = template.parts
      .slice(index + 1)
      .map((later) => (later.kind === 'text' ? later.text : ''))
      .join('');
    const place = placeOf(before, after);
    const value = textOfValue(variables.get(name));
    if (place === undefined || (!variables.has(name) && own.has(name))) continue;
    if (value === undefined || value === '')
      return `${operation.name.text} selects by {${name}} in ${template.text}, and it has no value here, so nobody can say what would be selected.`;
    if (place.allows(value)) continue;
    return `The value ${JSON.stringify(value)} of {${name}} would end ${place.what} in ${template.text} early and change what ${operation.name.text} does. Mend the value, or leave its row out.`;
  }
  return undefined;
}

interface Place {
  readonly what: string;
  allows(value: string): boolean;
}

/** What a variable stands in, told by the text around it; undefined where any value is as good as another. */
function placeOf(before: string, after: string): Place | undefined {
  for (const quote of ['"', "'"]) {
    const opened = count(before, quote) % 2 === 1;
    if (opened && after.includes(quote))
      return { what: 'the quoted text', allows: (value) => !value.includes(quote) && !value.includes('\\') };
  }
  if (count(before, '[') > count(before, ']') && after.includes(']'))
    return { what: 'the selector', allows: (value) => /^[\p{L}\p{N}_.:@+-]+$/u.test(value) };
  return undefined;
}

function whyRedirects(template: Template, variables: ReadonlyMap<string, VariableValue>): string | undefined {
  for (const part of template.parts) {
    if (part.kind !== 'variable' || part.variable.modifier !== 'no_encode') continue;
    const { name } = part.variable;
    const value = textOfValue(variables.get(name)) ?? '';
    if (!/[?#&\\\s\p{Cc}]|(^|\/)\.\.?(\/|$)/u.test(value)) continue;
    return `The value ${JSON.stringify(value)} of {${name}:no_encode} would lead ${template.text} elsewhere. Mend the value, or leave its row out.`;
  }
  return undefined;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
