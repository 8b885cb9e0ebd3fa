import { isObject } from '../answer.ts';
import { placeIn, plainName, type Envelope } from '../envelopes.ts';
import { nextLink } from './link-header.ts';
import type { Page } from './strategy.ts';

/** Properties that name the next page, whatever the connector makes of them. */
const nextNames: ReadonlySet<string> = new Set(['@odata.nextLink', 'odata.nextLink', 'nextPageToken']);

/** Properties that name it in other words; some APIs leave them standing behind the last page. Without case and marks. */
const otherNextNames: ReadonlySet<string> = new Set([
  'next',
  'nextpage',
  'nextlink',
  'nexturl',
  'nexturi',
  'nexthref',
  'nextpageurl',
  'nextpagelink',
  'nextpageuri',
  'nextcursor',
  'nextpagecursor',
  'nexttoken',
  'nextpagetoken',
  'continuationtoken',
  'nextcontinuationtoken',
]);

/** Properties that are true where there is another page. */
const moreNames: ReadonlySet<string> = new Set(['hasmore', 'hasnext', 'hasnextpage', 'hasmorepages', 'hasmoreitems', 'istruncated']);

/** Properties that hold how many pages there are. */
const pagesNames: ReadonlySet<string> = new Set(['totalpages', 'totalpagecount', 'numberofpages', 'lastpage']);

/** Properties that hold how many rows there are; `count` and its like may mean those of one page. */
const totalNames: ReadonlySet<string> = new Set([
  'total',
  'totalcount',
  'totalelements',
  'totalentries',
  'totalitems',
  'totalrecords',
  'totalresults',
  'totalrows',
]);

/** Whether a property beside a list holds how many rows there are. */
export function isTotalName(name: string): boolean {
  return totalNames.has(plainName(name));
}

/** Whether a property beside a list holds how many pages there are. */
export function isPagesName(name: string): boolean {
  return pagesNames.has(plainName(name));
}

/** A total that stands where nobody looks for it first. */
export interface TotalBeside {
  readonly rows: number;
  readonly place: string;
}

/** The largest total that the objects around a list announce. */
export function totalBeside(envelopes: readonly Envelope[]): TotalBeside | undefined {
  let largest: TotalBeside | undefined;
  for (const { place, value } of envelopes)
    for (const name in value) {
      const rows = typeof value[name] !== 'object' && isTotalName(name) ? wholeNumber(value[name]) : undefined;
      if (rows !== undefined && (largest === undefined || rows > largest.rows)) largest = { rows, place: placeIn(place, name) };
    }
  return largest;
}

/**
 * By what an answer says that there is a further page, for a person; undefined where it says nothing of the kind. `pages` have come. `isLast`: the
 * answer says so in the words of the connector, which counts for more than an address that was left standing.
 */
export function signOfMore(
  { body, headers, rows }: Page,
  envelopes: readonly Envelope[],
  pages: number,
  isLast: boolean,
): string | undefined {
  const link = headers['link'];
  if (nextLink(link) !== undefined || isLinkWithoutBrackets(link)) return 'Link with rel="next"';
  if (!isObject(body)) return undefined;
  const { more, isDenied } = flagsIn(body, envelopes);
  for (const name of nextNames) if (Object.hasOwn(body, name) && isFilled(body[name])) return name;
  const certain = more ?? furtherPages(envelopes, pages);
  if (certain !== undefined) return certain;
  return isDenied || isLast || rows === 0 ? undefined : otherNext(envelopes);
}

/** The first property that says that there are more pages, and whether one says that there are none. */
function flagsIn(
  body: Readonly<Record<string, unknown>>,
  envelopes: readonly Envelope[],
): { readonly more: string | undefined; readonly isDenied: boolean } {
  let more: string | undefined;
  let isDenied = false;
  const look = (value: Readonly<Record<string, unknown>>): void => {
    for (const name in value) {
      const flag = value[name];
      if (typeof flag !== 'boolean' || !moreNames.has(plainName(name))) continue;
      if (flag) more ??= name;
      else isDenied = true;
    }
  };
  for (const { value } of envelopes) look(value);
  for (const name in body) {
    const inner = body[name];
    if (isObject(inner)) look(inner);
  }
  return { more, isDenied };
}

function furtherPages(envelopes: readonly Envelope[], pages: number): string | undefined {
  for (const { value } of envelopes)
    for (const name in value)
      if (typeof value[name] !== 'object' && isPagesName(name) && (wholeNumber(value[name]) ?? 0) > pages) return name;
  return undefined;
}

function otherNext(envelopes: readonly Envelope[]): string | undefined {
  for (const { value } of envelopes)
    for (const name in value) {
      const plain = plainName(name);
      if (otherNextNames.has(plain) && leadsOn(value[name])) return name;
      if ((plain === 'links' || plain === 'link') && Array.isArray(value[name]) && (value[name] as readonly unknown[]).some(isNextLink))
        return 'next';
    }
  return undefined;
}

/** `{"rel": "next", "href": …}`, or `relation` and `url` as in FHIR. */
export function isNextLink(entry: unknown): boolean {
  return isObject(entry) && (entry['rel'] === 'next' || entry['relation'] === 'next') && leadsOn(entry);
}

function leadsOn(value: unknown): boolean {
  if (typeof value === 'number') return value > 0;
  if (isObject(value)) return ['href', 'url', 'uri', 'link'].some((name) => Object.hasOwn(value, name) && isFilled(value[name]));
  return isFilled(value);
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && !/^\s*(?:null|none|false|-1|0)?\s*$/i.test(value);
}

/** A server that forgets the `<…>` around the address. */
function isLinkWithoutBrackets(header: string | undefined): boolean {
  return header !== undefined && !header.includes('<') && /;\s*rel\s*=\s*"?[^",;]*\bnext\b/i.test(header);
}

function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
