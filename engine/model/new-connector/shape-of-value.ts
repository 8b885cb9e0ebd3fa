import { unknownShape, scalar, type Shape, type ScalarType, type ObjectShape, type ShapeProperty } from './shape.ts';
import { elementsOf, entriesOf, isObject } from './parsed.ts';

const day = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const moment = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/i;

/** As deep as anything of an answer becomes a column. */
const deepest = 8;
/** So many values are looked at: a YAML text of a few lines can name billions. */
const most = 1_000_000;

/** The shape of a value of an answer. Dates are known by their form; null, empty texts and empty lists say nothing. */
export function shapeOfValue(value: unknown): Shape {
  return shapeOf(value, 0, { left: most });
}

function shapeOf(value: unknown, depth: number, walk: { left: number }): Shape {
  walk.left--;
  if (typeof value === 'string') return value === '' ? unknownShape : scalar(typeOfText(value));
  if (typeof value === 'number') return scalar('number');
  if (typeof value === 'boolean') return scalar('boolean');
  // An object without properties makes no column, where null still makes one.
  if (depth > deepest || walk.left < 0) return { kind: 'object', properties: [] };
  if (Array.isArray(value)) return { kind: 'list', item: mergeAll(elementsOf(value).map((element) => shapeOf(element, depth + 1, walk))) };
  if (!isObject(value)) return unknownShape;
  return { kind: 'object', properties: entriesOf(value).map(([name, inner]) => ({ name, shape: shapeOf(inner, depth + 1, walk) })) };
}

function typeOfText(text: string): ScalarType {
  return day.test(text) ? 'date' : moment.test(text) ? 'datetime' : 'string';
}

/** One shape for all values seen in one place. What is seen with several types is a text, which takes any. */
export function mergeAll(shapes: readonly Shape[]): Shape {
  return shapes.reduce(merge, unknownShape);
}

function merge(a: Shape, b: Shape): Shape {
  if (a.kind === 'unknown') return b;
  if (b.kind === 'unknown') return a;
  if (a.kind === 'object' && b.kind === 'object') return mergeObjects(a, b);
  if (a.kind === 'list' && b.kind === 'list') return { kind: 'list', item: merge(a.item, b.item) };
  if (a.kind === 'scalar' && b.kind === 'scalar') {
    if (a.type === b.type) return a;
    const moments = [a.type, b.type].every((type) => type === 'date' || type === 'datetime');
    return scalar(moments ? 'datetime' : 'string');
  }
  return scalar('string');
}

function mergeObjects(a: ObjectShape, b: ObjectShape): ObjectShape {
  const merged = new Map<string, ShapeProperty>(a.properties.map((property) => [property.name, property]));
  for (const property of b.properties) {
    const known = merged.get(property.name);
    merged.set(property.name, known ? { ...known, shape: merge(known.shape, property.shape) } : property);
  }
  return { kind: 'object', properties: [...merged.values()] };
}
