import { valueOf } from '../../model/text/json.ts';
import type { Connector } from '../../model/connector/connector.ts';
import type { ResolvedConnection } from '../connection.ts';
import type { RunContext } from '../context.ts';
import { SollistError } from '../error.ts';
import type { Send } from '../http/message.ts';
import type { Cell, Evidence, RunLimits } from '../records.ts';
import type { Staging, Vault } from '../vault/vault.ts';
import { evidenceOf } from './evidence.ts';
import { createOrder } from './in-order.ts';
import { iterate } from './iterate.ts';
import { pagingOf } from './paging/modes.ts';
import { countRows, readParents } from './parents.ts';
import { createRowMapper, type RowMapper } from './rows.ts';
import { runSequence, type SequenceContext } from './sequence.ts';
import { countPage, skipParent, type Tally } from './tally.ts';
import type { StagedTarget } from './targets.ts';
import { iteratedColumns, type Unit } from './units.ts';
import { renderPlain, type VariableValue } from './variables.ts';

/** Sessions an iteration may have at most, whatever a connector says. */
const mostSessions = 32;

/** What collecting one unit works with. */
export interface UnitContext {
  readonly connector: Connector;
  readonly connection: ResolvedConnection;
  readonly vault: Vault;
  readonly send: Send;
  readonly limits: RunLimits;
  readonly run: RunContext;
}

/**
 * Collects a table and its child tables into staging and swaps them in together at the end. Whatever goes wrong before that is thrown, and
 * the tables stay as they were. Returns the evidence by table.
 */
export async function collectUnit(
  unit: Unit,
  targets: readonly StagedTarget[],
  context: UnitContext,
  tally: Tally,
): Promise<ReadonlyMap<string, Evidence>> {
  const { vault, connection, connector, run } = context;
  const startedAt = run.clock.now();
  const stagings = new Map<string, Staging>();
  try {
    for (const target of targets) {
      const columns = target.columns.map(({ name, type }) => ({ name, type }));
      stagings.set(target.table.name, vault.stage(connection.system, target.table.name, columns, target.indexes));
    }
    const [root, ...children] = targets;
    if (!root) throw new Error('a unit fills at least its own table');
    const mapper = createRowMapper(root, children, unit.operation.stringArrayColumn?.text, connector.tables);
    const add = (rows: readonly unknown[], base: ReadonlyMap<string, unknown>): void => {
      for (const { table, rows: cells } of mapper.map(rows, { base })) stagings.get(table.name)?.add(cells);
      run.onProgress({ message: `${connection.system}.${unit.root.name}`, rows: tally.rows });
    };
    const strategy = pagingOf(connector, unit.operation, connection);
    await callAll(
      { connector, connection, table: unit.root, operation: unit.operation, strategy, send: context.send, limits: context.limits, tally },
      unit,
      context,
      add,
    );

    const endedAt = run.clock.now();
    const evidence = new Map(
      targets.map((target) => {
        const staging = stagings.get(target.table.name);
        const facts = {
          rows: staging?.count ?? 0,
          isRoot: target === root,
          duplicates: target.key === undefined || !staging ? { count: 0, samples: [] } : staging.duplicates(target.key),
          ...remarksOf(target, mapper),
          assumed: strategy.assumed,
          startedAt,
          endedAt,
        };
        return [target.table.name, evidenceOf(tally, facts)] as const;
      }),
    );
    run.signal.throwIfAborted();
    vault.together(() => {
      for (const [table, staging] of stagings) {
        const facts = evidence.get(table);
        if (facts) staging.commit(facts);
      }
    });
    return evidence;
  } catch (error) {
    for (const staging of stagings.values()) discardQuietly(staging);
    throw error;
  }
}

/** What went wrong first is what matters; a staging that cannot be dropped now is dropped when the vault is opened next. */
function discardQuietly(staging: Staging): void {
  try {
    staging.discard();
  } catch (error) {
    if (!(error instanceof SollistError)) throw error;
  }
}

async function callAll(
  sequence: SequenceContext,
  unit: Unit,
  context: UnitContext,
  add: (rows: readonly unknown[], base: ReadonlyMap<string, unknown>) => void,
): Promise<void> {
  const { tally, operation, connection } = sequence;
  const { call } = operation;
  const { signal } = context.run;
  const baseOf = (variables: ReadonlyMap<string, VariableValue>): ReadonlyMap<string, unknown> =>
    new Map(
      call.base.map(({ name, template }) => [
        name.text,
        renderPlain(template, (variable) => variables.get(variable) ?? connection.variables.get(variable)).text,
      ]),
    );

  switch (call.mode) {
    case 'constant': {
      const values = valueOf(call.values);
      const rows = Array.isArray(values) ? (values as readonly unknown[]) : values === undefined ? [] : [values];
      countPage(tally, rows.length);
      tally.end = 'constant';
      tally.announced = undefined;
      add(rows, baseOf(new Map()));
      return;
    }
    case 'normal':
      await runSequence(sequence, new Map(), (rows) => add(rows, baseOf(new Map())), signal);
      return;
    case 'iteration': {
      const parent = unit.parent?.table;
      const iterator = call.iterator?.text;
      if (!parent || iterator === undefined) throw new Error('an iteration without a parent is found before it is run');
      const { vault } = context;
      tally.parents = { total: countRows(vault, connection.system, parent.name), skipped: 0 };
      noteParents(unit, context, tally);
      const sessions = Math.min(operation.maxSessionCount ?? 1, mostSessions);
      const parents = readParents(vault, connection.system, parent.name, iteratedColumns(operation));
      const order = createOrder(sessions * 4);
      await iterate(parents, sessions, signal, async (row: ReadonlyMap<string, Cell>, joint) => {
        const value = row.get(iterator) ?? null;
        if (value === null || value === '') {
          skipParent(tally, `Rows of ${parent.name} without ${iterator} were skipped.`);
          return true;
        }
        const variables = new Map<string, VariableValue>([...row, ['iterator', value]]);
        const turn = await order.next(joint);
        const base = baseOf(variables);
        try {
          return await runSequence(sequence, variables, (rows) => turn.write(() => add(rows, base)), joint);
        } finally {
          turn.end();
        }
      });
      noteMissingField(operation.outputField ?? '', tally);
    }
  }
}

/** Children of a table that is not complete cannot be complete either. */
function noteParents(unit: Unit, { vault, connection }: UnitContext, tally: Tally): void {
  if (!unit.parent) return;
  const { table, from } = unit.parent;
  const evidence = vault.table(connection.system, table.name)?.evidence;
  if (evidence && !evidence.complete) tally.flaws.add(`${table.name}, whose rows were iterated over, is not complete.`);
  if (from === 'vault')
    tally.remarks.add(
      `${table.name} was not collected in this run; its rows are those of ${new Date(evidence?.endedAt ?? 0).toISOString()}.`,
    );
}

function noteMissingField(field: string, tally: Tally): void {
  const [first] = tally.withoutField;
  if (first === undefined) return;
  const { length } = tally.withoutField;
  if (length < tally.pages) tally.remarks.add(`${length} answers had no "${field}", which was taken as an empty list.`);
  else tally.flaws.add(`No answer had "${field}". Either there is nothing, or output_field is wrong. ${first}`);
}

function remarksOf(target: StagedTarget, mapper: RowMapper): { readonly flaws: readonly string[]; readonly remarks: readonly string[] } {
  const { parent } = target.table;
  return {
    flaws: mapper.dropped === 0 ? [] : [`${mapper.dropped} entries of the answers were no objects and were left out.`],
    remarks: [
      ...mapper.notes(target.table.name),
      ...(parent?.column.endsWith('_row') === true
        ? [`${parent.table} has no key, so rows refer to its row numbers, which change from one collection to the next.`]
        : []),
    ],
  };
}
