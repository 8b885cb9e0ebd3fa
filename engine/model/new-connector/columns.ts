import { createNames, type Names } from './names.ts';
import { objectOf, type Json, type JsonObject } from './parsed.ts';
import type { ObjectShape, Shape, ShapeProperty } from './shape.ts';

/** A column that `resources` declares. */
export interface NewColumn {
  /** After NIM's rule: the last name on the path, or with `_:` the whole path. */
  readonly name: string;
  readonly path: readonly string[];
  /** `child` stands for the rows of a child table. */
  readonly kind: 'value' | 'list' | 'child';
  readonly property: ShapeProperty;
}

/** The `resources` of a table. */
export interface Resources {
  readonly resources: JsonObject;
  readonly columns: readonly NewColumn[];
  /** Dotted paths that became no column. */
  readonly leftOut: readonly string[];
}

export interface ResourceOptions {
  /** The table's name: child tables are called after it. */
  readonly table: string;
  /** The table's key. Without one there are no child tables: their rows could not say whose they are. */
  readonly key?: string | undefined;
  /** Names the table has already, such as those of `base`. */
  readonly reserved?: readonly string[];
  /** Names of other tables, which no child table may have. */
  readonly taken?: readonly string[];
  /** Inside a child table, where the format knows no further one. */
  readonly inside?: boolean;
}

interface Candidate {
  readonly path: readonly string[];
  readonly property: ShapeProperty;
  readonly shape: Shape;
}

/** Beyond this a table is no help to anybody. */
const mostColumns = 400;
const deepest = 4;

/**
 * The columns of a row, so that no two have one name: what lies deeper takes its whole path (`_:`) where its last name occurs twice. Lists of
 * objects directly in the row become child tables, the one place where the format documents them.
 */
export function resourcesOf(row: ObjectShape, options: ResourceOptions): Resources {
  const leftOut: string[] = [];
  const all = candidatesOf(row, [], leftOut);
  // What lies near the row is worth more than what lies deep.
  const isKey = ({ path }: Candidate): boolean => path.length === 1 && path[0] === options.key;
  const kept = new Set([...all].sort((a, b) => Number(isKey(b)) - Number(isKey(a)) || a.path.length - b.path.length).slice(0, mostColumns));
  leftOut.push(...all.filter((candidate) => !kept.has(candidate)).map(({ path }) => path.join('.')));
  const names = createNames(options.reserved);
  const given = nameAll(
    all.filter((candidate) => kept.has(candidate)),
    names,
    isKey,
  );
  const columns: NewColumn[] = [];
  const values: { readonly path: readonly string[]; readonly value: Json }[] = [];
  for (const [candidate, name] of given) {
    const { path, property, shape } = candidate;
    const made = name === undefined ? undefined : valueOf(candidate, name, options, leftOut);
    if (name === undefined || made === undefined) leftOut.push(path.join('.'));
    else {
      columns.push({ name, path, kind: isChild(shape) ? 'child' : shape.kind === 'list' ? 'list' : 'value', property });
      values.push({ path, value: made });
    }
  }
  return { resources: treeOf(values, 0), columns, leftOut };
}

function candidatesOf(row: ObjectShape, path: readonly string[], leftOut: string[]): readonly Candidate[] {
  return row.properties.flatMap((property): readonly Candidate[] => {
    const here = [...path, property.name];
    const { shape } = property;
    const leave = (): readonly Candidate[] => {
      leftOut.push(here.join('.'));
      return [];
    };
    // The format uses such names for itself.
    if (property.name.trim() === '' || property.name.startsWith('_nim') || property.name === '__proto__') return leave();
    if (shape.kind === 'unknown') return leave();
    if (shape.kind === 'object') {
      const inner = here.length >= deepest ? [] : candidatesOf(withFlags(shape, property), here, leftOut);
      return inner.length === 0 ? leave() : inner;
    }
    return [{ path: here, property, shape }];
  });
}

/** Whoever may not write the whole may not write its parts. */
function withFlags(shape: ObjectShape, { readOnly, writeOnly }: ShapeProperty): ObjectShape {
  if (readOnly !== true && writeOnly !== true) return shape;
  const flags = { ...(readOnly === true && { readOnly }), ...(writeOnly === true && { writeOnly }) };
  return { kind: 'object', properties: shape.properties.map((property) => ({ ...property, ...flags })) };
}

/** The name of every candidate, or undefined where none is free: first those directly in the row, whose names cannot be changed. */
function nameAll(
  candidates: readonly Candidate[],
  names: Names,
  isKey: (candidate: Candidate) => boolean,
): ReadonlyMap<Candidate, string | undefined> {
  const given = new Map<Candidate, string | undefined>(candidates.map((candidate) => [candidate, undefined]));
  const leaves = new Map<string, number>();
  for (const { path } of candidates) leaves.set(leafOf(path).toLowerCase(), (leaves.get(leafOf(path).toLowerCase()) ?? 0) + 1);
  for (const candidate of [...candidates.filter(isKey), ...candidates.filter((candidate) => !isKey(candidate))]) {
    const name = leafOf(candidate.path);
    if (candidate.path.length === 1 && names.claim(name)) given.set(candidate, name);
  }
  for (const candidate of candidates) {
    const { path, shape } = candidate;
    if (path.length === 1) continue;
    const leaf = leafOf(path);
    const options = leaves.get(leaf.toLowerCase()) === 1 ? [leaf, path.join('_')] : [path.join('_')];
    // A list of objects has no specifier that could say `_:`, and deeper down the format does not document it anyway.
    const name = isChild(shape) ? undefined : options.find((option) => names.claim(option));
    given.set(candidate, name);
  }
  return given;
}

function valueOf({ path, property, shape }: Candidate, name: string, options: ResourceOptions, leftOut: string[]): Json | undefined {
  const specifier = (type: string): string =>
    `${path.length > 1 && name !== leafOf(path) ? '_:' : ''}${type === 'secret' ? 'string^' : `${type}${property.writeOnly === true ? '' : '*'}`}`;
  if (shape.kind === 'scalar') return specifier(shape.type);
  if (shape.kind !== 'list') return undefined;
  const { item } = shape;
  if (item.kind === 'scalar') return [specifier(item.type === 'secret' ? 'string' : item.type)];
  if (item.kind === 'unknown') return [specifier('string')];
  if (item.kind !== 'object' || options.inside === true || options.key === undefined || path.length > 1) return undefined;
  if (createNames(options.taken).has(`${options.table}_${name}`)) return undefined;
  const child = resourcesOf(withFlags(item, property), {
    table: `${options.table}_${name}`,
    reserved: [`${options.table}_${options.key}`],
    inside: true,
  });
  leftOut.push(...child.leftOut.map((inner) => `${path.join('.')}.${inner}`));
  return child.columns.length === 0 ? undefined : [child.resources];
}

function isChild(shape: Shape): boolean {
  return shape.kind === 'list' && (shape.item.kind === 'object' || shape.item.kind === 'list');
}

function leafOf(path: readonly string[]): string {
  return path.at(-1) ?? '';
}

/** Puts values back into the tree their paths came from, in their order. */
function treeOf(values: readonly { readonly path: readonly string[]; readonly value: Json }[], depth: number): JsonObject {
  const groups = new Map<string, (typeof values)[number][]>();
  for (const value of values) {
    const name = value.path[depth] ?? '';
    const group = groups.get(name);
    if (group) group.push(value);
    else groups.set(name, [value]);
  }
  return objectOf(
    [...groups].map(([name, group]) => {
      const [first] = group;
      return [name, first && first.path.length === depth + 1 ? first.value : treeOf(group, depth + 1)] as const;
    }),
  );
}
