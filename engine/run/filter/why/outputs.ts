import { conjunctsOf } from '../../../model/filter/tree.ts';
import type { Row } from './cut.ts';
import { keptRow } from './distinct-step.ts';
import { groupOf } from './group-steps.ts';
import { kept, mostRows } from './late.ts';
import type { Walk } from './walk.ts';

/** The rows of the output that the row has become; at most a thousand. */
export function outputsOf(walk: Walk, lookup: string | undefined): readonly Row[] {
  const { select, aggregated, columns, joins } = walk.bound;
  if (!select) return [];
  const named = lookup === undefined ? {} : { lookup };
  if (aggregated) {
    const having = conjunctsOf(select.having);
    const excludeWhen = select.excludeWhen;
    const { where } = groupOf(walk);
    return walk.cutter.rows({
      joins,
      where,
      groupBy: select.groupBy,
      having,
      columns,
      ...named,
      ...(excludeWhen && { excludeWhen }),
      limit: mostRows,
    });
  }
  if (select.distinctOn) {
    const { row, isMine } = keptRow(walk, select.distinctOn, lookup);
    return row && isMine ? [row] : [];
  }
  const rows = walk.cutter.rows({ ...kept(walk), columns, ...named, limit: mostRows });
  return select.distinct ? [...new Map(rows.map((row) => [identityOf(columns, row), row])).values()] : rows;
}

/** Equal for rows with the same cells. */
export function identityOf(columns: readonly { readonly name: string }[], row: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(columns.map(({ name }) => row[name] ?? null));
}
