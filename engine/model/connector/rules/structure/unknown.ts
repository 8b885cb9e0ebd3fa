import type { JsonDocument } from '../../../text/json.ts';
import { nearest } from '../../../text/nearest.ts';
import { farHome, homeOf, type Home } from './homes.ts';
import { notedProperties, type NotedProperty } from './places.ts';

/** What an author most likely meant by a property that is not known in its place. */
export type UnknownProperty = NotedProperty &
  (
    | { readonly kind: 'leftover' }
    | { readonly kind: 'misplaced'; readonly home: Home }
    | { readonly kind: 'misspelt'; readonly meant: string }
    /** It exists, but so far away that a mere move would not do. */
    | { readonly kind: 'elsewhere'; readonly said: string }
    | { readonly kind: 'unknown' }
  );

const leftovers: readonly string[] = ['parameters', 'options', 'operations_obsolete', 'resources_with_issues', 'call_org_gout', 'customer'];

const memory = new WeakMap<JsonDocument, readonly UnknownProperty[]>();

/** Every property that is not known in its place, with what it was likely meant to be. Worked out once for a document. */
export function unknownProperties(document: JsonDocument): readonly UnknownProperty[] {
  const known = memory.get(document);
  if (known) return known;
  const homes = new Map<string, Home | undefined>();
  const found = notedProperties(document).unknown.map((noted) => classify(noted, homes));
  memory.set(document, found);
  return found;
}

function classify(noted: NotedProperty, homes: Map<string, Home | undefined>): UnknownProperty {
  const { text } = noted.property.name;
  if (leftovers.includes(text)) return { ...noted, kind: 'leftover' };
  const home = remembered(homes, kindOfPlace(noted), () => homeOf(noted));
  if (home) return { ...noted, kind: 'misplaced', home };
  const meant = nearest(text, Object.keys(noted.levels.at(-1)?.schema.properties ?? {}));
  if (meant !== undefined) return { ...noted, kind: 'misspelt', meant };
  const said = farHome(text);
  return said === undefined ? { ...noted, kind: 'unknown' } : { ...noted, kind: 'elsewhere', said };
}

/** The same for the same property in every table and operation. */
function kindOfPlace({ property, levels }: NotedProperty): string {
  const table = levels.findIndex(({ name }) => name === 'crud_objects') + 1;
  const steps = levels.map(({ name }, index) => (table > 0 && (index === table || index === table + 2) ? '*' : name));
  return JSON.stringify([...steps, property.name.text]);
}

function remembered<Value>(memo: Map<string, Value>, key: string, make: () => Value): Value {
  if (memo.has(key)) return memo.get(key) as Value;
  const made = make();
  memo.set(key, made);
  return made;
}
