import { dotted, rowsIn } from '../find-rows.ts';
import { at, textOf, type JsonObject } from '../parsed.ts';
import type { ObjectShape, Shape } from '../shape.ts';
import { resolve, type ApiOperation, type Method, type OpenApi } from './document.ts';
import { requiredQuery } from './required-query.ts';
import type { Ledger } from './ledger.ts';
import { hasMixed, pathOf, type ApiPath } from './path.ts';
import { shapeOfSchema } from './schema-shape.ts';

/** A list of rows that a GET answers, with the operations on the list and on one of its rows. */
export interface Collection {
  /** The path of the rows' resource: that of the list, without a verb such as `/search` at its end. */
  readonly path: ApiPath;
  readonly get: ApiOperation;
  /** The path the list is read from. */
  readonly getPath: ApiPath;
  /** Query parameters the list cannot be read without. */
  readonly query: JsonObject;
  readonly answer: Shape;
  /** Dotted path of the list in the answer; empty where the answer is the list. */
  readonly outputField: string;
  /** The shape of a row, or `texts` for a list of plain values. */
  readonly row: ObjectShape | 'texts';
  /** The schema of a row: two lists with one schema have rows of one kind. */
  readonly rowSchema: unknown;
  /** Operations on the list itself. */
  readonly on: ReadonlyMap<Method, ApiOperation>;
  /** The path of one row, and the operations on it. */
  readonly item: Item | undefined;
}

export interface Item {
  readonly path: ApiPath;
  readonly on: ReadonlyMap<Method, ApiOperation>;
}

/** Ways to read a list rather than things: `/pet/findByStatus`, `/animal/search`. */
const verbs = /^(?:find|search|list|query|getall|get_all|all)(?=$|[A-Z_-])/;

type ByPattern = ReadonlyMap<string, ReadonlyMap<Method, ApiOperation>>;

/** The collections of a document, in its order: first lists proper, then what can only be searched. */
export function collectionsOf(root: OpenApi, operations: readonly ApiOperation[], ledger: Ledger): readonly Collection[] {
  const byPattern = groupByPattern(operations);
  const found = new Map<string, Collection>();
  for (const searching of [false, true]) {
    for (const get of operations) {
      const getPath = pathOf(get.path);
      if (get.method !== 'get' || get.deprecated || getPath.last === undefined || verbs.test(getPath.last) !== searching) continue;
      const collection = readCollection(root, get, getPath, searching ? getPath.parent : getPath, byPattern, ledger);
      if (!collection) continue;
      if (found.has(collection.path.pattern)) ledger.leave(get, 'another way to read a list that is a table already');
      else found.set(collection.path.pattern, collection);
    }
  }
  return [...found.values()];
}

function groupByPattern(operations: readonly ApiOperation[]): ByPattern {
  const groups = new Map<string, Map<Method, ApiOperation>>();
  for (const operation of operations) {
    if (operation.deprecated) continue;
    const { pattern } = pathOf(operation.path);
    const group = groups.get(pattern) ?? new Map<Method, ApiOperation>();
    if (!group.has(operation.method)) group.set(operation.method, operation);
    groups.set(pattern, group);
  }
  return groups;
}

function readCollection(
  root: OpenApi,
  get: ApiOperation,
  getPath: ApiPath,
  path: ApiPath,
  byPattern: ByPattern,
  ledger: Ledger,
): Collection | undefined {
  const rows = rowsOf(root, get, getPath);
  if (!rows || path.last === undefined) return undefined;
  const query = requiredQuery(get);
  if (query.missing.length > 0) ledger.leave(get, `needs a value for the query parameter ${query.missing.join(' and ')}`);
  else if (hasMixed(getPath)) ledger.leave(get, 'a step of its path is only partly a parameter');
  else
    return {
      ...rows,
      path,
      get,
      getPath,
      query: query.values,
      on: byPattern.get(path.pattern) ?? new Map<Method, ApiOperation>(),
      item: itemOf(path, byPattern),
    };
  return undefined;
}

function itemOf(path: ApiPath, byPattern: ByPattern): Item | undefined {
  const on = byPattern.get(`${path.pattern}/{}`);
  const [one] = on?.values() ?? [];
  return on && one && { path: pathOf(one.path), on };
}

function rowsOf(
  root: OpenApi,
  get: ApiOperation,
  path: ApiPath,
): Pick<Collection, 'answer' | 'outputField' | 'row' | 'rowSchema'> | undefined {
  if (!get.answer) return undefined;
  const answer = shapeOfSchema(root, get.answer.schema);
  const rows = rowsIn(answer, path.last);
  const outputField = rows && dotted(rows.path);
  if (!rows || outputField === undefined) return undefined;
  const row = rows.item.kind === 'object' ? rows.item : rows.item.kind === 'scalar' ? ('texts' as const) : undefined;
  if (row === undefined) return undefined;
  return { answer, outputField, row, rowSchema: schemaAt(root, get.answer.schema, rows.path) };
}

/** The schema of the rows, as the object it is in the document; undefined where `allOf` and its like stand in the way. */
function schemaAt(root: OpenApi, schema: unknown, path: readonly string[]): unknown {
  let found = resolve(root, schema);
  for (const name of path) found = resolve(root, at(found, 'properties', name));
  const items = at(found, 'items');
  // The same reference is the same kind of thing; so is the same object, where a document was written out whole.
  return textOf(at(items, '$ref')) ?? resolve(root, items);
}
