import { replace, type Fault } from './fault.ts';

const names: Readonly<Record<number, string>> = {
  0x0b: 'a vertical tab',
  0x0c: 'a form feed',
  0xa0: 'a no-break space',
  0xad: 'a soft hyphen',
  0x200b: 'a zero-width space',
  0x200c: 'a zero-width non-joiner',
  0x200d: 'a zero-width joiner',
  0x200e: 'a left-to-right mark',
  0x200f: 'a right-to-left mark',
  0x2028: 'a line separator',
  0x2029: 'a paragraph separator',
  0x202f: 'a narrow no-break space',
  0x2060: 'a word joiner',
  0x3000: 'an ideographic space',
  0xfeff: 'a byte order mark',
};

const invisible = /[\p{Cc}\p{Cf}\p{Z}]/u;
const spaces = /^\p{Z}+$/u;

/** A unit that shows nothing and is none of the four that JSON takes for a space. */
export function isInvisible(unit: number): boolean {
  if (unit === 32 || unit === 9 || unit === 10 || unit === 13) return false;
  if (unit < 127) return unit < 32;
  return invisible.test(String.fromCharCode(unit));
}

/** What is wrong with a run of invisible characters, and where it ends. */
export function checkInvisible(text: string, offset: number): { readonly end: number; readonly fault: Fault } {
  let end = offset + 1;
  while (end < text.length && isInvisible(text.charCodeAt(end))) end++;
  const code = text.charCodeAt(offset);
  const run = text.slice(offset, end);
  const name = names[code] ?? (spaces.test(run) ? 'an unusual space' : code < 32 ? 'a control character' : 'an invisible character');
  const shown = `${name} (U+${code.toString(16).toUpperCase().padStart(4, '0')})`;
  const message = `Here is ${shown}, which JSON does not allow outside text. Remove it.`;
  // Spaces were meant as such: an indentation stays one.
  const fix = spaces.test(run)
    ? replace('Write an ordinary space instead', offset, end, ' '.repeat(run.length))
    : replace('Remove the invisible character', offset, end, '');
  return { end, fault: { offset, length: end - offset, message, fixes: [fix] } };
}
