import { connectorSchema, type JsonSchema } from '../../../../../schemas/connector-schema.ts';
import { resolveSchema } from '../../schema-walk.ts';
import type { NotedProperty } from './places.ts';

/** Where a misplaced property belongs: in `path` below the level of that number. */
export interface Home {
  readonly level: number;
  readonly path: readonly string[];
  /** As an author would say it. */
  readonly said: string;
}

/** Names that mean something else in every place; that such a one exists far away says nothing. */
const common: readonly string[] = [
  'id',
  'url',
  'items',
  'filter',
  'table',
  'rows',
  'columns',
  'required',
  'name',
  'type',
  'mode',
  'path',
  'value',
  'field',
  'text',
  'label',
  'order',
  'params',
  'config',
  'version',
  'description',
];

/**
 * The object near an unknown property that would know it: the nearest of those it stands in, or of what stands below them. Undefined
 * where there is none, or where several are as near.
 */
export function homeOf({ property, levels }: NotedProperty): Home | undefined {
  const name = property.name.text;
  const outermost = rowLevel(levels);
  for (let level = levels.length - 1; level >= outermost; level--) {
    const schema = levels[level]?.schema;
    if (!schema) continue;
    const ways = waysTo(schema, name, common.includes(name) ? 1 : 3);
    if (ways.length > 1) return undefined;
    if (ways[0]) return { level, path: ways[0], said: said(levels.slice(0, level + 1), ways[0]) };
    // One step out, a common name is no longer likely to be the same thing.
    if (common.includes(name)) return undefined;
  }
  return undefined;
}

/** The level beyond which a property would no longer speak of the same thing: its table, or the element of a list. */
function rowLevel(levels: readonly { readonly name: string }[]): number {
  for (let level = levels.length - 1; level > 0; level--) {
    if (levels[level]?.name === '' || levels[level - 1]?.name === 'crud_objects') return level;
  }
  return 0;
}

/** What an author fills with names of their own. */
const free: readonly string[] = ['resources', 'body', 'config_scenarios'];

/** Something else as a rule, such as the `pagination` of an operation: its properties are looked for where they usually stand. */
function isAlternative({ type }: JsonSchema): boolean {
  return Array.isArray(type) && type.includes('object') && type.length > 1;
}

/** The shortest ways from a schema down to the objects that know `name`, over at most `deepest` properties of one fixed name each. */
function waysTo(schema: JsonSchema, name: string, deepest: number): readonly (readonly string[])[] {
  let front: readonly (readonly [JsonSchema, readonly string[]])[] = [[schema, []]];
  for (let depth = 0; depth <= deepest; depth++) {
    const here = front.filter(([object]) => Object.hasOwn(object.properties ?? {}, name));
    if (here.length > 0) return here.map(([, path]) => path);
    front = front.flatMap(([object, path]) =>
      Object.entries(object.properties ?? {})
        .filter(([step, below]) => !free.includes(step) && !isAlternative(below))
        .map(([step, below]) => [resolveSchema(below), [...path, step]] as const),
    );
  }
  return [];
}

function said(levels: readonly { readonly name: string }[], path: readonly string[]): string {
  const table = levels.findIndex(({ name }) => name === 'crud_objects');
  // Inside a table the way from the root says nothing new.
  const steps = [...levels.slice(table === -1 ? 1 : table + 2).map(({ name }) => name), ...path].filter((name) => name !== '');
  const inOperation = table !== -1 && steps[0] === 'operations' && levels.length > table + 3;
  const shown = inOperation ? steps.slice(2) : steps;
  if (shown.length > 0) return shown.join('.');
  return inOperation ? 'the operation itself, beside call' : table === -1 ? 'the root' : 'the table itself, beside operations';
}

let known: ReadonlyMap<string, string> | undefined;

/** Where a property belongs that has a single place, or a single one that every connector has; undefined for common names. */
export function farHome(name: string): string | undefined {
  known ??= readHomes();
  return common.includes(name) ? undefined : known.get(name);
}

function readHomes(): ReadonlyMap<string, string> {
  const places = new Map<string, Set<string>>();
  const walked = new Set<string>();
  const visit = (schema: JsonSchema, path: readonly string[]): void => {
    if (schema.$ref !== undefined) {
      if (walked.has(schema.$ref)) return;
      walked.add(schema.$ref);
    }
    const resolved = resolveSchema(schema);
    for (const [name, property] of Object.entries(resolved.properties ?? {})) {
      places.set(name, (places.get(name) ?? new Set()).add(path.join('.') || 'the root'));
      if (!isAlternative(property)) visit(property, [...path, name]);
    }
    if (typeof resolved.additionalProperties === 'object')
      visit(resolved.additionalProperties, [...path, path.at(-1) === 'operations' ? '<operation>' : '<table>']);
    if (resolved.items) visit(resolved.items, [...path, '[]']);
  };
  visit(connectorSchema, []);
  return new Map(
    [...places].flatMap(([name, where]): readonly [string, string][] => {
      const fixed = [...where].filter((place) => !/[<[]/.test(place));
      const only = where.size === 1 ? [...where][0] : fixed.length === 1 ? fixed[0] : undefined;
      return only === undefined ? [] : [[name, inWords(only)]];
    }),
  );
}

/** `processing_options of an operation` for `schema.crud_objects.<table>.operations.<operation>.processing_options`. */
function inWords(place: string): string {
  const steps = place.split('.');
  const kinds: readonly (readonly [string, string])[] = [
    ['<operation>', 'an operation'],
    ['<table>', 'a table'],
  ];
  for (const [step, kind] of kinds) {
    const at = steps.lastIndexOf(step);
    if (at !== -1) return of(steps.slice(at + 1), kind);
  }
  const entry = steps.lastIndexOf('[]');
  return entry === -1 ? place : of(steps.slice(entry + 1), `an entry of ${steps.slice(0, entry).join('.')}`);
}

function of(steps: readonly string[], owner: string): string {
  return steps.length === 0 ? owner : `${steps.join('.')} of ${owner}`;
}
