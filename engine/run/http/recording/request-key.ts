import { createHash } from 'node:crypto';
import type { RecordedRequest } from './form.ts';

/** Characters of an operation's name, and of the path and query, that a file name shows. */
const shownOperation = 40;
const shownAddress = 60;

/** Digits of the hash in a file name. */
const digits = 12;

/** What makes two requests the same: verb, path, query in any order, body, and in whose name it is asked. The operation counts only for the file they are kept in. */
export function requestKey({ verb, url, body, subject }: Pick<RecordedRequest, 'verb' | 'url' | 'body' | 'subject'>): string {
  const [address, query] = split(url);
  const parameters = query === undefined ? [] : query.split('&').sort();
  return JSON.stringify([verb, address, parameters, body ?? null, ...(subject === undefined ? [] : [subject])]);
}

/** Something to read, and a hash that tells requests apart: `persons_get-api-v1-persons-skip-0-take-100-0a1b2c3d4e5f.json`. */
export function fileNameOf(request: RecordedRequest): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([request.operation, requestKey(request)]))
    .digest('hex')
    .slice(0, digits);
  const shown = [slug(request.operation, shownOperation), slug(withoutOrigin(request.url), shownAddress), hash];
  return `${shown.filter((part) => part !== '').join('-')}.json`;
}

/** Path and query of an address, for messages. */
export function withoutOrigin(url: string): string {
  return URL.canParse(url) ? url.slice(new URL(url).origin.length) || '/' : url;
}

/** An address before and behind its first question mark. */
export function split(url: string): readonly [address: string, query?: string] {
  const at = url.indexOf('?');
  return at < 0 ? [url] : [url.slice(0, at), url.slice(at + 1)];
}

/** Lower case, since some disks cannot tell names by their case, and never alone, since `con.json` is no file name on Windows. */
function slug(text: string, longest: number): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .slice(0, longest)
    .replace(/^-+|-+$/g, '');
}
