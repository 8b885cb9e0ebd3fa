import type { Connector } from '../../model/connector/connector.ts';
import type { System } from '../../model/system/system.ts';
import type { ResolvedConnection } from '../connection.ts';
import type { RunContext } from '../context.ts';
import { SollistError } from '../error.ts';
import { openHttp } from '../http/chain.ts';
import { fatalCodes } from '../http/failure.ts';
import type { HttpLimits } from '../http/limits.ts';
import { createRedactor, type Redactor } from '../http/redact.ts';
import { liveTraffic, type Traffic } from '../http/traffic.ts';
import type { CollectionReport, RunLimits, TableOutcome } from '../records.ts';
import type { Vault } from '../vault/vault.ts';
import type { Settling } from './bring-in.ts';
import { collectUnit } from './collect-unit.ts';
import { createTally, type Tally } from './tally.ts';
import { targetsOf } from './targets.ts';
import { planUnits } from './units.ts';

/** What a collection needs. */
export interface CollectionInput {
  readonly connector: Connector;
  readonly system: System;
  readonly connection: ResolvedConnection;
  readonly vault: Vault;
  /** Tables to collect; all the system lists, if absent. */
  readonly tables?: readonly string[];
  readonly limits?: RunLimits;
  /** What keeps rows that arrived out of use, and how long versions are kept; the defaults if absent. */
  readonly settling?: Settling;
  /** Live if absent. */
  readonly traffic?: Traffic;
  /** For tests: shorter times. */
  readonly timeouts?: Partial<HttpLimits>;
}

/**
 * Collects tables of a system into the vault. Each table is swapped in whole, or stays as it was; the report says which, and why. Throws
 * only when nothing can be tried at all: an unknown table that was asked for, an authentication kind that is not supported.
 */
export async function collectSystem(input: CollectionInput, context: RunContext): Promise<CollectionReport> {
  const { connector, system, connection, vault, limits = {}, traffic = liveTraffic, settling } = input;
  const startedAt = context.clock.now();
  const requested = input.tables ?? system.tables.map(({ name }) => name.text);
  const plan = planUnits(connector, system.name, requested, (table, columns) => {
    const held = vault.table(system.name, table)?.columns;
    return held !== undefined && columns.every((column) => held.some(({ name }) => name === column));
  });
  const unknown = plan.hopeless.find(({ error }) => error.code === 'unknown-table' && input.tables);
  if (unknown) throw unknown.error;

  let tally: Tally | undefined;
  const http = openHttp(
    {
      connector,
      connection,
      traffic,
      ...(input.timeouts && { timeouts: input.timeouts }),
      onRetry: ({ request, reason, milliseconds, attempt, of, unruled }) => {
        if (tally) tally.retries += 1;
        if (unruled)
          tally?.remarks.add(`The API asked to wait (${reason}, Retry-After), which was done; the connector has no retry rule for it.`);
        context.onProgress({
          message: `${system.name}: ${request.operation} failed (${reason}); trying again in ${Math.ceil(milliseconds / 1000)} s (${attempt} of ${of})`,
        });
      },
    },
    context,
  );
  const outcomes: TableOutcome[] = plan.hopeless.map(({ table, error }) =>
    failed(system.name, table, error, createRedactor(connection.secrets)),
  );
  const lost = new Set<string>();
  const wrapped = new Map<string, string>();
  const aborted = (): boolean => context.signal.aborted;
  let fatal: SollistError | undefined;
  try {
    for (const unit of plan.units) {
      const targets = targetsOf(connector, system, unit, plan.units);
      const names = targets.map(({ table }) => table.name);
      const orphaned = unit.parent?.from === 'run' && lost.has(unit.parent.table.name);
      if (fatal ?? (aborted() || orphaned)) {
        const above = unit.parent?.table.name;
        const parent = orphaned ? outcomes.find(({ table }) => table === above) : undefined;
        outcomes.push(...names.map((table) => notReached(system.name, table, fatal, parent)));
        for (const name of names) lost.add(name);
        continue;
      }
      tally = createTally();
      try {
        const settled = await collectUnit(
          unit,
          targets,
          {
            connector,
            connection,
            vault,
            send: http.send,
            redactor: http.redactor,
            limits,
            source: traffic.source,
            ...(settling && { settling }),
            run: context,
            failedParents: system.failedParents,
          },
          tally,
        );
        outcomes.push(...settled);
        for (const { table, state } of settled) if (state !== 'collected') lost.add(table);
      } catch (error) {
        if (tally.wrapped !== undefined) wrapped.set(unit.root.name, tally.wrapped);
        for (const name of names) lost.add(name);
        if (aborted()) outcomes.push(...names.map((table): TableOutcome => ({ system: system.name, table, state: 'cancelled' })));
        else if (error instanceof SollistError) {
          outcomes.push(...names.map((table) => failed(system.name, table, error, http.redactor)));
          if (fatalCodes.has(error.code)) fatal = error;
        } else throw error;
      }
    }
  } finally {
    await http.close();
  }
  const endedAt = context.clock.now();
  const tables = outcomes.map((outcome) => remembered(vault, outcome, endedAt, wrapped.get(outcome.table)));
  return { system: system.name, startedAt, endedAt, limits, source: traffic.source, tables };
}

/** What is in the vault is older than this attempt: no delete may rest on it. */
function remembered(vault: Vault, outcome: TableOutcome, at: number, wrapped: string | undefined): TableOutcome {
  const { system, table, state, error } = outcome;
  // What was held back was noted with it.
  if (state === 'collected' || state === 'held-back') return outcome;
  try {
    vault.noteAttempt(system, table, { state, at, ...(error && { message: error.message }) }, wrapped);
    return outcome;
  } catch (failure) {
    // The report is worth more than the note; but who plans on the older rows must hear of it.
    if (!(failure instanceof SollistError)) throw failure;
    const message = `${error ? `${error.message} ` : ''}The vault could not note that (${failure.code}): collect ${table} again before planning.`;
    return { ...outcome, error: { code: failure.code, ...error, message } };
  }
}

/** The last border a message crosses: whatever it was made of, no secret passes. */
function failed(system: string, table: string, { code, message, subject }: SollistError, redactor: Redactor): TableOutcome {
  return {
    system,
    table,
    state: 'failed',
    error: { code, message: redactor.text(message), ...(subject !== undefined && { subject: redactor.text(subject) }) },
  };
}

function notReached(system: string, table: string, fatal: SollistError | undefined, parent: TableOutcome | undefined): TableOutcome {
  const why = fatal
    ? { code: fatal.code, message: `Not tried, because the system could not be used before (${fatal.code}).` }
    : parent && {
        code: isHeldBack(parent) ? 'parent-held-back' : 'parent-failed',
        message: `Not tried, because ${parent.table}, whose rows it iterates over, ${isHeldBack(parent) ? 'was held back' : 'was not brought in'}.`,
      };
  return { system, table, state: 'not-reached', ...(why && { error: why }) };
}

function isHeldBack({ state, error }: TableOutcome): boolean {
  return state === 'held-back' || error?.code === 'parent-held-back';
}
