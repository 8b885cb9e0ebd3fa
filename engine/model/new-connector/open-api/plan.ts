import { createNames, fold, simpleWord, singular, type Names } from '../names.ts';
import { scalar, type ObjectShape } from '../shape.ts';
import { at } from '../parsed.ts';
import type { ApiOperation } from './document.ts';
import type { Collection } from './collections.ts';
import { likelyKey, propertyFor } from './match.ts';
import { patternOf, type ApiPath } from './path.ts';

/** How one parameter of a path gets its value. */
export type Fill =
  /** From the row of the iterated table: `{iterator}`, kept in the rows as a column of this table. */
  | { readonly kind: 'iterator'; readonly column: string }
  /** From a column that the iterated table has from its own parent. */
  | { readonly kind: 'passed'; readonly column: string }
  /** From an input of the connection, known by the pattern of the path up to it. */
  | { readonly kind: 'item'; readonly pattern: string };

/** A collection as the table it becomes. */
export interface PlannedTable {
  readonly name: string;
  /** What one row is called. */
  readonly thing: string;
  readonly collection: Collection;
  readonly row: ObjectShape;
  readonly key: string | undefined;
  /** The table this one iterates, and the column that is the iterator. */
  readonly parent: { readonly table: PlannedTable; readonly iterator: string } | undefined;
  /** By the index of the step in the path. */
  readonly fills: ReadonlyMap<number, Fill>;
  /** Columns that rows have from the table they belong to. */
  readonly given: readonly string[];
}

/** So many tables may iterate one another: each multiplies the calls. */
const longestChain = 3;

/** The tables of a document: names, keys, and who iterates whom. Parents come before their children. */
export function planTables(collections: readonly Collection[]): readonly PlannedTable[] {
  const ordered = [...collections].sort((a, b) => a.path.segments.length - b.path.segments.length);
  const names = nameTables(ordered);
  const planned = new Map<string, PlannedTable>();
  for (const collection of ordered) {
    const name = names.get(collection) ?? 'table';
    planned.set(collection.path.pattern, planTable(collection, name, planned));
  }
  const order = new Map(collections.map((collection, index) => [collection, index]));
  return [...planned.values()].sort((a, b) => depthOf(a) - depthOf(b) || (order.get(a.collection) ?? 0) - (order.get(b.collection) ?? 0));
}

function planTable(collection: Collection, name: string, planned: ReadonlyMap<string, PlannedTable>): PlannedTable {
  const row: ObjectShape =
    collection.row === 'texts' ? { kind: 'object', properties: [{ name: 'value', shape: scalar('string') }] } : collection.row;
  const thing = singular(simpleWord(collection.path.last ?? name));
  const { parent, fills, given } = linkToParent(collection, row, planned);
  return { name, thing, collection, row, key: keyOf(collection, row, thing), parent, fills, given };
}

function depthOf(table: PlannedTable): number {
  return table.parent ? depthOf(table.parent.table) + 1 : 0;
}

/** The key of a row: what the path of one row takes, else what is called like a key. */
function keyOf({ item, row: kind }: Collection, row: ObjectShape, thing: string): string | undefined {
  if (kind === 'texts') return 'value';
  const last = item?.path.segments.at(-1);
  const [operation] = item?.on.values() ?? [];
  const meant = last?.kind === 'parameter' ? propertyFor(row, thing, last.name, typeOfParameter(operation, last.name)) : undefined;
  return (meant ?? likelyKey(row, thing))?.name;
}

function typeOfParameter(operation: ApiOperation | undefined, name: string): string | undefined {
  const schema = operation?.parameters.find((parameter) => parameter.place === 'path' && parameter.name === name)?.schema;
  const type = at(schema, 'type');
  return typeof type === 'string' ? type : undefined;
}

type Link = Pick<PlannedTable, 'parent' | 'fills' | 'given'>;

/** The nearest table whose rows the path goes through; parameters that no table has are inputs of the connection. */
function linkToParent(collection: Collection, row: ObjectShape, planned: ReadonlyMap<string, PlannedTable>): Link {
  const { segments } = collection.getPath;
  const fills = new Map<number, Fill>();
  const indices = segments.flatMap((segment, index) => (segment.kind === 'parameter' ? [index] : []));
  const through = [...indices].reverse().find((index) => parentAt(collection.getPath, index, planned) !== undefined);
  for (const index of indices) fills.set(index, { kind: 'item', pattern: patternOf(segments.slice(0, index + 1)) });
  const table = through === undefined ? undefined : parentAt(collection.getPath, through, planned);
  const step = through === undefined ? undefined : segments[through];
  if (through === undefined || !table || step?.kind !== 'parameter') return { parent: undefined, fills, given: [] };
  const iterator = propertyFor(table.row, table.thing, step.name, typeOfParameter(collection.get, step.name))?.name ?? table.key;
  if (iterator === undefined) return { parent: undefined, fills, given: [] };
  const passed: string[] = [];
  for (const [index, fill] of table.fills) {
    fills.set(index, fill.kind === 'item' ? fill : { kind: 'passed', column: fill.column });
    if (fill.kind !== 'item') passed.push(fill.column);
  }
  const column = referenceName(row, passed, table, iterator, step.name);
  fills.set(through, { kind: 'iterator', column });
  return { parent: { table, iterator }, fills, given: [...passed, column] };
}

function parentAt({ segments }: ApiPath, index: number, planned: ReadonlyMap<string, PlannedTable>): PlannedTable | undefined {
  const table = planned.get(patternOf(segments.slice(0, index)));
  return table && table.key !== undefined && table.collection.row !== 'texts' && depthOf(table) < longestChain - 1 ? table : undefined;
}

/** The column that says to whom a row belongs, under a name that the row does not use itself. */
function referenceName(row: ObjectShape, passed: readonly string[], table: PlannedTable, iterator: string, parameter: string): string {
  const used = createNames(passed);
  collectNames(row, used);
  return used.take(
    `${table.thing}_${simpleWord(iterator)}`,
    simpleWord(parameter),
    `of_${table.thing}`,
    `of_${table.thing}_${simpleWord(iterator)}`,
  );
}

function collectNames(row: ObjectShape, names: Names, depth = 0): void {
  for (const { name, shape } of row.properties) {
    names.claim(name);
    if (shape.kind === 'object' && depth < 4) collectNames(shape, names, depth + 1);
  }
}

/** A table is called like the last step of its path; where several are, those deeper down say whose they are. */
function nameTables(ordered: readonly Collection[]): ReadonlyMap<Collection, string> {
  const count = new Map<string, number>();
  for (const { path } of ordered) count.set(fold(path.last ?? ''), (count.get(fold(path.last ?? '')) ?? 0) + 1);
  const names = createNames();
  const given = new Map<Collection, string>();
  for (const collection of ordered) {
    const literals = collection.path.segments.flatMap((segment) => (segment.kind === 'literal' ? [simpleWord(segment.text)] : []));
    const plain = literals.at(-1) ?? 'items';
    const longer = literals.slice(0, -1).map(
      (_, index, all) =>
        `${all
          .slice(all.length - 1 - index)
          .map(singular)
          .join('_')}_${plain}`,
    );
    const alone = count.get(fold(collection.path.last ?? '')) === 1 || !hasParameter(collection.path);
    given.set(collection, names.take(...(alone || longer.length === 0 ? [plain] : []), ...longer, plain));
  }
  return given;
}

function hasParameter({ segments }: ApiPath): boolean {
  return segments.some(({ kind }) => kind === 'parameter');
}
