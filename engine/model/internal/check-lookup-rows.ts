import { decodeHead } from '../files/encoding.ts';
import { shapeOf } from '../files/files-connector.ts';
import type { TableShape } from '../files/shape.ts';
import { splitRecords, type CsvRecord } from '../files/split-records.ts';
import type { Problem, Span } from '../text/problem.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { csvFiles, internalName, lookupFolder } from './internal-system.ts';

/** Rows that are named each; the last one tells how many more there are. */
const named = 10;

/** Records of a file that are looked at. */
const mostRecords = 20_000;

/** Paths of the CSV files of lookups that were looked into. */
export function lookupCsvPaths({ data }: Pick<Workspace, 'data'>): readonly string[] {
  return [...csvFiles(data.get(lookupFolder)).values()].map((name) => `${lookupFolder}/${name}`);
}

/** What is wrong with the rows of a lookup, as far as the beginning of its file shows it; places are those of its decoded text. */
export function checkLookupRows({ systems, data }: Workspace, path: string): readonly Problem[] {
  const folder = data.get(lookupFolder);
  const [table, name] = [...csvFiles(folder)].find(([, file]) => `${lookupFolder}/${file}` === path) ?? [];
  const file = name === undefined ? undefined : folder?.files.get(name);
  const system = systems.get(internalName)?.model;
  if (table === undefined || !file || !system?.files) return [];
  const { head, unreadable } = file;
  if (!head) return unreadable === undefined ? [] : [warning('files-missing', `The file cannot be read: ${unreadable}.`, start)];
  const shape = shapeOf(file, system, system.files, table);
  if (!shape)
    return [
      warning('files-missing', 'The file is empty. Its first line names the columns, such as "ID,Name"; every other one is a row.', start),
    ];
  const { text, encoding } = decodeHead(head);
  const open: Span[] = [];
  const whole = head.kind === 'text' || head.whole;
  const records = splitRecords(text, shape.format, whole, mostRecords, (offset) => open.push({ offset, length: 1 }));
  const header = records[shape.skipped - 1];
  return [
    ...(encoding?.from === 'assumed' ? [encodingProblem(encoding.name)] : []),
    ...shape.oddities.map((oddity) =>
      warning('files-header', `${capital(oddity)}. Give each column a name of its own.`, header ? spanOf(header) : start),
    ),
    ...uneven(records.slice(shape.skipped), shape),
    // The end of a long file is not here, and may well close it.
    ...(whole ? open.map((span) => warning('lookup-rows', openQuote, span)) : []),
  ];
}

const start: Span = { offset: 0, length: 1 };

const openQuote =
  'This quote is never closed, so that neither its row nor any behind it is read. Close it; a quote within a quoted cell is written twice.';

/** The same rows as a collection leaves out. */
function uneven(records: readonly CsvRecord[], { width, format }: TableShape): readonly Problem[] {
  const odd = records.filter(
    ({ cells }) => cells.some((cell) => cell !== '') && (cells.length < width || cells.slice(width).some((cell) => cell !== '')),
  );
  return odd.slice(0, named).map((record, at) => {
    const { cells } = record;
    const more = at === named - 1 && odd.length > named ? ` So are ${odd.length - named} more.` : '';
    const hint =
      cells.length > width ? ` A cell that holds ${format.delimiter === '\t' ? 'a tab' : `"${format.delimiter}"`} stands in quotes.` : '';
    return warning(
      'lookup-rows',
      `This row has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'} and the first line ${width}, so it is left out.${more}${hint}`,
      spanOf(record),
    );
  });
}

function encodingProblem(name: string): Problem {
  const message = `The file is no UTF-8 and is taken to be ${name === 'windows-1252' ? 'Windows-1252' : name.toUpperCase()}, which nothing in it proves. Save it as UTF-8.`;
  return { code: 'lookup-encoding', severity: 'info', message, span: start };
}

function spanOf({ spans }: CsvRecord): Span {
  const [first, last] = [spans[0], spans.at(-1)];
  return first && last ? { offset: first.offset, length: last.offset + last.length - first.offset } : start;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function warning(code: string, message: string, span: Span): Problem {
  return { code, severity: 'warning', message, span };
}
