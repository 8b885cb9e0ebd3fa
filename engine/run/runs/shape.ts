/** Whether a value that was read from a file is what it should be. */
export type Shape = (value: unknown) => boolean;

export const text: Shape = (value) => typeof value === 'string';
export const flag: Shape = (value) => typeof value === 'boolean';
export const number: Shape = (value) => typeof value === 'number' && Number.isFinite(value);
export const count: Shape = (value) => number(value) && (value as number) >= 0;
export const anything: Shape = () => true;
/** A value of a row. */
export const cell: Shape = (value) => value === null || text(value) || number(value);

/** Milliseconds since 1970 that are a day of a calendar. */
export const time: Shape = (value) => number(value) && Math.abs(value as number) <= 8.64e15;

export function oneOf(...values: readonly unknown[]): Shape {
  return (value) => values.includes(value);
}

export function list(item: Shape): Shape {
  return (value) => Array.isArray(value) && value.every(item);
}

/** A record with texts as names. */
export function map(item: Shape): Shape {
  return (value) => isRecord(value) && Object.values(value).every(item);
}

/** A record that has these; one whose name ends with `?` may be absent. What else it has is left alone. */
export function record(shapes: Readonly<Record<string, Shape>>): Shape {
  const fields = Object.entries(shapes).map(([name, shape]) => ({
    name: name.replace(/\?$/, ''),
    optional: name.endsWith('?'),
    shape,
  }));
  return (value) =>
    isRecord(value) &&
    fields.every(({ name, optional, shape }) => {
      const own = Object.hasOwn(value, name) ? value[name] : undefined;
      return own === undefined ? optional : shape(own);
    });
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
