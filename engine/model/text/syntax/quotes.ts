import { replace, type Fault } from './fault.ts';

/** Signs that a person or a word processor writes where JSON wants a straight double quote; each family closes itself. */
const families = ["'‘’‚‛", '`´', '“”„‟″＂«»'];

/** Nobody writes a longer text in one line. */
export const longestForeign = 4000;

const behind = /[ \t]*(?:[,:;}\]\r\n]|$)/y;

/** The signs that may close a text that is opened by this one; undefined for any other sign. */
export function familyOf(sign: string): string | undefined {
  return families.find((family) => family.includes(sign));
}

/**
 * Where the text in foreign quotes ends that begins at `offset`; undefined where nothing before `stop` closes it. A straight double quote closes
 * it too, if it is the first one.
 */
export function foreignEnd(text: string, offset: number, family: string, stop: number): number | undefined {
  let straight: number | undefined;
  for (let at = offset + 1; at < stop; at++) {
    const sign = text[at] ?? '';
    if (sign === '\\') at++;
    else if (sign === '"') straight ??= at;
    else if (family.includes(sign) && isEnd(text, at + 1)) return at + 1;
  }
  return straight !== undefined && isEnd(text, straight + 1) ? straight + 1 : undefined;
}

function isEnd(text: string, offset: number): boolean {
  behind.lastIndex = offset;
  return behind.test(text);
}

/** What is wrong with a text in foreign quotes: only its quotes. */
export function checkForeign(text: string, offset: number, end: number): Fault {
  const inner = text
    .slice(offset + 1, end - 1)
    .replace(/\\[^]|"/g, (found) => (found === '"' ? '\\"' : found === "\\'" || found === '\\`' ? found.slice(1) : found));
  const message = `JSON writes text and names in straight double quotes ("), not in ${text[offset] ?? ''} and ${text[end - 1] ?? ''}.`;
  return { offset, length: end - offset, message, fixes: [replace('Write double quotes', offset, end, `"${inner}"`)] };
}
