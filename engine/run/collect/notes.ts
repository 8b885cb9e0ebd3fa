import type { Evidence } from '../records.ts';
import type { CellCleaner } from './clean-cells.ts';
import type { UnitContext } from './collect-unit.ts';
import type { RowMapper } from './rows.ts';
import type { Tally } from './tally.ts';
import type { StagedTarget } from './targets.ts';
import type { Unit } from './units.ts';

/** Children of a table that is not complete cannot be complete either. */
export function noteParents(unit: Unit, { vault, connection }: Pick<UnitContext, 'vault' | 'connection'>, tally: Tally): void {
  if (!unit.parent) return;
  const { table, from } = unit.parent;
  const held = vault.table(connection.system, table.name);
  const evidence = held?.evidence;
  if (held?.lastAttempt) tally.flaws.add(`${table.name}, whose rows were iterated over, could not be collected the last time.`);
  if (evidence && !evidence.complete) tally.flaws.add(`${table.name}, whose rows were iterated over, is not complete.`);
  if (from === 'vault')
    tally.remarks.add(
      `${table.name} was not collected in this run; its rows are those of ${new Date(evidence?.endedAt ?? 0).toISOString()}.`,
    );
}

/** Answers without the list mean "none" only where others had it. */
export function noteMissingField(field: string, tally: Tally): void {
  const [first] = tally.withoutField;
  if (first === undefined) return;
  const { length } = tally.withoutField;
  if (length < tally.pages) tally.remarks.add(`${length} answers had no "${field}", which was taken as an empty list.`);
  else tally.flaws.add(`No answer had "${field}". Either there is nothing, or output_field is wrong. ${first}`);
}

/** Parents whose answers were no rows, and not "none" either. */
export function noteFailedParents(parent: string, { failedParents, flaws }: Tally): void {
  const { count, samples, first } = failedParents;
  if (count === 0) return;
  const more = count > samples.length ? ` and ${count - samples.length} more` : '';
  flaws.add(`The answers for ${count} rows of ${parent} held no rows and were left out: ${samples.join(', ')}${more}. ${first}`);
}

/** What the pages say about each other, for the whole unit; true where they seem to overlap. */
export function notePages({ operation }: Unit, tally: Tally, duplicates: Evidence['duplicates']): boolean {
  const { mode } = operation.call;
  const capped = tally.shortEnds.get(tally.largestPage) ?? 0;
  if (mode === 'iteration' && tally.largestPage >= 10 && capped >= 3) {
    tally.flaws.add(
      `The rows of ${capped} parents ended at exactly ${tally.largestPage}, and no page had more: the API may cut its pages shorter than asked.`,
    );
  }
  if (mode === 'normal' && tally.filledPages > 1 && duplicates.count > 0) {
    tally.flaws.add(`${duplicates.count} rows share their key, so pages may overlap: ${duplicates.samples.join(', ')}.`);
    return true;
  }
  if (tally.overlaps > 0) tally.flaws.add(`${tally.overlaps} rows share their key with a row of the page before, so pages may overlap.`);
  return false;
}

/** What the rows of one table say about it. */
export function remarksOf(
  target: StagedTarget,
  mapper: RowMapper,
  cleaner: CellCleaner,
): { readonly flaws: readonly string[]; readonly remarks: readonly string[] } {
  const { parent } = target.table;
  return {
    flaws: [
      ...(mapper.dropped === 0 ? [] : [`${mapper.dropped} entries of the answers were no objects and were left out.`]),
      ...mapper.flaws(target.table.name),
      ...cleaner.flaws(target.table.name),
    ],
    remarks: [
      ...mapper.notes(target.table.name),
      ...cleaner.remarks(target.table.name),
      ...(parent?.column.endsWith('_row') === true
        ? [`${parent.table} has no key, so rows refer to its row numbers, which change from one collection to the next.`]
        : []),
    ],
  };
}
