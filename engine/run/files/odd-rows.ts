import type { CsvFormat } from '../../model/files/split-records.ts';

/** Lines that are named of one kind. */
const named = 5;

/** What keeps a record from being a row. */
export type Oddity = 'few' | 'many' | 'nul' | 'quote';

const words: Readonly<Record<Oddity, readonly [one: string, more: string]>> = {
  few: ['row has fewer cells than the table has columns and was', 'rows have fewer cells than the table has columns and were'],
  many: ['row has more cells than the table has columns and was', 'rows have more cells than the table has columns and were'],
  quote: [
    'row has a cell with what looks like rows of their own (a quote before them may not be closed) and was',
    'rows have cells with what looks like rows of their own (quotes before them may not be closed) and were',
  ],
  nul: ['row holds null characters and was', 'rows hold null characters and were'],
};

/**
 * Finds cells that took in rows: a quote that nobody closed ends only at the next quoted cell, whose opening quote then stands within, behind a
 * delimiter or, alone, at the start of a line. Text of several lines may hold quotes, but hardly there.
 */
export function swallowsRows({ delimiter, quote }: CsvFormat): (cell: string) => boolean {
  if (quote === undefined) return () => false;
  return (cell) => {
    if (!cell.includes(quote)) return false;
    const line = cell.search(/[\r\n]/);
    if (line < 0) return false;
    const isOdd = cell.split(quote).length % 2 === 0;
    return cell.includes(delimiter + quote, line) || (isOdd && ['\n', '\r'].some((end) => cell.includes(end + quote, line)));
  };
}

/** Counts records that are no rows of the table, and remembers where the first ones are. */
export interface OddRows {
  note(oddity: Oddity, line: number): void;
  /** One sentence a kind. */
  sentences(): readonly string[];
}

export function createOddRows(): OddRows {
  const found = new Map<Oddity, { count: number; readonly lines: number[] }>();
  return {
    note(oddity, line) {
      const entry = found.get(oddity) ?? { count: 0, lines: [] };
      found.set(oddity, entry);
      entry.count++;
      if (entry.lines.length < named) entry.lines.push(line);
    },
    sentences: () =>
      [...found].map(([oddity, { count, lines }]) => {
        const [one, more] = words[oddity];
        const rest = count > lines.length ? ', …' : '';
        return `${count} ${count === 1 ? one : more} left out (${count === 1 ? 'line' : 'lines'} ${lines.join(', ')}${rest}).`;
      }),
  };
}
