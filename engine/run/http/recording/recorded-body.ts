import { decodeText } from '../message.ts';
import type { RecordedBody } from './form.ts';
import { losslessJson, rewriteJson } from './json-tokens.ts';

/** What is done to the texts of a body before it is kept. */
export interface BodyChange {
  /** To a text, or to a string within JSON. */
  readonly text: (text: string) => string;
  /** To a number within JSON: a text in its place, or undefined to leave it. */
  readonly number: (source: string) => string | undefined;
}

/** A body in its most readable form, and the headers that go with it: what is kept as text is UTF-8 from then on. */
export function recordBody(
  body: Uint8Array,
  headers: Readonly<Record<string, string>>,
  change: BodyChange,
): { readonly body: RecordedBody; readonly headers: Readonly<Record<string, string>> } {
  if (body.byteLength === 0) return { body: {}, headers };
  const { text, damaged } = decodeText({ headers, body });
  if (damaged || isBinary(text) || !keepsBytes(text, body, headers)) {
    // Byte by byte as text, so that what is masked is masked here, too.
    const masked = Buffer.from(change.text(Buffer.from(body).toString('latin1')), 'latin1');
    return { body: { base64: masked.toString('base64') }, headers };
  }
  const changed = rewriteJson(text, { string: change.text, number: change.number });
  const lossless = changed === undefined ? undefined : losslessJson(changed);
  return {
    // A lone word or number may as well be a text, in which every space counts.
    body:
      typeof lossless?.value === 'object' && lossless.value !== null
        ? { json: lossless.value }
        : { text: (changed ?? change.text(text)).split('\n') },
    headers: inUtf8(headers),
  };
}

/** The bytes of a recorded body. Throws a plain error for one that is not well formed. */
export function replayBody({ json, text, base64 }: RecordedBody, change: (text: string) => string): Uint8Array {
  if (base64 !== undefined) return Buffer.from(change(Buffer.from(base64, 'base64').toString('latin1')), 'latin1');
  if (text !== undefined) return Buffer.from(change(text.join('\n')), 'utf8');
  if (json !== undefined) return Buffer.from(change(JSON.stringify(json)), 'utf8');
  return new Uint8Array();
}

/** Control characters that no text has. */
function isBinary(text: string): boolean {
  return /[\0-\u0008\u000e-\u001a]/.test(text);
}

/** In UTF-8 a byte order mark at the beginning would be lost; in other charsets the text itself is what counts. */
function keepsBytes(text: string, body: Uint8Array, headers: Readonly<Record<string, string>>): boolean {
  return charsetOf(headers) !== undefined || Buffer.byteLength(text, 'utf8') === body.byteLength;
}

function charsetOf(headers: Readonly<Record<string, string>>): string | undefined {
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(headers['content-type'] ?? '')?.[1]?.toLowerCase();
  return charset === 'utf-8' || charset === 'utf8' ? undefined : charset;
}

function inUtf8(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const type = headers['content-type'];
  return type === undefined || charsetOf(headers) === undefined
    ? headers
    : { ...headers, 'content-type': type.replace(/charset\s*=\s*"?[\w-]+"?/i, 'charset=utf-8') };
}
