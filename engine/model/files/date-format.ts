/** Turns the text of a date into ISO 8601: `yyyy-MM-dd`, or `yyyy-MM-ddTHH:mm:ss`; undefined for a text that is none. */
export type ReadDate = (text: string) => string | undefined;

const tokens: Readonly<Record<string, readonly [part: Part, pattern: string]>> = {
  yyyy: ['year', String.raw`(\d{4})`],
  MM: ['month', String.raw`(\d{2})`],
  M: ['month', String.raw`(\d{1,2})`],
  dd: ['day', String.raw`(\d{2})`],
  d: ['day', String.raw`(\d{1,2})`],
  HH: ['hour', String.raw`(\d{2})`],
  H: ['hour', String.raw`(\d{1,2})`],
  mm: ['minute', String.raw`(\d{2})`],
  ss: ['second', String.raw`(\d{2})`],
  SSS: ['fraction', String.raw`(\d{3})`],
};

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction';

/** Reads a format such as `dd-MM-yyyy HH:mm`; undefined for one that does not name year, month and day. */
export function readDateFormat(format: string, type: 'date' | 'datetime'): ReadDate | undefined {
  const order: Part[] = [];
  const pattern = format
    .split(/(yyyy|MM?|dd?|HH?|mm|ss|SSS)/)
    .map((piece) => {
      const token = Object.hasOwn(tokens, piece) ? tokens[piece] : undefined;
      if (token) order.push(token[0]);
      return token?.[1] ?? piece.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
    })
    .join('');
  const whole = (['year', 'month', 'day'] as const).every((part) => order.includes(part));
  // Letters that are left would be taken literally, which is never what `YYYY` or `MMM` means.
  const strange = /\p{L}/u.test(format.replace(/yyyy|MM?|dd?|HH?|mm|ss|SSS/g, '').replaceAll(/[TZ]/g, ''));
  if (!whole || strange || new Set(order).size !== order.length) return undefined;
  const expression = new RegExp(`^${pattern}$`, 'u');
  return (text) => {
    const match = expression.exec(text.trim());
    if (!match) return undefined;
    const part = (wanted: Part): string => match[order.indexOf(wanted) + 1] ?? '';
    const of = (wanted: Part): string => (order.includes(wanted) ? part(wanted) : '0').padStart(2, '0');
    const day = `${part('year')}-${of('month')}-${of('day')}`;
    if (!isDay(day)) return undefined;
    if (type === 'date') return day;
    if (Number(of('hour')) > 23 || Number(of('minute')) > 59 || Number(of('second')) > 59) return undefined;
    return `${day}T${of('hour')}:${of('minute')}:${of('second')}${order.includes('fraction') ? `.${part('fraction')}` : ''}`;
  };
}

/** A point in time after ISO 8601, with or without its zone; a blank may stand for the `T`. */
export const readIsoTime: ReadDate = (text) => {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(:\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(text.trim());
  if (!match || !isDay(match[1] ?? '') || Number(match[2]) > 23 || Number(match[3]) > 59) return undefined;
  return `${match[1] ?? ''}T${match[2] ?? ''}:${match[3] ?? ''}${match[4] ?? ':00'}${match[5] ?? ''}`;
};

/** Formats that are looked for, in order. */
export const usualFormats = ['yyyy-MM-dd', 'dd-MM-yyyy', 'dd.MM.yyyy', 'yyyy/MM/dd', 'dd/MM/yyyy', 'MM/dd/yyyy'] as const;

const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a `yyyy-MM-dd` is in the calendar. */
function isDay(day: string): boolean {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const number = Number(day.slice(8));
  if (month === 2 && number === 29) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return number >= 1 && number <= (longestMonths[month - 1] ?? 0);
}
