import { fold, isVariableName, singular } from '../../new-connector/names.ts';
import { findColumn, findTable, getOperation, type Connector, type Operation, type Table } from '../connector.ts';
import { factsOf } from '../facts.ts';
import { kindOf } from './operation-names.ts';

/** Where a table's rows are written. */
export interface TablePaths {
  /** Of all rows; undefined means the table's name, as in a call without a path. */
  readonly rows: string | undefined;
  /** Of one row; undefined where nothing says which row is meant. */
  readonly row: string | undefined;
  /** The rows are a part of the row they belong to: their address is its own, and a delete there would take that. */
  readonly ofParent: boolean;
}

/** The addresses for writes of a table, after its other writes and its get; undefined where they cannot be worked out. */
export function writePaths(connector: Connector, table: Table): TablePaths | undefined {
  const get = getOperation(table);
  const ofRow = ownRowPath(table);
  const ofRows = get ? rowsPath(connector, table, get) : (createPath(table) ?? { path: ofRow === undefined ? undefined : above(ofRow) });
  if (!ofRows) return undefined;
  const { path } = ofRows;
  const ofParent = get !== undefined && endsWithIterator(get);
  const key = keyOf(table);
  return {
    rows: path,
    row: ownRowPath(table, path) ?? (key === undefined || ofParent ? undefined : rowIn(path ?? table.name, key)),
    ofParent,
  };
}

function endsWithIterator({ call }: Operation): boolean {
  return /\{iterator(?::[^{}]*)?\}\/?$/.test(call.path?.text.split('?')[0] ?? '');
}

/** The column that tells rows apart, where it can stand in an address. */
export function keyOf(table: Table): string | undefined {
  const names = [table.key?.text, 'id', 'ID', 'Id', 'sourcedId', 'uuid', 'guid'];
  return names.find((name) => name !== undefined && findColumn(table, name) !== undefined && isVariableName(name));
}

function createPath(table: Table): { readonly path: string } | undefined {
  const create = table.operations.find((operation) => kindOf(operation) === 'create');
  return create?.call.path && { path: trimmed(create.call.path.text) };
}

/** An update or a delete of the table says where one row is: at a path that ends with one of its columns, or where all rows are. */
function ownRowPath(table: Table, rows?: string): string | undefined {
  return table.operations
    .filter((operation) => ['update', 'delete'].includes(kindOf(operation) ?? ''))
    .map(({ call }) => trimmed(call.path?.text ?? ''))
    .find((path) => {
      const last = /\{([^{}:]+)(?::no_encode)?\}$/.exec(path)?.[1];
      // A path that names no row is that of all of them, and a delete there would take them all.
      if (!columnsIn(table, path)) return false;
      return path === rows || (last !== undefined && findColumn(table, last) !== undefined);
    });
}

function columnsIn(table: Table, path: string): boolean {
  return namesIn(path).some((name) => findColumn(table, name));
}

/** The variables of a path. */
export function namesIn(path: string): readonly string[] {
  return Array.from(path.matchAll(/\{([^{}:]+)(?::[^{}]*)?\}/g), ([, name = '']) => name);
}

/** A path that names the key already is that of one row. */
function rowIn(path: string, key: string): string {
  return path.includes(`{${key}}`) ? path : `${path}/{${key}}`;
}

function above(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** The path of a get as a write of one of its rows can have it: what comes from the iteration comes from the row. */
function rowsPath(connector: Connector, table: Table, get: Operation): { readonly path: string | undefined } | undefined {
  const { path, mode } = get.call;
  if (mode === 'constant') return undefined;
  if (!path) return { path: undefined };
  const scope = factsOf(connector).scopeAt({ kind: 'operation', table, operation: { ...get, role: 'write' } });
  const parts = path.parts.map((part) => {
    if (part.kind === 'text') return part.text;
    const { name, modifier } = part.variable;
    if (pages.has(name)) return '\0';
    const column = columnFor(connector, table, get, name) ?? (scope.has(name) ? name : undefined);
    return column === undefined ? undefined : `{${column}${modifier === undefined ? '' : `:${modifier}`}}`;
  });
  if (parts.includes(undefined)) return undefined;
  const bare = (parts.join('').split('?')[0] ?? '')
    .split('/')
    .filter((segment) => !segment.includes('\0'))
    .join('/');
  return { path: get.verb === 'POST' ? trimmed(bare).replace(/\/_?(?:search|query|find|list)$/i, '') : trimmed(bare) };
}

const pages: ReadonlySet<string> = new Set(['page_number', 'skip_count', 'take_count']);

/** The column of this table that holds what a variable of its iteration stands for. */
export function columnFor(connector: Connector, table: Table, { call }: Operation, variable: string): string | undefined {
  const given = call.base.find(({ template }) => template.text === `{${variable}}`)?.name.text;
  if (given !== undefined) return given;
  if (variable !== 'iterator') return findColumn(table, variable)?.name;
  const [owner, column] = [call.table?.text ?? '', call.iterator?.text ?? ''];
  const wanted = fold(`${singular(findTable(connector, owner)?.name ?? owner)}${column}`);
  return table.columns.find(({ name }) => fold(name) === wanted)?.name;
}

/** Without a slash at its end, also where it is written encoded. */
function trimmed(path: string): string {
  return path.replace(/(?:\/|%2F)+$/i, '');
}
