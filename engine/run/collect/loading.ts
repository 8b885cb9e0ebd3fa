import type { Staging } from '../vault/vault.ts';
import type { CellCleaner } from './clean-cells.ts';
import type { RowMapper } from './rows.ts';
import type { SeenNotes } from './seen.ts';
import type { StagedTarget } from './targets.ts';

/** Takes rows of an answer, and what they have from the call, into staging. */
export type LoadRows = (rows: readonly unknown[], base: ReadonlyMap<string, unknown>) => void;

/** The way of rows from answers into staging: looked at, mapped to cells by table, cleaned, staged. */
export function createLoading(
  targets: readonly StagedTarget[],
  stagings: ReadonlyMap<string, Staging>,
  { mapper, cleaner, seen }: { readonly mapper: RowMapper; readonly cleaner: CellCleaner; readonly seen: SeenNotes },
): LoadRows {
  const lanes = new Map(targets.map((target) => [target.table, { target, staging: stagings.get(target.table.name) }]));
  return (rows, base) => {
    seen.look(rows);
    for (const { table, rows: cells } of mapper.map(rows, { base })) {
      const lane = lanes.get(table);
      if (lane && cells.length > 0) lane.staging?.add(cleaner.clean(lane.target, cells));
    }
  };
}
