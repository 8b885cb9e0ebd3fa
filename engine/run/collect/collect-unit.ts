import { valueOf } from '../../model/text/json.ts';
import type { Connector } from '../../model/connector/connector.ts';
import type { ResolvedConnection } from '../connection.ts';
import type { RunContext } from '../context.ts';
import { SollistError } from '../error.ts';
import type { Send } from '../http/message.ts';
import type { Redactor } from '../http/redact.ts';
import type { Cell, Evidence, RunLimits } from '../records.ts';
import type { Staging, Vault } from '../vault/vault.ts';
import type { SequenceContext } from './call-page.ts';
import { createCellCleaner } from './clean-cells.ts';
import { evidenceOf } from './evidence.ts';
import { createOrder } from './in-order.ts';
import { iterate } from './iterate.ts';
import { noteFailedParents, noteMissingField, notePages, noteParents, remarksOf } from './notes.ts';
import { pagingOf } from './paging/modes.ts';
import { countRows, readParents } from './parents.ts';
import { createRowMapper } from './rows.ts';
import { createSeenNotes } from './seen.ts';
import { runSequence } from './sequence.ts';
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
  readonly redactor: Redactor;
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
    const cleaner = createCellCleaner(context.redactor);
    const seen = createSeenNotes(root.table, connector.tables);
    const add = (rows: readonly unknown[], base: ReadonlyMap<string, unknown>): void => {
      seen.look(rows);
      for (const { table, rows: cells } of mapper.map(rows, { base })) {
        const target = targets.find((each) => each.table === table);
        if (target) stagings.get(table.name)?.add(cleaner.clean(target, cells));
      }
      run.onProgress({ message: `${connection.system}.${unit.root.name}`, rows: tally.rows });
    };
    const strategy = pagingOf(connector, unit.operation, connection);
    await callAll(
      {
        connector,
        connection,
        table: unit.root,
        key: root.key,
        operation: unit.operation,
        strategy,
        send: context.send,
        limits: context.limits,
        tally,
      },
      unit,
      context,
      add,
    );

    const endedAt = run.clock.now();
    const duplicatesOf = ({ table, key }: StagedTarget): Evidence['duplicates'] =>
      (key === undefined ? undefined : stagings.get(table.name)?.duplicates(key)) ?? { count: 0, samples: [] };
    const pagesOverlap = notePages(unit, tally, duplicatesOf(root));
    const evidence = new Map(
      targets.map((target) => {
        const staging = stagings.get(target.table.name);
        const facts = {
          rows: staging?.count ?? 0,
          isRoot: target === root,
          duplicates: duplicatesOf(target),
          pagesOverlap: pagesOverlap && target === root,
          ...remarksOf(target, mapper, cleaner),
          assumed: strategy.assumed,
          startedAt,
          endedAt,
        };
        return [target.table.name, evidenceOf(tally, facts, context.redactor)] as const;
      }),
    );
    const answer = { ...seen.answer(context.redactor), ...(tally.wrapped !== undefined && { wrapped: tally.wrapped }) };
    run.signal.throwIfAborted();
    vault.together(() => {
      for (const [table, staging] of stagings) {
        const facts = evidence.get(table);
        if (facts) staging.commit(facts, table === root.table.name ? answer : undefined);
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
      noteFailedParents(parent.name, tally);
    }
  }
}
