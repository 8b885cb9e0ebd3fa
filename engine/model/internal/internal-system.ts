import type { ColumnType } from '../connector/connector.ts';
import { isDataFile, stemOf } from '../files/choose-file.ts';
import type { DataFolder } from '../files/data-folder.ts';
import { foldName } from '../files/header.ts';
import type { ColumnSetting, FilesSource, TableSource } from '../files/source.ts';
import type { System, SystemTable } from '../system/system.ts';
import type { Name } from '../text/problem.ts';
import { builtInTables, type BuiltInTable } from './built-in.ts';
import type { Lookup } from './lookup.ts';

/** What NIM calls the system of its own users, groups and lookup tables. */
export const internalName = 'internal';

/** Where the files of its tables lie. */
export const lookupFolder = 'lookups';

/**
 * The internal system: a folder of files to everything else. Its tables are those of `systems/internal.json`, a lookup table for every CSV or
 * JSON file in `lookups/`, and NIM's own. What a file of the author says comes before what a lookup says, and that before what NIM has. What
 * nobody wrote stands at the start of the file, as names that are absent do.
 */
export function internalSystem(own: System | undefined, lookups: ReadonlyMap<string, Lookup>, folder: DataFolder | undefined): System {
  const csv = csvFiles(folder);
  const lookupNames = [...new Set([...lookups.keys(), ...csv.keys()])].sort();
  const taken = new Set(lookupNames.map(foldName));
  const builtIn = builtInTables.filter(({ name }) => lookupNames.includes(name) || !taken.has(foldName(name)));
  const written = own?.tables ?? [];
  const names = [...new Set([...written.map(({ name }) => name.text), ...lookupNames, ...builtIn.map(({ name }) => name)])];
  const builtInOf = (name: string): BuiltInTable | undefined => builtIn.find((table) => table.name === name);
  const fieldsOf = (name: string): SystemTable['fields'] => written.find((table) => table.name.text === name)?.fields;
  const source: FilesSource = {
    folder: implied(lookupFolder),
    tables: names
      .filter((name) => lookupNames.includes(name) || builtInOf(name))
      .map((name) => tableSource(name, lookups.get(name), builtInOf(name), csv.get(name), fieldsOf(name))),
  };
  const base: System = own ?? {
    name: internalName,
    connector: implied(''),
    connection: new Map(),
    allowedHosts: [],
    tables: [],
  };
  return {
    ...base,
    connector: implied(''),
    files: source,
    tables: names.map((name) =>
      systemTable(
        name,
        written.find((table) => table.name.text === name),
        lookups.get(name),
        builtInOf(name),
      ),
    ),
  };
}

/** The CSV files of the folder by the table each is. */
export function csvFiles(folder: DataFolder | undefined): ReadonlyMap<string, string> {
  const files = [...(folder?.files.keys() ?? [])].filter((name) => isDataFile(name) && name.toLowerCase().endsWith('.csv'));
  return new Map(files.flatMap((file): (readonly [string, string])[] => [[stemOf(file) ?? file, file]]));
}

/** A name that stands in no file. */
export function implied(text: string): Name {
  return { text, span: { offset: 0, length: 0 } };
}

/** Whether a name stands in no file: at the very start of one there can be none. */
export function isImplied(name: Name): boolean {
  return name.span.offset === 0;
}

function tableSource(
  name: string,
  lookup: Lookup | undefined,
  builtIn: BuiltInTable | undefined,
  file: string | undefined,
  fields: SystemTable['fields'] = [],
): TableSource {
  const declared = (lookup?.columns ?? []).map((column) => ({ ...column, name: implied(column.name.text) }));
  const typed = (column: string, type: ColumnType): ColumnSetting => ({ name: implied(column), type, span: { offset: 0, length: 0 } });
  const said = fields.map((field) => typed(field.name.text, field.type));
  const own = (builtIn?.columns ?? []).map(([column, type]) => typed(column, type));
  const columns = [...new Map([...own, ...declared, ...said].map((column) => [column.name.text, column])).values()];
  return {
    name: implied(name),
    ...(file !== undefined && { file: implied(file) }),
    columns,
    always: new Set(columns.map((column) => column.name.text)),
    ...(builtIn?.secret && { secret: new Set(builtIn.secret) }),
    ...(builtIn &&
      file === undefined && {
        whenMissing: `NIM keeps its own ${name}, and there is no ${lookupFolder}/${name}.csv to give their rows here: the table is empty.`,
      }),
  };
}

function systemTable(
  name: string,
  written: SystemTable | undefined,
  lookup: Lookup | undefined,
  builtIn: BuiltInTable | undefined,
): SystemTable {
  const key = written?.key ?? impliedOr(lookup?.key?.text ?? builtIn?.key);
  const display = written?.display ?? impliedOr(lookup?.display?.text ?? builtIn?.display);
  const relations = written?.relations ?? [];
  const known = new Set(relations.map(({ column }) => column.text));
  const own = (builtIn?.relations ?? []).filter(([column]) => !known.has(column));
  return {
    references: [],
    ...written,
    name: written?.name ?? implied(name),
    ...(key && { key }),
    ...(display && { display }),
    relations: [...relations, ...own.map(([column, target]) => ({ column: implied(column), target: implied(target) }))],
  };
}

function impliedOr(text: string | undefined): Name | undefined {
  return text === undefined ? undefined : implied(text);
}
