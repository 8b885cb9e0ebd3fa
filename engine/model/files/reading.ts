import type { ColumnType } from '../connector/connector.ts';
import { readDateFormat, readIsoTime, usualFormats, type ReadDate } from './date-format.ts';
import type { ColumnSetting } from './source.ts';

/** How the texts of one column are understood. */
export interface Reading {
  readonly type: ColumnType;
  readonly format?: string;
  readonly separator?: string;
  readonly decimal?: string;
  /** Of numbers that nobody declared: how all of them were written; what is written otherwise is none. */
  readonly written?: Written;
  readonly yes?: readonly string[];
  readonly no?: readonly string[];
}

/** As a program writes numbers, without zeros that say nothing; or all with so many decimals. */
export type Written = 'shortest' | number;

/** A value of a row; undefined where the text does not fit its column and stays the text it is. */
export type ReadText = (text: string) => string | number | boolean | readonly string[] | undefined;

/** What is declared for a column. */
export function declaredReading({ type, format, separator, decimal, yes, no }: ColumnSetting, tableDecimal?: string): Reading {
  const mark = decimal?.text ?? tableDecimal;
  return {
    type,
    ...(format && { format: format.text }),
    ...(separator && { separator: separator.text }),
    ...(mark !== undefined && { decimal: mark }),
    ...(yes && { yes }),
    ...(no && { no }),
  };
}

/** What the values of a sample all are. Empty ones say nothing; leading zeros and more digits than a double keeps mean text. */
export function foundReading(values: readonly string[], decimal: string | undefined): Reading {
  const filled = values.filter((value) => value.trim() !== '');
  if (filled.length === 0) return { type: 'text' };
  const all = (fits: (value: string) => boolean): boolean => filled.every(fits);
  const mark = decimal ?? '.';
  const written = all((value) => plainNumber(value, mark)) ? writtenAlike(filled, mark) : undefined;
  if (written !== undefined && !(decimal === undefined && mayBeThousands(filled)))
    return { type: 'number', written, ...(decimal !== undefined && { decimal }) };
  if (all((value) => /^(?:true|false)$/i.test(value))) return { type: 'boolean' };
  const formats = usualFormats.filter((format) => all(fitsFormat(format)));
  const [format] = formats;
  // A day that could as well be a month decides nothing.
  if (formats.length === 1 && format !== undefined) return { type: 'date', ...(format !== 'yyyy-MM-dd' && { format }) };
  return all((value) => readIsoTime(value) !== undefined) ? { type: 'datetime' } : { type: 'text' };
}

function fitsFormat(format: string): (value: string) => boolean {
  const read = readDateFormat(format, 'date');
  return (value) => read?.(value) !== undefined;
}

/** A number as a program writes it: `7`, `-0.5`; not `007`, which is a name made of digits. */
function plainNumber(value: string, decimal: string): boolean {
  const text = decimal === '.' ? value : value.includes('.') ? '' : value.replace(decimal, '.');
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= 15;
}

/** How numbers are written, where no two texts can be the same number: else `1.1` and `1.10` would become one. */
function writtenAlike(values: readonly string[], mark: string): Written | undefined {
  const decimals = new Set(values.map((value) => decimalsOf(value, mark)));
  const [only = 0] = decimals;
  if (values.every((value) => isShortest(value, mark))) return 'shortest';
  return decimals.size === 1 && only > 0 ? only : undefined;
}

function decimalsOf(value: string, mark: string): number {
  const at = value.indexOf(mark);
  return at < 0 ? 0 : value.length - at - mark.length;
}

function isShortest(value: string, mark: string): boolean {
  return value !== '-0' && !(value.includes(mark) && value.endsWith('0'));
}

/** `1.234` alone may be a little more than one, or a little more than a thousand: as with a day that could be a month, that decides nothing. */
function mayBeThousands(values: readonly string[]): boolean {
  return values.some((value) => value.includes('.')) && values.every((value) => /^-?[1-9]\d{0,2}(?:\.\d{3})?$|^0$/.test(value));
}

/** The function that reads the texts of a column. Blanks around a value count only in texts. */
export function readerOf(reading: Reading): ReadText {
  switch (reading.type) {
    case 'text':
      return (text) => text;
    case 'number':
      return reading.written === undefined ? numberReader(reading.decimal ?? '.') : exactReader(reading.decimal ?? '.', reading.written);
    case 'boolean': {
      const fold = (texts: readonly string[]): ReadonlySet<string> => new Set(texts.map((text) => text.trim().toLowerCase()));
      const yes = fold(reading.yes ?? ['true', '1', 'yes', 'y']);
      const no = fold(reading.no ?? ['false', '0', 'no', 'n']);
      return (text) => {
        const folded = text.trim().toLowerCase();
        return yes.has(folded) ? true : no.has(folded) ? false : undefined;
      };
    }
    case 'date':
    case 'datetime':
      return dateReader(reading.type, reading.format);
    case 'list': {
      const separator = reading.separator ?? ',';
      return (text) =>
        text
          .split(separator)
          .map((value) => value.trim())
          .filter((value) => value !== '');
    }
  }
}

function numberReader(decimal: string): ReadText {
  return (text) => {
    const trimmed = text.trim();
    const plain = decimal === '.' ? trimmed : trimmed.includes('.') ? '' : trimmed.replace(decimal, '.');
    if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(plain)) return undefined;
    // More digits than a double keeps would be another number.
    const digits = plain
      .replace(/[eE].*$/, '')
      .replace(/\D/g, '')
      .replace(/^0+/, '');
    if (digits.length > 15) return /^\d+$/.test(plain) ? plain.replace(/^0+(?=\d)/, '') : trimmed;
    const number = Number(plain);
    return Number.isFinite(number) ? number : undefined;
  };
}

/** Numbers that are written as those they were found by; whole ones of any length, which stay text. */
function exactReader(decimal: string, written: Written): ReadText {
  const read = numberReader(decimal);
  return (text) => {
    if (/^-?[1-9]\d{15,}$/.test(text)) return text;
    const isAlike = written === 'shortest' ? isShortest(text, decimal) : decimalsOf(text, decimal) === written;
    return isAlike && plainNumber(text, decimal) ? read(text) : undefined;
  };
}

function dateReader(type: 'date' | 'datetime', format: string | undefined): ReadText {
  const read: ReadDate | undefined =
    format === undefined ? (type === 'date' ? readDateFormat('yyyy-MM-dd', 'date') : readIsoTime) : readDateFormat(format, type);
  return (text) => read?.(text);
}
