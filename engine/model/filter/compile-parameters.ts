import { didYouMean } from '../text/nearest.ts';
import type { Problem, Span } from '../text/problem.ts';
import type { FilterParameter } from './filter.ts';
import { mistyped, valueOfType } from './parameters.ts';
import { entryNamed, sameName } from './words.ts';

type Value = string | number | boolean | null;

/**
 * The parameters of an appended filter take the values of those with the same name here, else their defaults; `missing` are those that have
 * neither.
 */
export function resolveAppended(
  appended: readonly FilterParameter[],
  own: readonly FilterParameter[],
): { readonly shared: readonly string[]; readonly missing: readonly string[] } {
  const isOwn = ({ name }: FilterParameter): boolean => own.some((one) => sameName(one.name.text, name.text));
  return {
    shared: appended.filter(isOwn).map(({ name }) => name.text),
    missing: appended.filter((one) => !isOwn(one) && one.default === undefined).map(({ name }) => name.text),
  };
}

/** The value each parameter has in one run, under its name in small letters, and what is wrong with what was given. */
export function resolveParameters(
  parameters: readonly FilterParameter[],
  given: ReadonlyMap<string, Value>,
  start: Span,
): { readonly values: ReadonlyMap<string, Value>; readonly problems: readonly Problem[] } {
  const values = new Map<string, Value>();
  const problems: Problem[] = [];
  const error = (code: string, message: string, span: Span): void => void problems.push({ code, severity: 'error', message, span });
  for (const parameter of parameters) {
    const { text, span } = parameter.name;
    const passed = entryNamed(given, text)?.[1];
    if (passed === undefined) {
      if (parameter.default === undefined)
        error('parameter-missing', `The parameter "${text}" has no default and was given no value.`, span);
      else values.set(text.toLowerCase(), parameter.default);
      continue;
    }
    const value = valueOfType(passed, parameter.type);
    if (value === undefined) error('value-type', `The value given for the parameter "${text}" is ${mistyped(parameter.type)}`, span);
    else values.set(text.toLowerCase(), value);
  }
  const names = parameters.map(({ name }) => name.text);
  for (const name of given.keys()) {
    if (names.some((one) => sameName(one, name))) continue;
    const known = names.length === 0 ? ' It has none.' : ` It has: ${names.join(', ')}.`;
    error('unknown-parameter', `The filter has no parameter "${name}".${didYouMean(name, names)}${known}`, start);
  }
  return { values, problems };
}
