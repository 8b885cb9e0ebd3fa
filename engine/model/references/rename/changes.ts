import { findTable, type Connector, type Table } from '../../connector/connector.ts';
import { keyOf, type Entity } from '../entity.ts';

/** A thing that gets another name. */
export interface Change {
  readonly entity: Entity;
  readonly to: string;
  /** What is written where only the last part of the name stands; absent where that part stays as it is. */
  readonly leaf?: string;
  /** It follows from another change, so that a place that implies the name needs no word of its own. */
  readonly follows?: boolean;
}

/** Changes by the key of their thing. */
export type Changes = ReadonlyMap<string, Change>;

/** What cannot be done, as a sentence for the author. */
export interface Refusal {
  readonly refused: string;
}

export function refuse(refused: string): Refusal {
  return { refused };
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value;
}

/** A property name in `resources` or a table that gets another name: what all derived names hang on. */
interface Root {
  readonly table: string;
  /** Absent where the table itself is renamed. */
  readonly column?: { readonly from: string; readonly to: string; readonly leaf: string };
  readonly to?: string;
}

/**
 * What a new name of a table or column changes, in a connector and in what overlays make of it: the thing itself and the names made of it, `<table>_<array>` of child tables and
 * `<table>_<key>` of their references. With `leaf`, `name` is only the last part of the new name.
 */
export function connectorChanges(connectors: readonly Connector[], entity: Entity, name: string, leaf: boolean): Changes | Refusal {
  const wanted = (entity.kind === 'table' ? entity.name : entity.table) ?? '';
  const tables = connectors.flatMap((connector) => findTable(connector, wanted) ?? []);
  const [table] = tables;
  if (!table) return new Map();
  const root = entity.kind === 'table' ? tableRoot(table, name, leaf) : columnRoot(tables, entity.name, name, leaf);
  return isRefusal(root) ? root : new Map(connectors.flatMap((connector) => [...derive(connector, entity.home, root)]));
}

function tableRoot(table: Table, name: string, leaf: boolean): Root | Refusal {
  if (!table.parent) return { table: table.name, to: name };
  const array = table.parent.path.at(-1) ?? '';
  const own = leaf ? name : rest(name, `${table.parent.table}_`);
  if (own === undefined) {
    return refuse(
      `"${table.name}" is a child table: its name is that of its parent, "_" and the array "${array}". The new name must begin with "${table.parent.table}_".`,
    );
  }
  return { table: table.parent.table, column: { from: array, to: own, leaf: own } };
}

function columnRoot(tables: readonly Table[], column: string, name: string, leaf: boolean): Root | Refusal {
  const [table] = tables;
  const declared = tables.flatMap(({ columns }) => columns.filter((one) => one.name === column));
  const [first] = declared;
  if (!table || !first || declared.some(({ source }) => source === 'parent-key')) {
    const parent = table?.parent?.table ?? '';
    const key = column.slice(parent.length + 1);
    return refuse(
      `"${column}" refers from the child table to its parent: its name is made of the table "${parent}" and its key "${key}". Rename one of those.`,
    );
  }
  const prefixes = new Set(declared.map(({ path }) => column.slice(0, column.length - (path.at(-1) ?? column).length)));
  const [prefix = ''] = prefixes;
  if (prefixes.size > 1)
    return refuse(`"${column}" is declared more than once, by its own name and by its path. Make that one column before you rename it.`);
  const own = leaf ? name : rest(name, prefix);
  if (own === undefined) {
    return refuse(
      `The name of this column is made of its path in "resources" (its type has the mark "_:"), so only the part after "${prefix}" can be renamed. The new name must begin with "${prefix}".`,
    );
  }
  return { table: table.name, column: { from: column, to: prefix + own, leaf: own } };
}

/** What follows a prefix; undefined where the name does not begin with it or ends there. */
function rest(name: string, prefix: string): string | undefined {
  return name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : undefined;
}

/** Gives every table and every reference to a parent its name anew; parents stand before their children. */
function derive(connector: Connector, home: string, root: Root): Changes {
  const changes = new Map<string, Change>();
  const add = (change: Change): void => void changes.set(keyOf(change.entity), change);
  const tables = new Map<string, { readonly name: string; readonly key: string }>();
  for (const table of connector.tables) {
    const { parent } = table;
    const own = root.table === table.name ? root.column : undefined;
    if (own) add({ entity: { kind: 'column', home, table: table.name, name: own.from }, to: own.to, leaf: own.leaf });
    if (!parent) {
      const name = root.table === table.name ? (root.to ?? table.name) : table.name;
      if (name !== table.name) add({ entity: { kind: 'table', home, name: table.name }, to: name });
      const key = table.key?.text ?? 'row';
      tables.set(table.name, { name, key: own && table.key?.text === own.from ? own.to : key });
      continue;
    }
    const above = tables.get(parent.table);
    if (!above) continue;
    const array = parent.path.at(-1) ?? '';
    const renamed = root.table === parent.table && root.column?.from === array ? root.column.leaf : undefined;
    const name = `${above.name}_${renamed ?? array}`;
    const reference = `${above.name}_${above.key}`;
    if (name !== table.name)
      add({ entity: { kind: 'table', home, name: table.name }, to: name, ...(renamed !== undefined && { leaf: renamed }) });
    if (reference !== parent.column) add({ entity: { kind: 'column', home, table: table.name, name: parent.column }, to: reference });
    tables.set(table.name, { name, key: reference });
  }
  return changes;
}
