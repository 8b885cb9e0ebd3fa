/** Lines that are named of one kind. */
const named = 5;

/** What keeps a record from being a row. */
export type Oddity = 'few' | 'many' | 'nul';

const words: Readonly<Record<Oddity, readonly [one: string, more: string]>> = {
  few: ['row has fewer cells than the table has columns and was', 'rows have fewer cells than the table has columns and were'],
  many: ['row has more cells than the table has columns and was', 'rows have more cells than the table has columns and were'],
  nul: ['row holds null characters and was', 'rows hold null characters and were'],
};

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
