import type { Column, Connector, Table } from '../connector/connector.ts';
import { readConnector } from '../connector/read-connector.ts';
import type { System } from '../system/system.ts';
import { writtenType } from '../connector/written-type.ts';
import { parseJson } from '../text/json.ts';
import { chooseFile, sourceOf, tablesOf } from './choose-file.ts';
import type { DataFile, DataFolder } from './data-folder.ts';
import { columnsAlways, readShape, type TableShape } from './shape.ts';
import type { FilesSource } from './source.ts';

const connectors = new WeakMap<System, WeakMap<DataFolder, Connector>>();

/**
 * A folder of files as a connector: a table for each file, with its columns and one operation that reads, so that catalog, navigation and vault
 * know one kind of system only. Tables whose file cannot be seen have no columns. Gives the same record for the same two.
 */
export function filesConnector(system: System, source: FilesSource, folder: DataFolder): Connector {
  const known = connectors.get(system)?.get(folder);
  if (known) return known;
  const names = [...folder.files.keys()];
  const always = source.tables.filter((table) => table.always).map(({ name }) => name.text);
  const tables = [...new Set([...tablesOf(source, names), ...always])].map((table) => {
    const choice = chooseFile(source, table, names);
    const file = choice.kind === 'found' ? folder.files.get(choice.file) : undefined;
    const shape = file && shapeOf(file, system, source, table);
    const columns = shape?.columns ?? columnsAlways(sourceOf(source, table));
    return { name: table, columns, ...(file && { file: filePath(source, file.name) }) };
  });
  const made = connectorOf(tables);
  connectors.set(system, (connectors.get(system) ?? new WeakMap<DataFolder, Connector>()).set(folder, made));
  return made;
}

/** The connector of one table, as a collection knows it that has read the file's own head. */
export function tableOf(table: string, shape: TableShape): Table {
  const [made] = connectorOf([{ name: table, columns: shape.columns }]).tables;
  if (!made) throw new Error('a connector of one table has it');
  return made;
}

const shapes = new WeakMap<DataFile, { readonly of: System; readonly table: string; readonly shape: TableShape | undefined }>();

/** How the file of a table is read; undefined where its head is not known, or empty. Remembered by file. */
export function shapeOf(file: DataFile, system: System, source: FilesSource, table: string): TableShape | undefined {
  const known = shapes.get(file);
  if (known?.of === system && known.table === table) return known.shape;
  const shape = file.head && readShape(file.head, source, sourceOf(source, table), joinedColumns(system, table));
  shapes.set(file, { of: system, table, shape });
  return shape;
}

/** Columns that rows are found and joined by: in other systems these are texts, whatever they look like. */
export function joinedColumns(system: System, table: string): ReadonlySet<string> {
  const own = system.tables.find(({ name }) => name.text === table);
  const columns = [...(own?.key ? [own.key] : []), ...(own?.references ?? []), ...(own?.relations ?? []).map(({ column }) => column)];
  return new Set(columns.map(({ text }) => text));
}

/** A file's path as the folder's is written. */
export function filePath({ folder }: FilesSource, file: string): string {
  const path = folder.text.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  return path === '' || path === '.' ? file : `${path}/${file}`;
}

/** The home of the names that come from the files of a system. No connector is called so: its name is that of a file. */
export function filesHome(system: string): string {
  return `systems/${system}`;
}

export function isFilesHome(home: string): boolean {
  return home.startsWith('systems/');
}

interface Described {
  readonly name: string;
  readonly columns: TableShape['columns'];
  readonly file?: string;
}

/** Read like any other, so that every part of it is what a connector's reader makes. */
function connectorOf(tables: readonly Described[]): Connector {
  const objects = tables.map(({ name, columns }) => {
    const resources = columns.map((column) => `${JSON.stringify(column.name)}:${JSON.stringify(writtenType[column.reading.type])}`);
    const operation = `${JSON.stringify(`${name}_get`)}:{"method":"get","call":{"mode":"constant"}}`;
    return `${JSON.stringify(name)}:{"resources":{${resources.join(',')}},"operations":{${operation}}}`;
  });
  const { root } = parseJson(`{"schema":{"crud_objects":{${objects.join(',')}}}}`, { strict: true });
  const read = readConnector(root);
  return {
    ...read,
    tables: read.tables.map((table, index): Table => {
      const { columns = [], file } = tables[index] ?? {};
      const place = { span: { offset: 0, length: 0 }, ...(file !== undefined && { file }) };
      return {
        ...table,
        ...place,
        columns: table.columns.map((column, at): Column => ({ ...column, ...place, ...(columns[at] && { span: columns[at].span }) })),
        operations: table.operations,
      };
    }),
  };
}
