import { isObject } from './answer.ts';

/** An object of an answer that holds no row but what belongs to all of them, and its dotted place; the answer itself has an empty one. */
export interface Envelope {
  readonly place: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Names under which APIs put what they say of a list: its length, its pages. Without case and marks. */
const aboutLists: ReadonlySet<string> = new Set([
  'meta',
  'metadata',
  'responsemetadata',
  'pagination',
  'paging',
  'page',
  'pageinfo',
  'paginginfo',
  'pager',
  'info',
  'resultinfo',
  'links',
  'cursor',
  'cursors',
]);

/** Entries of a list on the way to the rows that are looked at. */
const mostEntries = 10_000;

/** Plain names that were asked for: the answers of an API have few, and each is looked at for every answer. */
const plainNames = new Map<string, string>();
const mostPlainNames = 1_000;

/** A property's name without case, marks and the `@` of an attribute. */
export function plainName(name: string): string {
  const known = plainNames.get(name);
  if (known !== undefined) return known;
  const plain = name.toLowerCase().replace(/[_\-@.]/g, '');
  if (plainNames.size >= mostPlainNames) plainNames.clear();
  plainNames.set(name, plain);
  return plain;
}

/** The objects on the way to the list that `output_field` names, the answer itself first; up to a list, since what lies in that is many. */
export function wayTo(body: unknown, outputField: string | undefined): readonly Envelope[] {
  if (!isObject(body)) return [];
  const way: Envelope[] = [{ place: '', value: body }];
  if (outputField === undefined || Object.hasOwn(body, outputField)) return way;
  let current: Readonly<Record<string, unknown>> = body;
  let place = '';
  for (const step of outputField.split('.').slice(0, -1)) {
    const next = Object.hasOwn(current, step) ? current[step] : undefined;
    if (!isObject(next)) break;
    place = place === '' ? step : `${place}.${step}`;
    way.push({ place, value: next });
    current = next;
  }
  return way;
}

/** The way to the list, and what the objects on it say of the list in objects of its own, two levels deep. */
export function envelopesOf(body: unknown, outputField: string | undefined): readonly Envelope[] {
  const way = wayTo(body, outputField);
  const first = about(way);
  return first.length === 0 ? way : [...way, ...first, ...about(first)];
}

function about(envelopes: readonly Envelope[]): readonly Envelope[] {
  const found: Envelope[] = [];
  for (const { place, value } of envelopes)
    for (const name in value) {
      const inner = value[name];
      if (isObject(inner) && aboutLists.has(plainName(name))) found.push({ place: placeIn(place, name), value: inner });
    }
  return found;
}

/** The entries of the first list on the way, where that is not the list of the rows itself: each brings some of them. */
export function entriesOnTheWay(body: unknown, outputField: string | undefined): readonly Readonly<Record<string, unknown>>[] {
  // A list named without a way to it, which most are, is that of the rows.
  if (outputField === undefined || (!Array.isArray(body) && !outputField.includes('.'))) return [];
  const steps = Array.isArray(body) ? [] : outputField.split('.');
  let current: unknown = body;
  for (const [index, step] of steps.entries()) {
    if (!isObject(current) || !Object.hasOwn(current, step)) return [];
    current = current[step];
    if (Array.isArray(current) && index === steps.length - 1) return [];
    if (Array.isArray(current)) break;
  }
  return Array.isArray(current) ? (current as readonly unknown[]).slice(0, mostEntries).filter(isObject) : [];
}

/** The dotted place of a property. */
export function placeIn(place: string, name: string): string {
  return place === '' ? name : `${place}.${name}`;
}
