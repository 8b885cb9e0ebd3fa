import type { Table } from '../../model/connector/connector.ts';
import type { Evidence } from '../records.ts';
import type { CellCleaner } from './clean-cells.ts';
import type { UnitContext } from './collect-unit.ts';
import type { RowMapper } from './rows.ts';
import type { Tally } from './tally.ts';
import type { StagedTarget } from './targets.ts';
import type { Unit } from './units.ts';

/** Failed parents that a note names. */
const namedParents = 5;

/** Children of a table that is not complete cannot be complete either. */
export function noteParents(
  unit: Unit,
  { vault, connection, source }: Pick<UnitContext, 'vault' | 'connection' | 'source'>,
  tally: Tally,
): void {
  if (!unit.parent) return;
  const { table, from } = unit.parent;
  const held = vault.table(connection.system, table.name);
  const evidence = held?.evidence;
  if (held?.lastAttempt) tally.flaws.add(`${table.name}, whose rows were iterated over, could not be collected the last time.`);
  if (evidence && !evidence.complete) tally.flaws.add(`${table.name}, whose rows were iterated over, is not complete.`);
  // Replayed a moment ago, but as old as its recording: whoever has come since was not called for.
  if (evidence?.source?.kind === 'replay' && source?.kind !== 'replay')
    tally.flaws.add(
      `${table.name}, whose rows were iterated over, was replayed from ${evidence.source.recording}, not read from the system.`,
    );
  if (from === 'vault')
    tally.remarks.add(
      `${table.name} was not collected in this run; its rows are those of ${new Date(evidence?.endedAt ?? 0).toISOString()}.`,
    );
}

/** One call for each parent, as NIM does it: parents that share what is called for bring the same rows as often as they are. */
export function noteRepeatedParents(parent: string, iterator: string, repeated: number, tally: Tally): void {
  if (repeated === 0) return;
  const what = repeated === 1 ? `1 row of ${parent} has` : `${repeated} rows of ${parent} have`;
  tally.remarks.add(`${what} the same ${iterator} as another, so the same rows were called for again.`);
}

/** Answers without the list mean "none" only where others had it. */
export function noteMissingField(field: string, tally: Tally): void {
  const [first] = tally.withoutField;
  if (first === undefined) return;
  const { length } = tally.withoutField;
  if (length < tally.pages) tally.remarks.add(`${length} answers had no "${field}", which was taken as an empty list.`);
  else tally.flaws.add(`No answer had "${field}". Either there is nothing, or output_field is wrong. ${first}`);
}

/** Without an output_field an envelope that has the key itself looks like a row, and the list in it like one of its values. */
export function noteWrapped({ root }: Unit, children: readonly Table[], tally: Tally): void {
  const { wrapped } = tally;
  const isChildTable = children.some(({ parent }) => parent?.table === root.name && parent.path.join('.') === wrapped);
  if (wrapped === undefined || isChildTable) return;
  tally.flaws.add(`The answer was taken as one row, but wraps a list that looks more like the rows. Should output_field be "${wrapped}"?`);
}

/** Parents whose calls failed and were gone past. */
export function noteFailedParents(parent: string, { failedParents, flaws }: Tally): void {
  const { count, samples, first } = failedParents;
  if (count === 0) return;
  const named = samples.slice(0, namedParents).map((sample) => sample.parent);
  const more = count > named.length ? ` and ${count - named.length} more` : '';
  flaws.add(
    `The calls for ${count} ${count === 1 ? 'row' : 'rows'} of ${parent} failed and were skipped: ${named.join(', ')}${more}. ${first?.message ?? ''}`,
  );
}

/** What the pages say about each other, for the whole unit; true where they seem to overlap. */
export function notePages({ operation }: Unit, tally: Tally, duplicates: Evidence['duplicates']): boolean {
  const { mode } = operation.call;
  noteOddCounts(tally);
  if (tally.sameRows > 0)
    tally.flaws.add(
      `${tally.sameRows} rows are the same as a row of a page just before, so pages may overlap and rows be missing between them.`,
    );
  const capped = tally.shortEnds.get(tally.largestPage) ?? 0;
  if (mode === 'iteration' && tally.largestPage >= 10 && capped >= 3) {
    tally.flaws.add(
      `The rows of ${capped} parents ended at exactly ${tally.largestPage}, and no page had more: the API may cut its pages shorter than asked.`,
    );
  }
  if (mode === 'normal' && wasRefusedInTheMiddle(tally)) {
    tally.flaws.add(
      `No page had more than ${tally.largestPage} rows although more were asked for, and the page after ${tally.rows} rows was refused: that may be as far as the API lets anybody page, and not the end.`,
    );
  }
  if (mode === 'normal' && tally.filledPages > 1 && duplicates.count > 0) {
    tally.flaws.add(`${duplicates.count} rows share their key, so pages may overlap: ${duplicates.samples.join(', ')}.`);
    return true;
  }
  if (tally.overlaps > 0) tally.flaws.add(`${tally.overlaps} rows share their key with a row of the page before, so pages may overlap.`);
  return false;
}

/**
 * Where pages are all cut shorter than asked, a refused page proves nothing: the one before it was as long as all others. With nothing announced, a
 * sequence ends by a short page only where the next one was refused.
 */
function wasRefusedInTheMiddle({ end, announced, filledPages, pageSize, largestPage, pages, rowsPerPage }: Tally): boolean {
  if (end !== 'short-page' || announced !== undefined || filledPages < 2 || pageSize === undefined || largestPage >= pageSize) return false;
  return rowsPerPage.length < pages || rowsPerPage.at(-1) === largestPage;
}

/** Counts that no healthy table has often. They prove nothing, and are only named. */
function noteOddCounts({ rows, announced, pageSize, largestPage, filledPages, parents, remarks, caps }: Tally): void {
  const shown = rows.toLocaleString('en');
  // 100, 500, 1,000, 2,000, 10,000 …: where APIs cut their answers.
  if (caps.size === 0 && rows >= 100 && /^[125]0*$|^250+$/.test(String(rows)) && announced !== rows && !parents)
    remarks.add(`Exactly ${shown} rows came, and no total was announced: many APIs stop at such a number without saying so.`);
  if (announced !== undefined && announced === rows && rows >= 1_000 && /^[125]0*$/.test(String(rows)))
    remarks.add(`The API announced exactly ${shown} rows: some announce no more than they are willing to send.`);
  if (pageSize === undefined || filledPages === 0) return;
  if (largestPage > pageSize)
    remarks.add(`A page of ${largestPage} rows came although ${pageSize} were asked for: the API ignores the page size.`);
  // Of an iteration each page may be the only one of its parent.
  else if (!parents && filledPages > 1 && largestPage < pageSize)
    remarks.add(`No page had more than ${largestPage} rows although ${pageSize} were asked for: the API cuts its pages.`);
}

/** What the rows of one table say about it. */
export function remarksOf(
  target: StagedTarget,
  mapper: RowMapper,
  cleaner: CellCleaner,
): { readonly flaws: readonly string[]; readonly remarks: readonly string[]; readonly gaps: NonNullable<Evidence['gaps']> } {
  const { parent } = target.table;
  return {
    gaps: mapper.gaps(target.table.name),
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
