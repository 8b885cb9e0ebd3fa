/** The types a column may be given. `secret` is a text that is written and never read. */
export type ScalarType = 'string' | 'number' | 'boolean' | 'date' | 'datetime' | 'secret';

/** The shape of a value, as a schema or a sample tells it. */
export type Shape =
  | { readonly kind: 'scalar'; readonly type: ScalarType }
  | { readonly kind: 'list'; readonly item: Shape }
  | ObjectShape
  /** Nothing is known: no value was seen, or any is allowed. */
  | { readonly kind: 'unknown' };

export interface ObjectShape {
  readonly kind: 'object';
  readonly properties: readonly ShapeProperty[];
}

/** One property of an object, and what may be done with it. */
export interface ShapeProperty {
  readonly name: string;
  readonly shape: Shape;
  /** It must be given when the object is written. */
  readonly required?: boolean;
  /** The API computes it: it cannot be written. */
  readonly readOnly?: boolean;
  /** It can only be written: no answer holds it. */
  readonly writeOnly?: boolean;
  /** The schema says that it is an address. */
  readonly address?: boolean;
  /** The one value it always has, where there is only one. */
  readonly constant?: string | number | boolean;
  /** A value it may have: the default, or the first of those allowed. */
  readonly likely?: string | number | boolean;
}

export const unknownShape: Shape = { kind: 'unknown' };

/** A scalar of a type. */
export function scalar(type: ScalarType): Shape {
  return { kind: 'scalar', type };
}

/** The property of an object by its name. */
export function propertyOf(shape: Shape | undefined, name: string): ShapeProperty | undefined {
  return shape?.kind === 'object' ? shape.properties.find((property) => property.name === name) : undefined;
}

/** The properties from `shape` down a path; undefined where one is missing. Lists are looked through. */
export function propertiesAlong(shape: Shape | undefined, path: readonly string[]): readonly ShapeProperty[] | undefined {
  const found: ShapeProperty[] = [];
  let inner = shape;
  for (const name of path) {
    const property = propertyOf(inner, name);
    if (!property) return undefined;
    found.push(property);
    inner = property.shape;
  }
  return found;
}

/** Both shapes in one: what is read, and what can only be written beside it. Where they disagree, what is read counts. */
export function withWritten(read: ObjectShape, written: ObjectShape): ObjectShape {
  const known = new Map(written.properties.map((property) => [property.name, property]));
  const merged = read.properties.map((property): ShapeProperty => {
    const other = known.get(property.name);
    known.delete(property.name);
    return other ? { ...property, shape: mergeWritten(property.shape, other.shape) } : property;
  });
  // What the API computes and no answer holds is of no use to anybody.
  const only = [...known.values()].filter(({ readOnly }) => readOnly !== true).map((property) => ({ ...property, writeOnly: true }));
  return { kind: 'object', properties: [...merged, ...only] };
}

function mergeWritten(read: Shape, written: Shape): Shape {
  if (read.kind === 'unknown') return written;
  if (read.kind === 'object' && written.kind === 'object') return withWritten(read, written);
  if (read.kind === 'list' && written.kind === 'list') return { kind: 'list', item: mergeWritten(read.item, written.item) };
  return read;
}
