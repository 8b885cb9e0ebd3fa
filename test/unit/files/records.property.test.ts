import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitRecords, type CsvFormat } from '../../../engine/model/files/split-records.ts';
import { readRows, type ReadEnd } from '../../../engine/run/files/read-rows.ts';

const delimiters = fc.constantFrom(',', ';', '\t', '|');
const breaks = fc.constantFrom('\n', '\r\n', '\r');
const letters = fc.constantFrom('a', 'é', '漢', '😀', ' ', '"', ',', ';', '\t', '|', '\n', '\r', '0');
const cell = fc.string({ unit: letters, maxLength: 6 });

/** As any program writes it: quoted where it must be. */
function write(cells: readonly string[], delimiter: string): string {
  const must = (text: string): boolean => text === '' || text.includes(delimiter) || /["\r\n]/.test(text);
  return cells.map((text) => (must(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(delimiter);
}

async function stream(
  text: string,
  format: CsvFormat,
): Promise<{ readonly rows: string[][]; readonly lines: number[]; readonly end: ReadEnd['end'] }> {
  const rows: string[][] = [];
  const lines: number[] = [];
  const take = (cells: readonly string[], line: number): boolean => {
    rows.push([...cells]);
    lines.push(line);
    return true;
  };
  const { end } = await readRows({ kind: 'text', text }, 'utf-8', format, take, new AbortController().signal);
  return { rows, lines, end };
}

test('what a program writes is read back, cell by cell, by the model and by a collection', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      delimiters,
      breaks,
      async (rows, delimiter, end) => {
        const text = rows.map((cells) => write(cells, delimiter) + end).join('');
        const format = { delimiter, quote: '"' };
        expect(splitRecords(text, format, true).map(({ cells }) => [...cells])).toEqual(rows);
        expect((await stream(text, format)).rows).toEqual(rows);
      },
    ),
    { numRuns: 200 },
  );
});

test('model and collection agree on any text, however broken', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: letters, maxLength: 40 }), delimiters, fc.boolean(), async (text, delimiter, quotes) => {
      const format: CsvFormat = { delimiter, ...(quotes && { quote: '"' }) };
      const { rows } = await stream(text, format);
      expect(splitRecords(text, format, true).map(({ cells }) => [...cells])).toEqual(rows);
    }),
    { numRuns: 500 },
  );
});

test('the head of a text gives the first of its records, whole ones only', () => {
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 40 }), fc.nat(40), (text, cut) => {
      const format = { delimiter: ',', quote: '"' };
      const all = splitRecords(text, format, true).map(({ cells }) => cells);
      const head = splitRecords(text.slice(0, cut), format, false).map(({ cells }) => cells);
      // A quote that is closed only behind the cut leaves nothing of its record.
      expect(all.slice(0, head.length)).toEqual(head);
    }),
    { numRuns: 1000 },
  );
});

test('cells stand where they are said to', () => {
  const text = 'id;"full\nname";x\r\n1;"a ""b""";2';
  const [header, row] = splitRecords(text, { delimiter: ';', quote: '"' }, true);
  const shown = (record: typeof header): readonly string[] =>
    record?.spans.map(({ offset, length }) => text.slice(offset, offset + length)) ?? [];
  expect(shown(header)).toEqual(['id', '"full\nname"', 'x']);
  expect(shown(row)).toEqual(['1', '"a ""b"""', '2']);
});

test('a record is named by the line it begins in, whatever stands in its cells', async () => {
  const text = 'a,b\r\n"x\r\ny",2\r\n\r\n3,4\n"p\nq\nr",5\r6,7\n';
  expect((await stream(text, { delimiter: ',', quote: '"' })).lines).toEqual([1, 2, 5, 6, 9]);
});

test('a quote that is never closed ends the reading, and is said to', async () => {
  expect(await stream('a,b\n1,2\n3,"4\n5,6\n', { delimiter: ',', quote: '"' })).toMatchObject({
    rows: [
      ['a', 'b'],
      ['1', '2'],
    ],
    end: 'open-quote',
  });
});
