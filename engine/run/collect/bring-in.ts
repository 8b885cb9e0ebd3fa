import type { SeenAnswer } from '../../model/connector/knowledge.ts';
import { defaultCollapse, type Threshold } from '../../model/settings/settings.ts';
import type { SollistError } from '../error.ts';
import type { Drift, Evidence, RunLimits, TableOutcome } from '../records.ts';
import type { Staging, Vault } from '../vault/vault.ts';
import { hasCollapsed, heldTogether, sourceCollapsed, type Shrinking } from './collapse.ts';

/** What decides whether rows that have arrived come into use. */
export interface Settling {
  /** The loss of rows that a table may have between two collections. */
  readonly collapse: (table: string) => Threshold;
  /** Tables whose loss is right this time. A table stands for its child tables, too. */
  readonly accepted: ReadonlySet<string>;
  /** Versions of a table that are kept; the vault's own number if absent. */
  readonly keep?: number;
  /** The collection the versions belong to. */
  readonly run?: number;
}

export const defaultSettling: Settling = { collapse: () => defaultCollapse, accepted: new Set() };

/** A table whose rows are all there. */
export interface ReadyTable {
  readonly table: string;
  readonly staging: Staging;
  /** But for the drift. */
  readonly evidence: Evidence;
  readonly key?: string;
  readonly answer?: SeenAnswer;
}

interface Place {
  readonly vault: Vault;
  readonly system: string;
  readonly limits: RunLimits;
  readonly settling?: Settling;
}

/**
 * Swaps tables that belong together into the vault, the first being the one the others hang on; or, where one of them lost far more rows than a
 * source loses in good health, keeps all of them aside. Complete or not makes no difference to that: rows that stay away are no deletes while a
 * table is not proven complete, but they would be creates.
 */
export function bringIn(ready: readonly ReadyTable[], place: Place): readonly TableOutcome[] {
  const { vault, system, limits, settling = defaultSettling } = place;
  const limited = isLimited(limits);
  const [root] = ready;
  const isAccepted = (table: string): boolean => settling.accepted.has(table) || (root !== undefined && settling.accepted.has(root.table));

  const outcomes: TableOutcome[] = [];
  vault.together(() => {
    // Within the transaction: another run may have swapped a table meanwhile.
    const collapsed = ready.flatMap((each) => (isAccepted(each.table) ? [] : (shrinkingOf(each, place) ?? [])));
    let batch: number | undefined;
    for (const { table, staging, evidence: facts, key, answer } of ready) {
      const evidence: Evidence = { ...facts, notes: [...facts.notes, ...(staging.notes ?? [])], ...driftOf(place, table, staging) };
      const arrival = {
        limited,
        ...(key !== undefined && { key }),
        ...(batch !== undefined && { batch }),
        ...(settling.keep !== undefined && { keep: settling.keep }),
        ...(settling.run !== undefined && { run: settling.run }),
      };
      const error = whyHeld(system, table, collapsed);
      const id = error ? staging.hold(evidence, error.message, arrival) : staging.commit(evidence, answer, arrival);
      batch ??= id;
      outcomes.push(outcomeOf(system, table, evidence, error));
    }
  });
  return outcomes;
}

function isLimited({ rows, calls }: RunLimits): boolean {
  return rows !== undefined || calls !== undefined;
}

/** What is new and gone since the table was collected before. */
function driftOf({ vault, system }: Place, table: string, { columns }: Staging): { readonly drift?: Drift } {
  const before = vault.table(system, table);
  if (!before) return {};
  const now = new Set(columns.map(({ name }) => name));
  const then = new Set(before.columns.map(({ name }) => name));
  return {
    drift: {
      since: before.evidence.endedAt,
      rowsBefore: before.evidence.rows,
      columnsNew: [...now].filter((name) => !then.has(name)),
      columnsGone: [...then].filter((name) => !now.has(name)),
    },
  };
}

/** The loss of a table that lost too much. One that the limits of the run cut short is not judged, nor is one that rests on such. */
function shrinkingOf({ table, evidence }: ReadyTable, { vault, system, limits, settling = defaultSettling }: Place): Shrinking | undefined {
  if (evidence.caps.length > 0 || (isLimited(limits) && !evidence.complete)) return undefined;
  const measure = vault.yardstick(system, table);
  if (!measure) return undefined;
  const shrinking: Shrinking = {
    system,
    table,
    before: measure.evidence.rows,
    now: evidence.rows,
    since: measure.evidence.endedAt,
    threshold: settling.collapse(table),
  };
  return hasCollapsed(shrinking) ? shrinking : undefined;
}

/** Its own loss, or that of a table beside it: a table and its child tables refer to each other's rows. */
function whyHeld(system: string, table: string, collapsed: readonly Shrinking[]): SollistError | undefined {
  const [first] = collapsed;
  if (!first) return undefined;
  const own = collapsed.find((each) => each.table === table);
  return own ? sourceCollapsed(own) : heldTogether(system, table, `${system}.${first.table}`);
}

function outcomeOf(system: string, table: string, evidence: Evidence, held: SollistError | undefined): TableOutcome {
  if (!held) return { system, table, state: 'collected', evidence };
  const { code, message, subject } = held;
  return { system, table, state: 'held-back', evidence, error: { code, message, ...(subject !== undefined && { subject }) } };
}
