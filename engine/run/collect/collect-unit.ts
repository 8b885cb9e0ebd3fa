import type { Connector } from '../../model/connector/connector.ts';
import type { ResolvedConnection } from '../connection.ts';
import type { RunContext } from '../context.ts';
import { SollistError } from '../error.ts';
import { authenticationAssumed } from '../http/auth/assumed.ts';
import type { Send } from '../http/message.ts';
import type { Redactor } from '../http/redact.ts';
import type { RunLimits, Source, TableOutcome } from '../records.ts';
import type { Staging, Vault } from '../vault/vault.ts';
import type { Settling } from './bring-in.ts';
import { callAll } from './call-all.ts';
import { createCellCleaner } from './clean-cells.ts';
import { effectiveCall } from './effective-call.ts';
import { createLoading, type LoadRows } from './loading.ts';
import { withDoubts } from './paging/doubts.ts';
import { pagingOf } from './paging/modes.ts';
import { createRowMapper } from './rows.ts';
import { createSeenNotes } from './seen.ts';
import { settle } from './settle.ts';
import type { Tally } from './tally.ts';
import type { StagedTarget } from './targets.ts';
import type { Unit } from './units.ts';

/** What collecting one unit works with. */
export interface UnitContext {
  readonly connector: Connector;
  readonly connection: ResolvedConnection;
  readonly vault: Vault;
  readonly send: Send;
  readonly redactor: Redactor;
  readonly limits: RunLimits;
  /** Where the answers come from; the system itself, if absent. */
  readonly source?: Source;
  readonly settling?: Settling;
  readonly run: RunContext;
  /** Whether an iteration goes on past a parent whose calls failed; it does, if absent. */
  readonly failedParents?: 'skip' | 'fail' | undefined;
}

/**
 * Collects a table and its child tables into staging and swaps them in together at the end. Whatever goes wrong before that is thrown, and
 * the tables stay as they were. Returns what became of each.
 */
export async function collectUnit(
  unit: Unit,
  targets: readonly StagedTarget[],
  context: UnitContext,
  tally: Tally,
): Promise<readonly TableOutcome[]> {
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
    const load = createLoading(targets, stagings, { mapper, cleaner, seen });
    const message = `${connection.system}.${unit.root.name}`;
    const add: LoadRows = (rows, base) => {
      load(rows, base);
      run.onProgress({ message, rows: tally.rows });
    };
    const { operation, assumed } = effectiveCall(connector, unit.operation, targets);
    const strategy = withDoubts(pagingOf(connector, operation, connection), operation.outputField, (flaw) => tally.flaws.add(flaw));
    await callAll(
      {
        connector,
        connection,
        table: unit.root,
        key: root.key,
        operation,
        strategy,
        send: context.send,
        limits: context.limits,
        tally,
      },
      unit,
      context,
      add,
    );

    const allAssumed = [...assumed, ...strategy.assumed, ...authenticationAssumed(connector)];
    return settle({ unit, targets, stagings, mapper, cleaner, seen, tally, assumed: allAssumed, startedAt }, context);
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
