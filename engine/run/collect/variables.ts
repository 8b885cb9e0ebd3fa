import { renderTemplate, type Lookup, type Template, type Variable } from '../../model/connector/template.ts';

/** A variable's value: JSON, so that a body can keep its type. */
export type VariableValue = string | number | boolean | null | readonly unknown[] | Readonly<Record<string, unknown>>;

/** Gives a variable's value; undefined when there is none. */
export type Variables = (name: string) => VariableValue | undefined;

/** The first of these that knows a variable gives its value. */
export function firstOf(...sources: readonly (Variables | ReadonlyMap<string, VariableValue>)[]): Variables {
  return (name) => {
    for (const source of sources) {
      const value = typeof source === 'function' ? source(name) : source.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  };
}

/** A value as addresses and headers show it; null is no text. */
export function textOfValue(value: VariableValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A lookup for templates. */
export function lookupOf(variables: Variables): Lookup {
  return ({ name }: Variable) => textOfValue(variables(name));
}

/** A template without encoding, and the names that had no value. */
export function renderPlain(template: Template, variables: Variables): { readonly text: string; readonly missing: readonly string[] } {
  const { text, missing } = renderTemplate(template, lookupOf(variables));
  return { text, missing: missing.map(({ name }) => name) };
}
