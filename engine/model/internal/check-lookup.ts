import type { DataFile } from '../files/data-folder.ts';
import { checkData } from '../files/check-data.ts';
import { checkColumns } from '../files/check-source.ts';
import { shapeOf } from '../files/files-connector.ts';
import { foldName } from '../files/header.ts';
import { readerOf } from '../files/reading.ts';
import type { ShapeColumn, TableShape } from '../files/shape.ts';
import type { System } from '../system/system.ts';
import { didYouMean, nearest } from '../text/nearest.ts';
import type { Problem, Span } from '../text/problem.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { builtInTable, builtInTables } from './built-in.ts';
import { csvFiles, internalName, isImplied, lookupFolder } from './internal-system.ts';
import type { Lookup } from './lookup.ts';
import { sampleRows, type SampleRow } from './sample-rows.ts';

/** A row of a file that is not as the lookup says; only so many are named. */
const named = 3;

const start: Span = { offset: 0, length: 1 };

/** What is wrong between a lookup and its rows, as far as the beginning of the CSV file shows it. Nothing where nobody looked into the folder. */
export function checkLookup(workspace: Workspace, name: string): readonly Problem[] {
  const lookup = workspace.lookups.get(name)?.model;
  const system = workspace.systems.get(internalName)?.model;
  const folder = workspace.data.get(lookupFolder);
  if (!lookup || !system?.files) return [];
  const own = [...checkColumns(lookup.columns), ...checkAuto(lookup), ...clash(name, workspace, start)];
  if (folder?.state !== 'read') return own;
  const csv = csvFiles(folder).get(name);
  const file = csv === undefined ? undefined : folder.files.get(csv);
  if (!file) {
    const message = `There is no ${lookupFolder}/${name}.csv, which holds the rows of this table. Add it, with a first line that names the columns.`;
    return builtInTable(name) ? own : [...own, warning('files-missing', message, start)];
  }
  const shape = shapeOf(file, system, system.files, name);
  if (!shape) return own;
  const path = `${lookupFolder}/${file.name}`;
  return [...own, ...checkNames(lookup, shape, path), ...checkRows(lookup, shape, sample(file, system, name, shape), path)];
}

/** What `systems/internal.json` has wrong with its tables, beside the names in it. */
export function checkInternal(system: System, workspace: Workspace): readonly Problem[] {
  const folder = workspace.data.get(lookupFolder);
  const written = system.tables.filter(({ name }) => !isImplied(name));
  const clashes = written.flatMap(({ name }) => clash(name.text, workspace, name.span));
  const data = system.files && folder?.state === 'read' ? checkData({ ...system, tables: written }, system.files, folder) : [];
  return [...clashes, ...data];
}

function sample(file: DataFile, system: System, name: string, shape: TableShape): readonly SampleRow[] {
  return system.files ? sampleRows(file, system.files, name, shape) : [];
}

/** The vault cannot keep two tables whose names differ in case alone. */
function clash(name: string, { systems }: Workspace, span: Span): readonly Problem[] {
  const tables = systems.get(internalName)?.model.tables.map((table) => table.name.text) ?? [];
  const others = [...new Set([...tables, ...builtInTables.map((table) => table.name)])];
  const other = others.find((one) => one !== name && foldName(one) === foldName(name));
  if (other === undefined) return [];
  const message = `"${name}" and "${other}" are tables of the internal system whose names differ only in the case of their letters: the vault can keep one of them. Rename one.`;
  return [{ code: 'table-name-clash', severity: 'error', message, span }];
}

function checkAuto({ columns }: Lookup): readonly Problem[] {
  return columns.flatMap(({ misplacedAuto, type, name }): readonly Problem[] => {
    const message = `Only numbers and texts can be "auto": "${name.text}" is ${type === 'list' ? 'a list' : `a ${type}`}.`;
    return misplacedAuto ? [{ code: 'wrong-value', severity: 'error', message, span: misplacedAuto }] : [];
  });
}

function checkNames(lookup: Lookup, shape: TableShape, path: string): readonly Problem[] {
  const header = shape.columns.slice(0, shape.width).map(({ name }) => name);
  const missing = lookup.columns.filter(({ name, auto }) => !auto && !header.includes(name.text));
  return missing.map(({ name }): Problem => {
    const match = nearest(name.text, header);
    const message = `${path} has no column "${name.text}", so it is empty in every row.${didYouMean(name.text, header)}`;
    const fixes = match === undefined ? [] : [{ title: `Change to "${match}"`, span: name.span, text: JSON.stringify(match) }];
    return { ...warning('lookup-column', message, name.span), ...(fixes.length > 0 && { fixes }) };
  });
}

function checkRows(lookup: Lookup, shape: TableShape, rows: readonly SampleRow[], path: string): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { name, type } of lookup.columns) {
    const index = inFile(shape, name.text);
    const column = shape.columns[index];
    if (!column) continue;
    const odd = misfits(column, index, rows);
    const [first] = odd;
    if (!first) continue;
    const more = odd.length > 1 ? ` So are ${odd.length - 1} more.` : '';
    const message = `${path}, line ${first.line}: "${first.cells[index] ?? ''}" in "${name.text}" is no ${words[type]}.${more} Mend the row, or the type.`;
    problems.push(warning('lookup-value', message, name.span));
  }
  const { key } = lookup;
  const at = key ? inFile(shape, key.text) : -1;
  if (!key || at < 0) return problems;
  const repeated = repeats(rows, at);
  if (repeated.length > 0) {
    const shown = repeated.slice(0, named).map(({ value, lines }) => `"${value}" (lines ${lines.slice(0, named).join(', ')})`);
    const rest = repeated.length > named ? ` and ${repeated.length - named} more` : '';
    const message = `${path} has several rows with the same key "${key.text}": ${shown.join(', ')}${rest}. A key tells the rows apart: mend the rows, or choose another one.`;
    problems.push(warning('lookup-key-repeated', message, key.span));
  }
  return problems;
}

const words = {
  text: 'text',
  number: 'number',
  boolean: 'truth value (true or false)',
  date: 'date',
  datetime: 'point in time',
  list: 'list',
} as const;

function inFile(shape: TableShape, name: string): number {
  return shape.columns.slice(0, shape.width).findIndex((column) => column.name === name);
}

function misfits({ reading }: ShapeColumn, index: number, rows: readonly SampleRow[]): readonly SampleRow[] {
  const read = readerOf(reading);
  return rows.filter(({ cells }) => {
    const text = cells[index] ?? '';
    return text !== '' && read(text) === undefined;
  });
}

/** Values that stand in several rows; an empty cell is no value. */
function repeats(rows: readonly SampleRow[], index: number): readonly { readonly value: string; readonly lines: readonly number[] }[] {
  const seen = new Map<string, number[]>();
  for (const { cells, line } of rows) {
    const value = cells[index] ?? '';
    if (value === '') continue;
    const lines = seen.get(value);
    if (lines) lines.push(line);
    else seen.set(value, [line]);
  }
  return [...seen].flatMap(([value, lines]) => (lines.length > 1 ? [{ value, lines }] : []));
}

function warning(code: string, message: string, span: Span): Problem {
  return { code, severity: 'warning', message, span };
}
