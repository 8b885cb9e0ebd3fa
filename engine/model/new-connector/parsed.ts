/** A JSON value as it is written. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object as it is written. Names come from foreign documents: build it with `objectOf`, so that `__proto__` is a name as any other. */
export interface JsonObject {
  readonly [name: string]: Json;
}

/** An object of `entries`, in their order, without those that are undefined. */
export function objectOf(entries: Iterable<readonly [name: string, value: Json | undefined]>): JsonObject {
  return Object.fromEntries([...entries].filter((entry): entry is readonly [string, Json] => entry[1] !== undefined));
}

/** Whether `value` is a parsed object: no array, no null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of own properties; undefined where the path ends early. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined), value);
}

/** The properties of an object; none for anything else. */
export function entriesOf(value: unknown): readonly (readonly [name: string, value: unknown])[] {
  return isObject(value) ? Object.entries(value) : [];
}

/** The elements of an array; none for anything else. */
export function elementsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** A text that says something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** The texts of an array. */
export function textsOf(value: unknown): readonly string[] {
  return elementsOf(value).flatMap((element) => textOf(element) ?? []);
}
