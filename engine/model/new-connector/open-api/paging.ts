import { dotted } from '../find-rows.ts';
import { isIndex, nextFieldIn, pageRole, type PageRole } from '../page-names.ts';
import type { PagingDetails } from '../paging.ts';
import { at } from '../parsed.ts';
import { fold } from '../names.ts';
import type { Parameter } from './document.ts';
import type { Collection } from './collections.ts';

/** How the lists of a document page. */
export interface DocumentPaging {
  /** The way most of them page. */
  readonly details: PagingDetails;
  /** The lists that page this way; for the others paging is switched off. */
  readonly same: ReadonlySet<Collection>;
  /** The lists that page in another way. */
  readonly other: readonly Collection[];
}

/** The way of paging that most lists share. The format has one for a whole connector. */
export function pagingOfDocument(collections: readonly Collection[]): DocumentPaging {
  const ways = new Map<string, { readonly details: PagingDetails; readonly lists: Collection[] }>();
  for (const collection of collections) {
    const details = pagingOf(collection);
    if (details.kind === 'none') continue;
    // The page size may differ from list to list; the names may not.
    const key = JSON.stringify([details.kind, details.position, details.size, details.field, details.zeroBased]);
    const way = ways.get(key);
    if (way) way.lists.push(collection);
    else ways.set(key, { details, lists: [collection] });
  }
  const [most, ...others] = [...ways.values()].sort((a, b) => b.lists.length - a.lists.length);
  if (!most) return { details: { kind: 'none' }, same: new Set(), other: [] };
  const sizes = most.lists.map((collection) => pagingOf(collection).pageSize ?? 100);
  return {
    // The smallest limit suits every list.
    details: { ...most.details, pageSize: Math.min(...sizes) },
    same: new Set(most.lists),
    other: others.flatMap(({ lists }) => lists),
  };
}

function pagingOf({ get, answer }: Collection): PagingDetails {
  const found = new Map<PageRole, Parameter>();
  for (const parameter of get.parameters) {
    const role = parameter.place === 'query' && fits(parameter) ? pageRole(parameter.name) : undefined;
    if (role !== undefined && !found.has(role)) found.set(role, parameter);
  }
  const sizeParameter = found.get('size');
  const size = sizeParameter?.name ?? null;
  const common = { size, pageSize: pageSizeOf(sizeParameter) };
  const offset = found.get('offset');
  if (offset) {
    const fromOne = fold(offset.name) === 'startindex' || startOf(offset) === 1;
    return { kind: 'skip_take', position: offset.name, ...common, ...(fromOne && { zeroBased: false }) };
  }
  const page = found.get('page');
  if (page) {
    const zeroBased = startOf(page) === 0 || (isIndex(page.name) && startOf(page) !== 1);
    return { kind: 'generic', position: page.name, ...common, ...(zeroBased && { zeroBased }) };
  }
  const token = found.get('token');
  const tokenField = token && (nextFieldIn(answer, 'token') ?? nextFieldIn(answer, 'url'));
  if (token && tokenField && tokenField.address !== true) {
    const field = dotted(tokenField.path);
    if (field !== undefined) return { kind: 'token', position: token.name, field, ...common };
  }
  const next = nextFieldIn(answer, 'url');
  const field = next && dotted(next.path);
  if (field !== undefined) return { kind: 'url', field, ...common };
  return get.answer?.headers.includes('link') === true ? { kind: 'link', ...common } : { kind: 'none' };
}

/** A number, or a text for a token: `$count=true` and `start=2024-01-01` are not about pages. */
function fits({ name, schema }: Parameter): boolean {
  const type = at(schema, 'type');
  const format = at(schema, 'format');
  if (type === 'boolean' || type === 'array' || type === 'object' || format === 'date' || format === 'date-time') return false;
  return pageRole(name) === 'token' || type !== 'string' || fold(name) !== 'start';
}

/** Whether counting starts at 0 or 1, by the default, the smallest value, or what the text says. */
function startOf({ schema, description }: Parameter): number | undefined {
  const said = /\b(zero|one|0|1)-based\b/i.exec(description)?.[1]?.toLowerCase();
  if (said !== undefined) return said === 'zero' || said === '0' ? 0 : 1;
  return [at(schema, 'default'), at(schema, 'minimum')].find((value): value is number => value === 0 || value === 1);
}

const usualSize = 100;
const largestSize = 1000;

function pageSizeOf(parameter: Parameter | undefined): number {
  const maximum = at(parameter?.schema, 'maximum');
  if (typeof maximum === 'number' && maximum >= 1 && maximum <= largestSize) return Math.floor(maximum);
  const usual = at(parameter?.schema, 'default');
  return typeof usual === 'number' && usual >= usualSize && usual <= largestSize ? Math.floor(usual) : usualSize;
}
