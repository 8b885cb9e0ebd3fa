import { resourcesOf, type NewColumn } from '../columns.ts';
import type { NewTable } from '../connector-text.ts';
import { createNames, fold } from '../names.ts';
import type { LeftOut } from '../new-connector.ts';
import { objectOf, type JsonObject } from '../parsed.ts';
import type { NewItem } from '../sign-in.ts';
import type { ObjectShape } from '../shape.ts';
import type { OpenApi } from './document.ts';
import { pathItems, variableAt, type PathItems } from './items.ts';
import type { Ledger } from './ledger.ts';
import { membershipOf, type PlannedMembership } from './membership.ts';
import { membershipParts } from './membership-parts.ts';
import { fillPath } from './path.ts';
import type { PlannedTable } from './plan.ts';
import { scimMembersOf, scimMembersTable, withoutMembers } from './scim.ts';
import { rowWithWrites, writeOperation, writesOf, type PlannedWrite } from './writes.ts';

export interface TableOptions {
  /** The lists paging is switched off for. */
  readonly unpaged: (table: PlannedTable) => boolean;
  /** Query parameters that every write sends, such as a key. */
  readonly query: JsonObject;
  /** Names that inputs of the connection have already. */
  readonly reserved: readonly string[];
}

/** The tables of a document as a connector has them. */
export interface MadeTables {
  readonly tables: readonly NewTable[];
  readonly columns: ReadonlyMap<string, number>;
  readonly items: readonly NewItem[];
  /** The planned tables that were made, with their get paths filled in. */
  readonly made: readonly { readonly table: PlannedTable; readonly path: string }[];
  readonly leftOut: readonly LeftOut[];
}

interface Draft {
  readonly table: PlannedTable;
  readonly membership: PlannedMembership | undefined;
  readonly writes: readonly PlannedWrite[];
  readonly resources: JsonObject;
  readonly columns: readonly NewColumn[];
}

/** Makes the tables, in the order given: parents stand before their children. */
export function makeTables(root: OpenApi, planned: readonly PlannedTable[], options: TableOptions, ledger: Ledger): MadeTables {
  const leftOut: LeftOut[] = [];
  const names = createNames(planned.map(({ name }) => name));
  const drafts: Draft[] = [];
  for (const table of planned) {
    if (table.parent && !drafts.some((draft) => draft.table === table.parent?.table)) continue;
    const draft = draftOf(root, table, planned, ledger, leftOut);
    if (!draft) continue;
    // Child tables have names of their own: one that is taken already is worth less than a list of its own.
    drafts.push(draft);
  }
  const usable = drafts.filter(({ membership }) => !membership || drafts.some(({ table }) => table === membership.member));
  const columnNames = usable.flatMap(({ table, columns }) => [...table.given, ...columns.map(({ name }) => name)]);
  const items = pathItems(
    usable.map(({ table }) => table),
    columnNames,
    options.reserved,
  );
  const tables = usable.map((draft) => tableOf(draft, items, options));
  const columns = new Map(usable.map(({ table, columns: own }) => [table.name, table.given.length + own.length]));
  for (const { table } of usable) {
    const scim = scimMembersOf(
      root,
      table,
      usable.map((draft) => draft.table),
    );
    if (!scim) continue;
    const name = names.take('members', `${table.thing}_members`);
    const made = scimMembersTable(scim, name, (index) => variableAt(table, index, items));
    tables.push({ name, key: undefined, ...made });
    columns.set(name, Object.keys(made.resources).length);
  }
  return {
    tables,
    columns,
    items: items.items,
    made: usable.map(({ table }) => ({ table, path: getPath(table, items) })),
    leftOut,
  };
}

function draftOf(
  root: OpenApi,
  table: PlannedTable,
  planned: readonly PlannedTable[],
  ledger: Ledger,
  leftOut: LeftOut[],
): Draft | undefined {
  const { collection } = table;
  const membership = membershipOf(root, table, planned);
  const writes = membership ? [] : writesOf(root, table, ledger);
  const scim = scimMembersOf(root, table, planned);
  const row = membership ? memberRow(membership) : ownRow(rowWithWrites(table.row, writes), scim !== undefined);
  const made = resourcesOf(row, {
    table: table.name,
    key: membership ? undefined : table.key,
    reserved: table.given,
    taken: planned.map(({ name }) => name),
  });
  if (made.columns.length === 0) {
    ledger.leave(collection.get, 'the document does not say what its rows hold');
    return undefined;
  }
  ledger.use(collection.get);
  if (membership) {
    ledger.use(membership.add.operation);
    ledger.use(membership.remove);
    const get = collection.item?.on.get('get');
    if (get) ledger.use(get);
  } else leftOut.push(...fieldsLeftOut(table.name, made.leftOut));
  return { table, membership, writes, resources: made.resources, columns: made.columns };
}

/** The members of a SCIM group are a table of their own. */
function ownRow(row: ObjectShape, isGroup: boolean): ObjectShape {
  return isGroup ? withoutMembers(row) : row;
}

/** Rows that repeat another table's are cut down to what tells who it is; rows of their own stay whole. */
function memberRow({ table, member, column }: PlannedMembership): ObjectShape {
  if (table.collection.rowSchema !== member.collection.rowSchema) return table.row;
  const telling = new Set(['name', 'displayname', 'username', 'login', 'email', 'role', 'type']);
  return {
    kind: 'object',
    properties: table.row.properties.filter(({ name, shape }) => name === column || (shape.kind === 'scalar' && telling.has(fold(name)))),
  };
}

const mostFields = 10;

function fieldsLeftOut(table: string, paths: readonly string[]): readonly LeftOut[] {
  const why = 'free-form, a list within a list, too deep, or a second column of one name';
  const shown = paths.slice(0, mostFields).map((path) => ({ what: `${table}.${path}`, why }));
  const more = paths.length - shown.length;
  return more > 0 ? [...shown, { what: `${more} more fields of ${table}`, why }] : shown;
}

/** The path of the list, with the iterator and the inputs in their places. */
function getPath(table: PlannedTable, items: PathItems): string {
  return fillPath(table.collection.getPath, (index) =>
    table.fills.get(index)?.kind === 'iterator' ? '{iterator}' : variableAt(table, index, items),
  );
}

function getOperation(table: PlannedTable, items: PathItems, unpaged: boolean): JsonObject {
  const { collection, parent, given, fills } = table;
  const own = [...fills.values()].find(({ kind }) => kind === 'iterator');
  const passed = given.filter((name) => own?.kind !== 'iterator' || name !== own.column);
  const call = objectOf([
    ['mode', parent ? 'iteration' : 'normal'],
    ['table', parent?.table.name],
    ['iterator', parent?.iterator],
    ['iterator_columns', passed.length > 0 ? passed : undefined],
    ['path', getPath(table, items)],
    ['base', own?.kind === 'iterator' ? { [own.column]: '{iterator}' } : undefined],
    ['queryParameters', Object.keys(collection.query).length > 0 ? collection.query : undefined],
  ]);
  const processing = objectOf([
    ['output_field', collection.outputField === '' ? undefined : collection.outputField],
    ['stringArrayColumnName', collection.row === 'texts' ? 'value' : undefined],
  ]);
  return objectOf([
    ['method', 'get'],
    ['call', call],
    ['processing_options', Object.keys(processing).length > 0 ? processing : undefined],
    ['pagination', unpaged ? 'none' : undefined],
    ['maxSessionCount', parent ? 5 : undefined],
  ]);
}

function tableOf(draft: Draft, items: PathItems, { unpaged, query }: TableOptions): NewTable {
  const { table, membership, writes, columns } = draft;
  const names = createNames();
  const get = [names.take(`${table.name}_get`), getOperation(table, items, unpaged(table))] as const;
  const resources = { ...objectOf(table.given.map((name) => [name, '_nim*'])), ...draft.resources };
  if (membership) return { name: table.name, resources, ...membershipParts(membership, get, items, query) };
  const key = columns.some(({ name }) => name === table.key) ? table.key : undefined;
  const others = writes.map((write) => [names.take(write.name), writeOperation(write, table, columns, items.nameOf, query)] as const);
  return { name: table.name, key, operations: objectOf([get, ...others]), resources };
}
