import { at, elementsOf, objectOf, type Json, type JsonObject } from '../parsed.ts';
import { pageRole } from '../page-names.ts';
import type { ApiOperation, Parameter } from './document.ts';

/** The query parameters that must be sent, with values the document itself names. */
export interface RequiredQuery {
  readonly values: JsonObject;
  /** Those for which it names none. */
  readonly missing: readonly string[];
}

/** What a call cannot do without. Parameters of paging are the business of paging. */
export function requiredQuery({ parameters, method }: ApiOperation): RequiredQuery {
  const required = parameters.filter(
    ({ place, required, name }) => place === 'query' && required && (method !== 'get' || pageRole(name) === undefined),
  );
  const values = required.map((parameter) => [parameter.name, likelyValue(parameter)] as const);
  return {
    values: objectOf(values),
    missing: values.flatMap(([name, value]) => (value === undefined ? [name] : [])),
  };
}

/** A value the document gives: the default, the first it allows, or an example. One with braces would be read as a variable. */
function likelyValue({ schema, example }: Parameter): Json | undefined {
  const items = at(schema, 'items');
  const given = [
    at(schema, 'default'),
    at(schema, 'const'),
    elementsOf(at(schema, 'enum'))[0],
    elementsOf(at(items, 'enum'))[0],
    example,
  ].find((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean');
  return given === undefined || given === '' || /[{}]/.test(String(given)) ? undefined : given;
}
