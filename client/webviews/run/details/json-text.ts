/** Numbers as they were written: a number of JavaScript would lose digits of long ones. */
const digits = Symbol('digits');

export interface WrittenNumber {
  readonly [digits]: string;
}

export type Json = string | boolean | null | WrittenNumber | readonly Json[] | { readonly [name: string]: Json };

/** The value of a JSON text with every digit; undefined for a text that is none, or was cut. */
export function parseJson(text: string): Json | undefined {
  const start = text.trimStart()[0];
  if (start !== '{' && start !== '[') return undefined;
  try {
    return JSON.parse(text, (_name, value: unknown, context?: { readonly source?: string }) =>
      typeof value === 'number' ? { [digits]: context?.source ?? String(value) } : value,
    ) as Json;
  } catch {
    return undefined;
  }
}

export function isWritten(value: Json): value is WrittenNumber {
  return typeof value === 'object' && value !== null && digits in value;
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** A scalar as JSON writes it. */
export function scalarText(value: string | boolean | null | WrittenNumber): string {
  return typeof value === 'object' && value !== null ? value[digits] : JSON.stringify(value);
}

/** Laid out over lines, as text to copy. */
export function laidOut(value: Json, indent = ''): string {
  if (typeof value !== 'object' || value === null || isWritten(value)) return scalarText(value);
  const inner = `${indent}  `;
  const parts = isList(value)
    ? value.map((entry) => inner + laidOut(entry, inner))
    : Object.entries(value).map(([name, entry]) => `${inner}${JSON.stringify(name)}: ${laidOut(entry, inner)}`);
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  return parts.length === 0 ? open + close : `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

/** The value at a path of property names and places. */
export function at(value: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || isWritten(current)) return undefined;
    if (isList(current)) current = typeof step === 'number' ? current[step] : undefined;
    else current = typeof step === 'string' && Object.hasOwn(current, step) ? current[step] : undefined;
  }
  return current;
}
