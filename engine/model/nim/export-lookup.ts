import { parseJson, propertiesOf, childOf, stringOf } from '../text/json.ts';
import { readCsv } from './csv.ts';
import { recordsOf, textOf, valueOf, type JsonRecord } from './json-value.ts';

const numbers: Readonly<Record<string, number>> = { number: 1, boolean: 2 };

/** A lookup table from its two files; `original` tells how NIM wrote its rows. */
export function exportLookup(name: string, json: string | undefined, csv: string, original: JsonRecord | undefined): JsonRecord {
  const { root } = parseJson(json ?? '{}', { strict: false });
  const settings = new Map(
    propertiesOf(childOf(root, 'columns')).map(({ name: column, value }) => {
      const auto = childOf(value, 'auto');
      return [
        column.text,
        { type: (stringOf(value) ?? stringOf(childOf(value, 'type')))?.text ?? 'text', auto: auto?.value === true },
      ] as const;
    }),
  );
  const [header = [], ...lines] = readCsv(csv);
  const columns = [...new Set([...header, ...settings.keys()])];
  const known = new Map(recordsOf(original ?? {}, 'columns').map((column) => [textOf(column, 'name'), column] as const));
  const rows = original ? valueOf(original, 'rows') : undefined;
  const inLists = Array.isArray(rows) && Array.isArray(rows[0]);
  const cell = (line: readonly string[], column: string): unknown => {
    const text = line[header.indexOf(column)] ?? '';
    const type = settings.get(column)?.type;
    if (type === 'boolean') return text === '' ? null : /^(?:true|yes|y|1)$/i.test(text);
    if (type === 'number') return text === '' || Number.isNaN(Number(text)) ? null : Number(text);
    return text;
  };
  return {
    name,
    columns: columns.map((column) => ({
      name: column,
      type: numbers[settings.get(column)?.type ?? 'text'] ?? 0,
      auto: settings.get(column)?.auto ?? false,
      ...known.get(column),
    })),
    rows: lines.map((line) =>
      inLists ? columns.map((column) => cell(line, column)) : Object.fromEntries(columns.map((column) => [column, cell(line, column)])),
    ),
    rows_storage_disabled: original ? (valueOf(original, 'rows_storage_disabled') ?? false) : false,
  };
}
