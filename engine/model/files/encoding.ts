import type { Head } from './data-folder.ts';

/** The encodings a file may be said to have. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1257',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-15',
] as const;

export type Encoding = (typeof encodings)[number];

/** The encoding of a file, how it is known, and the bytes of its byte order mark. */
export interface FoundEncoding {
  readonly name: Encoding;
  /** `content`: the bytes are UTF-8. `assumed`: they are not, and nothing says what they are. */
  readonly from: 'declared' | 'mark' | 'content' | 'assumed';
  readonly mark: number;
  /** What the file is by its mark or its bytes, where that contradicts what was declared. */
  readonly but?: Encoding;
}

/** Bytes to text; every platform the engine runs on has it. */
declare const TextDecoder: new (
  label: string,
  options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean },
) => { decode(bytes: Uint8Array, options?: { readonly stream?: boolean }): string };

const marks: readonly (readonly [encoding: Encoding, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * Tells how a file is encoded by its beginning: what is declared, its byte order mark, UTF-8 where the bytes are that, else Windows-1252. `whole`:
 * the bytes are all of the file, so that none of its characters is cut.
 */
export function findEncoding(bytes: Uint8Array, whole: boolean, declared?: string): FoundEncoding {
  const said = encodings.find((one) => one === declared);
  const [marked, mark] = marks.find(([, start]) => start.every((byte, i) => bytes[i] === byte)) ?? [];
  if (said !== undefined) {
    const wrong = marked !== undefined && marked !== said ? marked : said === 'utf-8' && !isUtf8(bytes, whole) ? 'windows-1252' : undefined;
    return { name: said, from: 'declared', mark: marked === said ? (mark?.length ?? 0) : 0, ...(wrong && { but: wrong }) };
  }
  if (marked !== undefined) return { name: marked, from: 'mark', mark: mark?.length ?? 0 };
  const wide = withoutMark(bytes);
  if (wide) return { name: wide, from: 'assumed', mark: 0 };
  return isUtf8(bytes, whole) ? { name: 'utf-8', from: 'content', mark: 0 } : { name: unless8(bytes), from: 'assumed', mark: 0 };
}

/** Latin letters in UTF-16 have a zero as every second byte. */
function withoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const looked = Math.min(bytes.length, 4096);
  let [even, odd] = [0, 0];
  for (let i = 0; i < looked; i++) {
    if (bytes[i] !== 0) continue;
    if (i % 2 === 0) even++;
    else odd++;
  }
  if (looked < 4 || even + odd < looked * 0.3) return undefined;
  return odd > even * 10 ? 'utf-16le' : even > odd * 10 ? 'utf-16be' : undefined;
}

function isUtf8(bytes: Uint8Array, whole: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: !whole });
    return true;
  } catch {
    return false;
  }
}

/** Of bytes that are not all UTF-8: whether most of those beyond ASCII are, so that the file is a damaged one rather than another encoding. */
function unless8(bytes: Uint8Array): Encoding {
  return isDamagedUtf8(latinOf(bytes)) ? 'utf-8' : 'windows-1252';
}

/** The same for bytes as the characters of their numbers. */
export function isDamagedUtf8(latin: string): boolean {
  const beyond = latin.match(/[\x80-\xff]/g)?.length ?? 0;
  // Two such characters beside each other are rare in any Western text.
  const whole = latin.match(/[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g) ?? [];
  return whole.join('').length > beyond / 2;
}

function latinOf(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}

/** The text of a head, without its mark. */
export function decodeHead(head: Head, declared?: string): { readonly text: string; readonly encoding?: FoundEncoding } {
  if (head.kind === 'text') return { text: head.text.replace(/^\ufeff/, '') };
  const encoding = findEncoding(head.bytes, head.whole, declared);
  return { text: decode(head.bytes.subarray(encoding.mark), encoding.name), encoding };
}

/** Decodes bytes that may end amid a character, which is left out then. */
export function decode(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === 'utf-8' || encoding === 'utf-16le' || encoding === 'utf-16be')
    return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes, { stream: true });
  const letters = lettersOf(encoding);
  let text = '';
  for (const byte of bytes) text += letters[byte] ?? '';
  return text;
}

const known = new Map<Encoding, readonly string[]>();

/** The characters of an encoding of single bytes, by byte. */
export function lettersOf(encoding: Encoding): readonly string[] {
  const letters = known.get(encoding) ?? makeLetters(encoding);
  known.set(encoding, letters);
  return letters;
}

/** 0x80 to 0x9F of Windows-1252 after the WHATWG Encoding Standard; some versions of Node decode these as Latin-1. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function makeLetters(encoding: Encoding): readonly string[] {
  return Array.from({ length: 256 }, (_, byte) => {
    if (encoding !== 'windows-1252' && encoding !== 'iso-8859-1') return new TextDecoder(encoding).decode(Uint8Array.of(byte));
    return byte >= 0x80 && byte < 0xa0 ? (windows1252[byte - 0x80] ?? '') : String.fromCharCode(byte);
  });
}
