import { decodeHead, type FoundEncoding } from './encoding.ts';
import type { Head } from './data-folder.ts';
import { findDelimiter } from './delimiter.ts';
import { foldName, namesOf } from './header.ts';
import { declaredReading, foundReading, type Reading } from './reading.ts';
import { formatOf, type FilesSource, type TableSource } from './source.ts';
import { splitRecords, type CsvFormat, type CsvRecord } from './split-records.ts';
import type { Span } from '../text/problem.ts';

/** One column of a file. */
export interface ShapeColumn {
  readonly name: string;
  /** Its cell in the header; of a file without one, the start. */
  readonly span: Span;
  readonly reading: Reading;
  /** A row without a value is given one. */
  readonly auto?: true;
  /** Its values are secrets and are not read. */
  readonly secret?: true;
}

/** Something that an author's words and the file do not agree on. */
export interface Disagreement {
  readonly about: 'encoding' | 'delimiter' | 'names';
  readonly message: string;
}

/** How a file is to be read, as declared and as found out from its head. */
export interface TableShape {
  /** Absent for the text of an editor. */
  readonly encoding?: FoundEncoding;
  readonly format: CsvFormat;
  /** Records before the first row. */
  readonly skipped: number;
  readonly columns: readonly ShapeColumn[];
  /** Cells of a record: the columns that come behind have none. */
  readonly width: number;
  /** What nobody declared and nothing proves, in words. */
  readonly assumed: readonly string[];
  /** What is odd about the header, in words. */
  readonly oddities: readonly string[];
  readonly disagreements: readonly Disagreement[];
}

/**
 * Reads the head of a file. `asText`: columns that rows are found and joined by, which stay text unless declared otherwise. Undefined for a file
 * that has nothing in it to name columns by.
 */
export function readShape(
  head: Head,
  source: FilesSource,
  table: TableSource | undefined,
  asText: ReadonlySet<string> = new Set(),
): TableShape | undefined {
  const declared = formatOf(source, table);
  const { text, encoding } = decodeHead(head, declared.encoding?.text);
  const whole = head.kind === 'text' || head.whole;
  const quote = declared.quote === undefined ? '"' : declared.quote.text;
  const quoted = quote === '' ? undefined : quote;
  // Excel's own note about the delimiter, on a line before the header.
  const note = /^"?sep=(.)"?\r?\n/.exec(text)?.[1];
  const found = note === undefined ? findDelimiter(text, quoted, whole) : { delimiter: note, sure: true };
  const delimiter = declared.delimiter?.text ?? found.delimiter;
  const format: CsvFormat = { delimiter, ...(quoted !== undefined && { quote: quoted }) };
  const records = splitRecords(text, format, whole).slice(note === undefined ? 0 : 1);
  const hasHeader = declared.header?.value ?? true;
  const first = records[0];
  const rows = hasHeader ? records.slice(1) : records;
  const written = hasHeader ? first && withoutTail(first, rows) : undefined;
  const given = hasHeader ? undefined : table?.names?.map(({ text: name }) => name);
  const width = written?.length ?? given?.length ?? commonWidth(rows);
  const { names, oddities } = written || given ? namesOf(written ?? given ?? []) : { names: numbered(width), oddities: [] };
  if (names.length === 0) return undefined;
  const settings = new Map((table?.columns ?? []).map((column) => [column.name.text, column]));
  const fitting = rows.filter(({ cells }) => cells.length >= names.length);
  const inFile = names.map((name, index): ShapeColumn => {
    const setting = settings.get(name);
    const decimal = declared.decimal?.text;
    const values = (): readonly string[] => fitting.map(({ cells }) => cells[index] ?? '');
    const reading = setting ? declaredReading(setting, decimal) : asText.has(name) ? plainText : foundReading(values(), decimal);
    const secret = table?.secret?.has(name) === true;
    return {
      name,
      span: (hasHeader && first?.spans[index]) || start,
      reading,
      ...(setting?.auto && { auto: true }),
      ...(secret && { secret }),
    };
  });
  const taken = new Set(names.map(foldName));
  return {
    ...(encoding && { encoding }),
    format,
    skipped: (note === undefined ? 0 : 1) + (hasHeader ? 1 : 0),
    columns: [...inFile, ...columnsAlways(table, (name) => !taken.has(foldName(name)))],
    width: inFile.length,
    assumed: [
      ...(encoding?.from === 'assumed' ? [assumedEncoding(encoding)] : []),
      ...(declared.delimiter === undefined && !found.sure
        ? [`The cells are taken to be divided by ${shown(delimiter)}. Say "delimiter" if that is wrong.`]
        : []),
    ],
    oddities: declared.header === undefined && written ? [...oddities, ...looksLikeRow(written)] : oddities,
    disagreements: disagreements(encoding, declared.delimiter?.text, found, first, hasHeader ? table?.names : undefined),
  };
}

const plainText: Reading = { type: 'text' };
const start: Span = { offset: 0, length: 0 };

/** A table of these columns whose file is not there. */
export function emptyShape(columns: readonly ShapeColumn[]): TableShape {
  return { format: { delimiter: ',' }, skipped: 0, columns, width: 0, assumed: [], oddities: [], disagreements: [] };
}

/** The columns that a table has whatever its file holds; `wanted` says which. */
export function columnsAlways(table: TableSource | undefined, wanted: (name: string) => boolean = () => true): readonly ShapeColumn[] {
  const always = (table?.columns ?? []).filter(({ name }) => table?.always?.has(name.text) === true && wanted(name.text));
  return always.map((setting) => ({
    name: setting.name.text,
    span: start,
    reading: declaredReading(setting),
    ...(setting.auto && { auto: true }),
    ...(table?.secret?.has(setting.name.text) && { secret: true }),
  }));
}

/** A header that ends with a delimiter, as do the rows, names no further column. */
function withoutTail(header: CsvRecord, rows: readonly CsvRecord[]): readonly string[] {
  const { cells } = header;
  const last = cells.length - 1;
  const isTail = last > 0 && cells[last]?.trim() === '' && rows.every((row) => (row.cells[last] ?? '') === '');
  return isTail ? cells.slice(0, -1) : cells;
}

/** What no column is called: without a header, the first row would be lost to its names. */
function looksLikeRow(header: readonly string[]): readonly string[] {
  const first = header.find(
    (cell, index) => /^[^\s@]+@[^\s@]+$/.test(cell.trim()) || (index === 0 && /^\d+$|^\d{4}-\d\d-\d\d/.test(cell.trim())),
  );
  return first === undefined
    ? []
    : [`the first line is read as a header, but "${first.trim().slice(0, 60)}" looks like a value: say "header": false if it is a row`];
}

function numbered(width: number): readonly string[] {
  return Array.from({ length: width }, (_, index) => `column${index + 1}`);
}

/** How many cells most records have. */
function commonWidth(rows: readonly CsvRecord[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

/** A delimiter as a person can see it. */
export function shown(delimiter: string): string {
  return delimiter === '\t' ? 'tabs' : `"${delimiter}"`;
}

function assumedEncoding({ name }: FoundEncoding): string {
  return name === 'windows-1252'
    ? 'The file is not UTF-8 and is taken to be Windows-1252. Say "encoding" if that is wrong.'
    : `The file is taken to be ${name.toUpperCase()}, although nothing at its start says so. Say "encoding" if that is wrong.`;
}

function disagreements(
  encoding: FoundEncoding | undefined,
  declared: string | undefined,
  found: { readonly delimiter: string; readonly sure: boolean },
  first: CsvRecord | undefined,
  names: readonly unknown[] | undefined,
): readonly Disagreement[] {
  const { name = '', but } = encoding ?? {};
  const why = name === 'utf-8' ? 'but has bytes that are not UTF-8' : `but begins with the mark of ${but ?? ''}`;
  const single = first !== undefined && first.cells.length === 1 && found.sure && found.delimiter !== declared;
  return [
    ...(but === undefined ? [] : [{ about: 'encoding' as const, message: `is said to be ${name}, ${why}` }]),
    ...(declared !== undefined && single
      ? [
          {
            about: 'delimiter' as const,
            message: `is said to divide its cells by ${shown(declared)}, which its first line does not have; ${shown(found.delimiter)} divides every line alike`,
          },
        ]
      : []),
    ...(names === undefined ? [] : [{ about: 'names' as const, message: 'is given column names, but its first line is read as a header' }]),
  ];
}
