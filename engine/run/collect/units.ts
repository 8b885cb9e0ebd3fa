import { findColumn, findTable, getOperation, type Connector, type Operation, type Table } from '../../model/connector/connector.ts';
import { didYouMean } from '../../model/text/nearest.ts';
import { SollistError } from '../error.ts';

/** What one get operation fills: a table, and those of its child tables that are wanted. */
export interface Unit {
  readonly root: Table;
  readonly operation: Operation;
  /** Names of the child tables wanted, at any depth. */
  readonly children: ReadonlySet<string>;
  /** Iteration: the table whose rows are called for, and whether this run collects it or takes it as the vault has it. */
  readonly parent?: { readonly table: Table; readonly from: 'run' | 'vault' };
}

/** A table that cannot even be tried. */
export interface Hopeless {
  readonly table: string;
  readonly error: SollistError;
}

/** Units in an order in which parents come before those who iterate over them. */
export interface UnitPlan {
  readonly units: readonly Unit[];
  readonly hopeless: readonly Hopeless[];
}

interface Draft {
  readonly root: Table;
  readonly operation: Operation;
  readonly children: Set<string>;
  parent?: NonNullable<Unit['parent']>;
}

/**
 * Finds what must be called for the tables asked for. A parent of an iteration that was not asked for is taken from the vault where
 * `inVault` finds it with the columns needed, and collected too where not.
 */
export function planUnits(
  connector: Connector,
  system: string,
  requested: readonly string[],
  inVault: (table: string, columns: readonly string[]) => boolean,
): UnitPlan {
  const drafts = new Map<string, Draft>();
  const order: Draft[] = [];
  const hopeless: Hopeless[] = [];
  const open = new Set<string>();
  const failed = new Map<string, SollistError>();

  const need = (name: string): Draft => {
    const table = findTable(connector, name);
    if (!table) {
      const names = connector.tables.map((each) => each.name);
      const some = `${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}`;
      throw new SollistError(
        'unknown-table',
        `${system}: the connector has no table "${name}".${didYouMean(name, names) || (names.length > 0 ? ` It has: ${some}.` : '')}`,
        { subject: name },
      );
    }
    const root = rootOf(connector, table);
    const known = drafts.get(root.name);
    if (open.has(root.name)) {
      throw new SollistError(
        'iteration-cycle',
        `${system}: ${root.name} iterates, over other tables, over itself. One table of the circle needs another way to be read.`,
        { subject: root.name },
      );
    }
    if (known) {
      if (table !== root) known.children.add(name);
      return known;
    }
    const operation = getOperation(root);
    if (!operation)
      throw new SollistError('no-get-operation', `${system}: the table ${root.name} has no get operation, so it cannot be collected.`, {
        subject: root.name,
      });
    const draft: Draft = { root, operation, children: new Set(table === root ? [] : [name]) };
    if (operation.call.mode === 'iteration') {
      open.add(root.name);
      try {
        draft.parent = parentOf(draft);
      } finally {
        open.delete(root.name);
      }
    }
    drafts.set(root.name, draft);
    order.push(draft);
    return draft;
  };

  const parentOf = ({ operation }: Draft): NonNullable<Unit['parent']> => {
    const { call, name } = operation;
    const table = call.table && findTable(connector, call.table.text);
    const columns = iteratedColumns(operation);
    const unknown = table && columns.find((column) => !findColumn(table, column));
    if (!call.table || !call.iterator || !table || unknown !== undefined) {
      const what =
        !call.table || !call.iterator
          ? 'needs "table" and "iterator"'
          : table
            ? `uses the column "${unknown ?? ''}", which ${table.name} does not have`
            : `iterates over the table "${call.table.text}", which does not exist`;
      throw new SollistError('iteration-invalid', `${system}: ${name.text} ${what}.`, { subject: name.text });
    }
    const asked = requested.some((other) => other === table.name);
    if (!asked && !drafts.has(rootOf(connector, table).name) && inVault(table.name, columns)) return { table, from: 'vault' };
    need(table.name);
    return { table, from: 'run' };
  };

  for (const name of new Set(requested)) {
    try {
      need(name);
    } catch (error) {
      if (!(error instanceof SollistError)) throw error;
      if (!failed.has(name)) hopeless.push({ table: name, error });
      failed.set(name, error);
    }
  }
  return { units: order, hopeless };
}

/** The columns of the parent table that an iteration uses. */
export function iteratedColumns({ call }: Operation): readonly string[] {
  return [...new Set([...(call.iterator ? [call.iterator.text] : []), ...call.iteratorColumns.map(({ text }) => text)])];
}

/** The table whose operation fills this one. */
export function rootOf(connector: Connector, table: Table): Table {
  let current = table;
  while (current.parent) {
    const above = findTable(connector, current.parent.table);
    if (!above) break;
    current = above;
  }
  return current;
}
