import { replace, type Fault } from './fault.ts';

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const keywords = ['true', 'false', 'null'];

/** Words that other languages have for what JSON calls null, or does not have. */
const absent = /^(?:none|nil|undefined|nan|[+-]?infinity)$/i;

/** A word that is JSON as it stands. */
export function isLiteral(word: string): boolean {
  return keywords.includes(word) || jsonNumber.test(word);
}

/** What to say of a word where a value belongs. It is no literal of JSON. */
export function checkWord(text: string, offset: number, end: number): Fault {
  const word = text.slice(offset, end);
  const say = (message: string, ...written: readonly string[]): Fault => ({
    offset,
    length: end - offset,
    message,
    fixes: written.map((one) => replace(one.startsWith('"') ? 'Put it in double quotes' : `Write ${one}`, offset, end, one)),
  });
  const quoted = JSON.stringify(word);
  const lower = word.toLowerCase();
  if (keywords.includes(lower)) return say(`JSON writes ${lower} in small letters.`, lower);
  if (absent.test(word)) return say(`JSON has no ${word}. Write null, or leave the property out.`, 'null');
  const meant = keywords.find((keyword) => isSlip(lower, keyword));
  if (meant !== undefined) return say(`This is not a JSON value. Did you mean ${meant}? Text needs double quotes.`, meant, quoted);
  if (/^[+-]?[.\d]/.test(word)) return checkNumber(word, say, quoted);
  if (/^[+-]$/.test(word)) return { ...say('This number is not finished.'), fixes: [] };
  return say('This is not a JSON value. Text needs double quotes.', quoted);
}

/** Half typed, or with two letters swapped. */
function isSlip(word: string, keyword: string): boolean {
  if (word.length < 2) return false;
  const sorted = (letters: string): string => letters.split('').sort().join('');
  return keyword.startsWith(word) || (word.length === keyword.length && sorted(word) === sorted(keyword));
}

function checkNumber(word: string, say: (message: string, ...written: readonly string[]) => Fault, quoted: string): Fault {
  if (/^[+-]?0x[\da-f]+$/i.test(word)) {
    const value = Number(word.replace(/^[+-]/, '')) * (word.startsWith('-') ? -1 : 1);
    const message = 'JSON has no hexadecimal numbers. Write the number in decimal digits.';
    return Number.isSafeInteger(value) ? say(message, String(value)) : { ...say(message), fixes: [] };
  }
  if (/^[+-]?\d+(?:\.\d+)?e[+-]?$/i.test(word)) return { ...say('This number is not finished: digits belong behind its e.'), fixes: [] };
  const plain = word
    .replace(/^\+/, '')
    .replace(/(\d)_(?=\d)/g, '$1')
    .replace(/^(-?)0+(?=\d)/, '$1')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.(?=$|e)/i, '');
  if (!jsonNumber.test(plain)) return say('This is not a number. If it is text, put it in double quotes.', quoted);
  if (word.startsWith('+')) return say('A number has no plus sign in JSON.', plain);
  if (word.includes('_')) return say('A number has no underscores in JSON.', plain);
  if (/^-?0\d/.test(word)) return say('A number does not begin with a zero in JSON. If the zero counts, it is text.', plain, quoted);
  if (/^-?\./.test(word)) return say('A number needs a digit before its point.', plain);
  return say('A number needs a digit behind its point.', plain);
}
