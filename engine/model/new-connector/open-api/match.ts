import { fold, isVariableName } from '../names.ts';
import type { ObjectShape, ShapeProperty } from '../shape.ts';

/** Properties that people use where a path wants a name instead of a number. */
const spokenNames = ['login', 'username', 'name', 'slug', 'key', 'code', 'fullname', 'email'];

/** The properties of a row that can stand in a path: plain values directly in it. */
export function pathValues(row: ObjectShape): readonly ShapeProperty[] {
  return row.properties.filter(
    ({ name, shape, writeOnly }) =>
      shape.kind === 'scalar' && (shape.type === 'string' || shape.type === 'number') && writeOnly !== true && isVariableName(name),
  );
}

/**
 * The property of a row that a path parameter means: of that name, or without the thing's own name in it (`{userId}` of a user is its `id`).
 * A text parameter where only a number is called so means the name people use.
 */
export function propertyFor(row: ObjectShape, thing: string, parameter: string, type: string | undefined): ShapeProperty | undefined {
  const values = pathValues(row);
  const wanted = fold(parameter);
  const own = fold(thing);
  const exact = values.find(({ name }) => fold(name) === wanted);
  if (exact) return exact;
  const part = values.find(({ name }) => own + fold(name) === wanted || own + wanted === fold(name));
  if (part) return part;
  if (/(?:id|uuid|guid)$/.test(wanted)) return undefined;
  const texts =
    type === 'integer' || type === 'number' ? [] : values.filter(({ shape }) => shape.kind === 'scalar' && shape.type === 'string');
  return spokenNames.flatMap((spoken) => texts.find(({ name }) => fold(name) === spoken) ?? [])[0];
}

/** The property that is called like a key. */
export function likelyKey(row: ObjectShape, thing: string): ShapeProperty | undefined {
  const values = pathValues(row);
  const own = fold(thing);
  return ['id', `${own}id`, 'uuid', 'guid', 'uid', `${own}uuid`, `${own}key`].flatMap(
    (wanted) => values.find(({ name }) => fold(name) === wanted) ?? [],
  )[0];
}
