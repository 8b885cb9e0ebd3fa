import { isSecretName } from '../connector/knowledge.ts';
import type { ColumnType } from '../connector/connector.ts';
import type { Value } from './value.ts';

/** A collected table, as first expectations are made of it. */
export interface DraftTable {
  readonly name: string;
  readonly rows: number;
  readonly complete: boolean;
  /** Those with a value in at least one row. */
  readonly filled: readonly { readonly name: string; readonly type: ColumnType }[];
  readonly key?: string;
  /** The column to show for a row. */
  readonly display?: string;
  /** Some rows, by column names. */
  readonly samples: readonly Readonly<Record<string, Value>>[];
}

/** Columns of a sample beside its key. */
const mostValues = 3;

/** Longer texts make no good sample. */
const longest = 60;

/** Characters of a line, as the files of a workspace are usually laid out. */
const width = 120;

/**
 * The text of a first expectations file: rows, completeness, the columns that have values, and samples. Nothing of a column that is secret by
 * its name is written. `exact`: the data does not change by itself, as in a recording; otherwise the number of rows gets some room.
 */
export function draftExpectations(tables: readonly DraftTable[], origin: string, exact: boolean): string {
  const hint = exact ? '\n  // Give "rows" some room where live runs are to pass, too.' : '';
  const entries = tables.map((table) => `    ${JSON.stringify(table.name)}: {\n${partsOf(table, exact).join(',\n')}\n    }`);
  return `{\n  // A first draft, made from ${origin.replaceAll(/\s+/g, ' ')}: keep what must stay true, remove the rest.${hint}\n  "tables": {\n${entries.join(',\n')}\n  }\n}\n`;
}

function partsOf(table: DraftTable, exact: boolean): readonly string[] {
  const { rows, complete } = table;
  const columns = table.filled.map(({ name }) => name).filter((name) => !isSecretName(name));
  const samples = table.samples.flatMap((row) => sampleOf(table, row) ?? []);
  return [
    `      "rows": ${exact ? rows : `{ "min": ${Math.floor(rows * 0.9)}, "max": ${Math.ceil(rows * 1.1)} }`}`,
    ...(complete ? ['      "complete": true'] : []),
    ...(columns.length === 0 ? [] : [`      "columns": ${listText(columns)}`]),
    ...(samples.length === 0 ? [] : [`      "samples": [\n${samples.map((sample) => `        ${sample}`).join(',\n')}\n      ]`]),
  ];
}

function listText(names: readonly string[]): string {
  const line = `[${names.map((name) => JSON.stringify(name)).join(', ')}]`;
  if (line.length + 17 <= width) return line;
  const lines: string[] = [];
  for (const name of names.map((one) => JSON.stringify(one))) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length + 2 + 9 <= width) lines[lines.length - 1] = `${last}, ${name}`;
    else lines.push(name);
  }
  return `[\n${lines.map((text) => `        ${text}`).join(',\n')}\n      ]`;
}

/** A row by its key, with a few values a person knows it by; undefined where it has no key that may be shown. */
function sampleOf({ key, display, filled }: DraftTable, row: Readonly<Record<string, Value>>): string | undefined {
  const type = filled.find(({ name }) => name === key)?.type;
  if (key === undefined || type === undefined || isSecretName(key)) return undefined;
  const where = writable(row[key] ?? null, type);
  if (where === undefined) return undefined;
  const others = filled.filter(({ name }) => name !== key && !isSecretName(name));
  const ordered = others.toSorted((a, b) => Number(b.name === display) - Number(a.name === display));
  const values = ordered
    .flatMap(({ name, type: own }) => {
      const value = writable(row[name] ?? null, own);
      return value === undefined ? [] : [`${JSON.stringify(name)}: ${value}`];
    })
    .slice(0, mostValues);
  const rest = values.length === 0 ? '' : `, "values": { ${values.join(', ')} }`;
  return `{ "where": { ${JSON.stringify(key)}: ${where} }${rest} }`;
}

/** A cell as JSON; undefined for what is empty, long, or a list. */
function writable(value: Value, type: ColumnType): string | undefined {
  if (value === null || value === '' || type === 'list') return undefined;
  if (type === 'boolean' && (value === 0 || value === 1)) return String(value === 1);
  return typeof value === 'string' && value.length > longest ? undefined : JSON.stringify(value);
}
