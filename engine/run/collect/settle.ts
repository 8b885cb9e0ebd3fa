import type { Evidence, TableOutcome } from '../records.ts';
import type { Staging } from '../vault/vault.ts';
import { bringIn } from './bring-in.ts';
import type { CellCleaner } from './clean-cells.ts';
import type { UnitContext } from './collect-unit.ts';
import { evidenceOf } from './evidence.ts';
import { notePages, noteWrapped, remarksOf } from './notes.ts';
import type { RowMapper } from './rows.ts';
import type { SeenNotes } from './seen.ts';
import type { Tally } from './tally.ts';
import type { StagedTarget } from './targets.ts';
import type { Unit } from './units.ts';

/** All that was brought for one unit. */
export interface Arrived {
  readonly unit: Unit;
  /** The root first. */
  readonly targets: readonly StagedTarget[];
  readonly stagings: ReadonlyMap<string, Staging>;
  readonly mapper: RowMapper;
  readonly cleaner: CellCleaner;
  readonly seen: SeenNotes;
  readonly tally: Tally;
  readonly assumed: readonly string[];
  readonly startedAt: number;
}

/** Sums up what is known of the rows of a unit, and brings its tables into use together, or not at all. */
export function settle(arrived: Arrived, context: UnitContext): readonly TableOutcome[] {
  const { unit, stagings, tally, seen, targets } = arrived;
  const { vault, connection, settling, limits, redactor, run } = context;
  // Outside the swap, which others wait for.
  for (const staging of stagings.values()) staging.index();
  const found = evidenceOfAll(arrived, context);
  const answer = { ...seen.answer(redactor), ...(tally.wrapped !== undefined && { wrapped: tally.wrapped }) };
  run.signal.throwIfAborted();
  return bringIn(
    targets.flatMap(({ table, key }) => {
      const staging = stagings.get(table.name);
      const evidence = found.get(table.name);
      if (!staging || !evidence) return [];
      return { table: table.name, staging, evidence, ...(key !== undefined && { key }), ...(table === unit.root && { answer }) };
    }),
    { vault, system: connection.system, limits, ...(settling && { settling }) },
  );
}

function evidenceOfAll(arrived: Arrived, { run, redactor, source, connector }: UnitContext): ReadonlyMap<string, Evidence> {
  const { unit, targets, stagings, mapper, cleaner, tally, assumed, startedAt } = arrived;
  const endedAt = run.clock.now();
  const none: Evidence['duplicates'] = { count: 0, samples: [] };
  const duplicates = new Map(
    targets.map(({ table, key }) => [table, (key === undefined ? undefined : stagings.get(table.name)?.duplicates(key)) ?? none]),
  );
  noteWrapped(unit, connector.tables, tally);
  const pagesOverlap = notePages(unit, tally, duplicates.get(unit.root) ?? none);
  return new Map(
    targets.map((target) => {
      const isRoot = target.table === unit.root;
      const facts = {
        rows: stagings.get(target.table.name)?.count ?? 0,
        isRoot,
        duplicates: duplicates.get(target.table) ?? none,
        pagesOverlap: pagesOverlap && isRoot,
        ...remarksOf(target, mapper, cleaner),
        assumed,
        startedAt,
        endedAt,
      };
      const evidence = evidenceOf(tally, facts, redactor);
      return [target.table.name, source?.kind === 'replay' ? { ...evidence, source } : evidence] as const;
    }),
  );
}
