import { at, elementsOf, entriesOf, isObject } from '../parsed.ts';
import { scalar, unknownShape, type ObjectShape, type ScalarType, type Shape, type ShapeProperty } from '../shape.ts';
import { resolve, type OpenApi } from './document.ts';

/** Schemas nest without end; nobody maps to what lies deeper. */
const deepest = 6;
/** So many properties of one answer are looked at. */
const most = 3000;

interface Walk {
  readonly root: OpenApi;
  /** The schemas that are being read, so that one that holds itself ends. */
  readonly open: Set<unknown>;
  left: number;
}

/** The shape a schema describes. References and `allOf` are resolved, `oneOf` and `anyOf` merged; a schema that holds itself ends there. */
export function shapeOfSchema(root: OpenApi, schema: unknown): Shape {
  return shapeOf({ root, open: new Set(), left: most }, schema, 0);
}

function shapeOf(walk: Walk, given: unknown, depth: number): Shape {
  const schema = resolve(walk.root, given);
  if (!schema || depth > deepest || walk.open.has(schema)) return unknownShape;
  walk.open.add(schema);
  const shape = readSchema(walk, schema, depth);
  walk.open.delete(schema);
  return shape;
}

function readSchema(walk: Walk, schema: unknown, depth: number): Shape {
  const parts = [
    ...elementsOf(at(schema, 'allOf')).map((part) => shapeOf(walk, part, depth)),
    ...['oneOf', 'anyOf'].flatMap((name) => {
      const variants = elementsOf(at(schema, name)).map((part) => shapeOf(walk, part, depth));
      return variants.length > 0 ? [anyOf(variants)] : [];
    }),
    ownShape(walk, schema, depth),
  ].filter((shape) => shape.kind !== 'unknown');
  const objects = parts.filter((shape) => shape.kind === 'object');
  if (objects.length > 0) return together(objects, requiredByAll(walk, schema));
  return parts[0] ?? unknownShape;
}

/** All of them hold: properties of all, and what any of them requires. */
function together(objects: readonly ObjectShape[], required: ReadonlySet<string>): ObjectShape {
  const merged = new Map<string, ShapeProperty>();
  for (const property of objects.flatMap(({ properties }) => properties)) {
    const known = merged.get(property.name);
    merged.set(property.name, known ? both(known, property) : property);
  }
  return {
    kind: 'object',
    properties: [...merged.values()].map((property) => (required.has(property.name) ? { ...property, required: true } : property)),
  };
}

function both(a: ShapeProperty, b: ShapeProperty): ShapeProperty {
  const shape =
    a.shape.kind === 'object' && b.shape.kind === 'object'
      ? together([a.shape, b.shape], new Set())
      : b.shape.kind === 'unknown'
        ? a.shape
        : b.shape;
  return { ...a, ...b, shape };
}

/** One of them holds: what all agree on. A text takes any plain value; of objects all properties may be there, and none must. */
function anyOf(variants: readonly Shape[]): Shape {
  const known = variants.filter((shape) => shape.kind !== 'unknown');
  const [first] = known;
  if (!first || known.length === 1) return first ?? unknownShape;
  if (known.every((shape) => shape.kind === 'object')) {
    const inAll = (name: string): boolean =>
      known.every((shape) => shape.properties.some((one) => one.name === name && one.required === true));
    const merged = together(known, new Set());
    return { kind: 'object', properties: merged.properties.map((property) => ({ ...property, required: inAll(property.name) })) };
  }
  const scalars = known.filter((shape) => shape.kind === 'scalar');
  // An object that may also be named by its id is usually answered as the id.
  if (scalars.length > 0) return scalars.every(({ type }) => type === scalars[0]?.type) ? (scalars[0] ?? first) : scalar('string');
  return known.find((shape) => shape.kind === 'list') ?? first;
}

function ownShape(walk: Walk, schema: unknown, depth: number): Shape {
  const types = [at(schema, 'type'), elementsOf(at(schema, 'type'))].flat().filter((type) => typeof type === 'string' && type !== 'null');
  if (types.length > 1) return types.every((type) => type === 'number' || type === 'integer') ? scalar('number') : scalar('string');
  const type = types[0] ?? impliedType(schema);
  switch (type) {
    case 'string':
      return scalar(textType(at(schema, 'format')));
    case 'integer':
    case 'number':
      return scalar('number');
    case 'boolean':
      return scalar('boolean');
    case 'array':
      return { kind: 'list', item: shapeOf(walk, at(schema, 'items'), depth) };
    case 'object':
      return objectOfSchema(walk, schema, depth);
    default:
      return unknownShape;
  }
}

function impliedType(schema: unknown): string | undefined {
  if (isObject(at(schema, 'properties'))) return 'object';
  if (at(schema, 'items') !== undefined) return 'array';
  const values = at(schema, 'const') !== undefined ? [at(schema, 'const')] : elementsOf(at(schema, 'enum'));
  const kinds = new Set(values.filter((value) => value !== null).map((value) => typeof value));
  if (kinds.size === 0) return undefined;
  const [kind] = kinds;
  return kinds.size === 1 && (kind === 'number' || kind === 'boolean') ? kind : 'string';
}

function textType(format: unknown): ScalarType {
  if (format === 'date') return 'date';
  if (format === 'date-time') return 'datetime';
  return format === 'password' ? 'secret' : 'string';
}

function objectOfSchema(walk: Walk, schema: unknown, depth: number): Shape {
  const required = requiredOf(schema);
  const given = entriesOf(at(schema, 'properties'));
  const read = new Map<string, ShapeProperty>();
  // Plain values first: should the measure be full, they are there.
  for (const plain of [true, false]) {
    for (const [name, inner] of given) {
      if (isPlain(resolve(walk.root, inner)) !== plain || walk.left-- <= 0) continue;
      read.set(name, propertyOfSchema(walk, name, inner, required.has(name), depth + 1));
    }
  }
  const properties = given.flatMap(([name]) => read.get(name) ?? []);
  return properties.length === 0 ? unknownShape : { kind: 'object', properties };
}

function isPlain(schema: unknown): boolean {
  const type = at(schema, 'type');
  return typeof type === 'string' && type !== 'object' && type !== 'array';
}

function propertyOfSchema(walk: Walk, name: string, given: unknown, required: boolean, depth: number): ShapeProperty {
  const schema = resolve(walk.root, given);
  // OpenAPI 3.1 allows words beside a reference; they add to what it names. `allOf` around one reference says the same in 3.0.
  const says = (word: string): boolean =>
    [given, schema, ...elementsOf(at(schema, 'allOf')).map((part) => resolve(walk.root, part))].some((one) => at(one, word) === true);
  const only = at(schema, 'const') ?? (elementsOf(at(schema, 'enum')).length === 1 ? elementsOf(at(schema, 'enum'))[0] : undefined);
  const likely = at(schema, 'default') ?? elementsOf(at(schema, 'enum'))[0];
  return {
    name,
    shape: shapeOf(walk, given, depth),
    ...(required && { required }),
    ...(says('readOnly') && { readOnly: true }),
    ...(says('writeOnly') && { writeOnly: true }),
    ...(/^ur[il]/.test(String(at(schema, 'format'))) && { address: true }),
    ...(isPlainValue(only) && { constant: only }),
    ...(isPlainValue(likely) && { likely }),
  };
}

/** What the schema itself requires, and its parts that only name what is required. */
function requiredByAll(walk: Walk, schema: unknown): ReadonlySet<string> {
  const parts = elementsOf(at(schema, 'allOf')).map((part) => resolve(walk.root, part));
  return new Set([schema, ...parts].flatMap((part) => [...requiredOf(part)]));
}

function requiredOf(schema: unknown): ReadonlySet<string> {
  return new Set(elementsOf(at(schema, 'required')).filter((name) => typeof name === 'string'));
}

function isPlainValue(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
