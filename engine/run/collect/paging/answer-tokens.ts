import type { NamedTemplate, PageParameter } from '../../../model/connector/connector.ts';
import type { Template } from '../../../model/connector/template.ts';
import { fieldOf } from '../rows-of.ts';
import type { VariableValue } from '../variables.ts';
import { isMissing } from './last-page.ts';

/** Query parameters that the answer before fills. */
export interface Tokens {
  readonly variables: readonly (readonly [string, VariableValue])[];
  readonly params: readonly NamedTemplate[];
  /** At least one of the fields had a value, or there are only constants. */
  readonly found: boolean;
}

/** Values go in as variables, so that no brace in them is read as one. */
export function tokensOf(parameters: readonly PageParameter[], body: unknown): Tokens {
  const variables: [string, VariableValue][] = [];
  const params: NamedTemplate[] = [];
  for (const parameter of parameters) {
    const { name } = parameter;
    if ('template' in parameter) {
      params.push({ name, template: parameter.template });
      continue;
    }
    const value = fieldOf(body, parameter.field);
    if (isMissing(value)) continue;
    const variable = `$answer_${variables.length}`;
    variables.push([variable, typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value)]);
    params.push({ name, template: variableTemplate(variable, name.span) });
  }
  return { variables, params, found: variables.length > 0 || parameters.every((parameter) => 'template' in parameter) };
}

/** A template that is one variable and nothing else. */
export function variableTemplate(name: string, span: Template['span']): Template {
  const variable = { name, span };
  return { text: `{${name}}`, parts: [{ kind: 'variable', variable }], variables: [variable], span };
}
