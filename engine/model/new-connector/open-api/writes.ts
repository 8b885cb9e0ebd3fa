import type { NewColumn } from '../columns.ts';
import { objectOf, type JsonObject } from '../parsed.ts';
import { isVariableName } from '../names.ts';
import { propertiesAlong, propertyOf, withWritten, type ObjectShape } from '../shape.ts';
import { bodyOf, type WriteBody } from './body.ts';
import type { ApiOperation, Method, OpenApi } from './document.ts';
import type { Ledger } from './ledger.ts';
import { fillPath, type ApiPath } from './path.ts';
import type { PlannedTable } from './plan.ts';
import { requiredQuery } from './required-query.ts';

/** A write of a table, before its columns are known. */
export interface PlannedWrite {
  readonly name: string;
  readonly operation: ApiOperation;
  readonly semantics: 'create' | 'update' | 'delete';
  readonly path: ApiPath;
  readonly query: JsonObject;
  /** The path names one row: its last parameter is the key. */
  readonly ofItem: boolean;
  readonly body: WriteBody;
}

/** The writes of a table: create on the list; update and delete on one row. What does not fit is left to the ledger. */
export function writesOf(root: OpenApi, table: PlannedTable, ledger: Ledger): readonly PlannedWrite[] {
  const { collection, row, thing, key } = table;
  if (collection.row === 'texts') return [];
  const made: PlannedWrite[] = [];
  const add = (
    operation: ApiOperation | undefined,
    suffix: string,
    semantics: PlannedWrite['semantics'],
    path: ApiPath,
    ofItem: boolean,
  ): void => {
    if (!operation) return;
    const body = semantics === 'delete' ? { shape: undefined } : bodyOf(root, operation, row);
    const query = requiredQuery(operation);
    if ('unfit' in body) ledger.leave(operation, body.unfit);
    else if (semantics === 'delete' && (operation.body ?? operation.foreignBody)) ledger.leave(operation, 'a delete with a body');
    else if (query.missing.length > 0) ledger.leave(operation, `needs a value for the query parameter ${query.missing.join(' and ')}`);
    else {
      ledger.use(operation);
      made.push({ name: `${thing}_${suffix}`, operation, semantics, path, query: query.values, ofItem, body });
    }
  };
  const updates = (): boolean => made.some(({ semantics }) => semantics === 'update');
  const { path, on, item } = collection;
  add(on.get('post'), 'create', 'create', path, false);
  if (item && key !== undefined && isVariableName(key)) {
    add(item.on.get('patch'), 'update', 'update', item.path, true);
    add(item.on.get('put'), updates() ? 'replace' : 'update', 'update', item.path, true);
  }
  // A row that is changed on the list's own path says in its body which one it is.
  for (const method of ['patch', 'put'] satisfies Method[]) {
    const whole = on.get(method);
    if (whole && !updates() && holdsKey(root, whole, row, key)) add(whole, 'update', 'update', path, false);
  }
  if (item && key !== undefined && isVariableName(key)) {
    const post = item.on.get('post');
    if (post && !updates() && looksLikeRow(root, post, row)) add(post, 'update', 'update', item.path, true);
    add(item.on.get('delete'), 'delete', 'delete', item.path, true);
    const get = item.on.get('get');
    if (get) ledger.use(get);
  }
  return made;
}

function looksLikeRow(root: OpenApi, operation: ApiOperation, row: ObjectShape): boolean {
  const body = bodyOf(root, operation, row);
  return !('unfit' in body) && body.shape?.properties.some(({ name }) => propertyOf(row, name)) === true;
}

function holdsKey(root: OpenApi, operation: ApiOperation, row: ObjectShape, key: string | undefined): boolean {
  const body = bodyOf(root, operation, row);
  return key !== undefined && !('unfit' in body) && propertyOf(body.shape, key) !== undefined;
}

/** The row with everything its writes take besides. */
export function rowWithWrites(row: ObjectShape, writes: readonly PlannedWrite[]): ObjectShape {
  return writes.reduce((all, { body }) => (body.shape && body.partial !== true ? withWritten(all, body.shape) : all), row);
}

/** The text of a write, now that the columns of its table are known. */
export function writeOperation(
  { operation, semantics, path, query, ofItem, body }: PlannedWrite,
  table: PlannedTable,
  columns: readonly NewColumn[],
  itemOf: (pattern: string) => string,
  everyQuery: JsonObject,
): JsonObject {
  const inPath: string[] = [];
  const variable = (name: string, column: boolean): string => {
    if (column) inPath.push(name);
    return `{${name}}`;
  };
  const last = path.segments.length - 1;
  const text = fillPath(path, (index) => {
    if (ofItem && index === last) return variable(table.key ?? '', true);
    const fill = table.fills.get(index);
    return fill?.kind === 'item' ? variable(itemOf(fill.pattern), false) : variable(fill?.column ?? '', true);
  });
  const must = [...inPath, ...(semantics === 'update' && !ofItem && table.key !== undefined ? [table.key] : [])];
  const queryParameters = { ...everyQuery, ...query };
  return objectOf([
    ['method', operation.method],
    [
      'call',
      objectOf([
        ['mode', 'normal'],
        ['path', text],
        ['queryParameters', Object.keys(queryParameters).length > 0 ? queryParameters : undefined],
      ]),
    ],
    ['body', body.template],
    ['semantics', semantics],
    ...Object.entries(semantics === 'delete' ? onlyThese(must) : allowance(columns, table.given, must, body)),
  ]);
}

function onlyThese(mandatory: readonly string[]): JsonObject {
  return { resource_allowance_default: 'prohibited', resource_mandatory: [...new Set(mandatory)] };
}

/** Which columns a write must, may and may not be given: those in its path, those its body requires or takes, and all others. */
export function allowance(columns: readonly NewColumn[], given: readonly string[], must: readonly string[], body: WriteBody): JsonObject {
  const mandatory = new Set(must);
  const prohibited = given.filter((name) => !mandatory.has(name));
  for (const { name, path, kind, property } of columns) {
    if (mandatory.has(name)) continue;
    const along = body.shape ? propertiesAlong(body.shape, path) : undefined;
    const writable = (along ?? [property]).every(({ readOnly }) => readOnly !== true) && property.readOnly !== true;
    if ((body.shape && !along) || !writable) prohibited.push(name);
    // The rows of a child table come from a mapping of their own.
    else if (body.partial !== true && kind !== 'child' && along?.every(({ required }) => required === true) === true) mandatory.add(name);
  }
  const lists = { resource_mandatory: [...mandatory], resource_prohibited: prohibited };
  const nothingElse = mandatory.size + prohibited.length >= columns.length + given.length;
  return objectOf([
    ['resource_allowance_default', nothingElse ? 'prohibited' : 'optional'],
    ['resource_mandatory', lists.resource_mandatory.length > 0 ? lists.resource_mandatory : undefined],
    ['resource_prohibited', nothingElse || prohibited.length === 0 ? undefined : prohibited],
  ]);
}
