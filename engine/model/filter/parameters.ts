import type { Name, Problem, Span } from '../text/problem.ts';
import { didYouMean } from '../text/nearest.ts';
import { momentIn } from './day-and-time.ts';
import type { FilterParameter, ParameterType } from './filter.ts';
import type { ParameterNode } from './tree.ts';
import { sameName } from './words.ts';

export const parameterTypes = ['text', 'number', 'boolean', 'date', 'datetime'] as const;

export function isParameterType(name: string): name is ParameterType {
  return (parameterTypes as readonly string[]).includes(name);
}

/** The parameters a filter declares; of two with one name the first counts. */
export function readParameters(nodes: readonly ParameterNode[]): {
  readonly parameters: readonly FilterParameter[];
  readonly problems: readonly Problem[];
} {
  const parameters: FilterParameter[] = [];
  const problems: Problem[] = [];
  for (const node of nodes) {
    if (node.name.text === '') continue;
    if (parameters.some((earlier) => sameName(earlier.name.text, node.name.text))) {
      problems.push(
        error('duplicate-parameter', `There is already a parameter "${node.name.text}". Remove or rename one of them.`, node.name.span),
      );
      continue;
    }
    const type = readType(node.type, problems);
    const given = node.default;
    const value = given && valueOfType(given.value, type);
    if (given && value === undefined)
      problems.push(error('value-type', `The default of "${node.name.text}" is ${mistyped(type)}`, given.span));
    parameters.push({
      name: node.name,
      type,
      ...(value !== undefined && { default: value }),
      ...(node.session && { session: node.session.text }),
    });
  }
  return { parameters, problems };
}

function readType(name: Name | undefined, problems: Problem[]): ParameterType {
  if (!name) return 'text';
  const folded = name.text.toLowerCase();
  if (isParameterType(folded)) return folded;
  problems.push(
    error(
      'unknown-type',
      `"${name.text}" is not a type: text, number, boolean, date or datetime.${didYouMean(name.text, parameterTypes)}`,
      name.span,
    ),
  );
  return 'text';
}

/**
 * A given value as one of the type, or undefined when it is none. Text is taken for every type, since a command line has nothing else.
 * Dates are `yyyy-mm-dd`, points in time ISO 8601.
 */
export function valueOfType(value: string | number | boolean | null, type: ParameterType): string | number | boolean | null | undefined {
  if (value === null) return null;
  switch (type) {
    case 'text':
      return String(value);
    case 'number': {
      if (typeof value === 'boolean' || value === '') return undefined;
      const number =
        typeof value === 'number' ? value : /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value.trim()) ? Number(value) : Number.NaN;
      return Number.isFinite(number) ? number : undefined;
    }
    case 'boolean':
      if (typeof value === 'boolean') return value;
      return /^(true|1)$/i.test(String(value)) ? true : /^(false|0)$/i.test(String(value)) ? false : undefined;
    case 'date':
      return typeof value === 'string' && isDate(value) ? value : undefined;
    case 'datetime':
      return typeof value === 'string' && (isDate(value) || isDatetime(value)) ? value : undefined;
  }
}

/** What a value that is not of `type` should be: the end of a sentence. */
export function mistyped(type: ParameterType): string {
  const wanted: Readonly<Record<ParameterType, string>> = {
    text: 'not a text.',
    number: 'not a number.',
    boolean: 'neither true nor false.',
    date: "not a date such as '2026-12-31'.",
    datetime: "not a point in time such as '2026-12-31T12:00:00Z'.",
  };
  return wanted[type];
}

/** Whether a text is a calendar day, `yyyy-mm-dd`, that exists. */
export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Whether a text is a calendar day with a time after it, as filters read the values of a vault. */
export function isDatetime(text: string): boolean {
  return text.length > 10 && momentIn('UTC', text) !== undefined;
}

function error(code: string, message: string, span: Span): Problem {
  return { code, severity: 'error', message, span };
}
