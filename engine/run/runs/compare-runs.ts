import { SollistError } from '../error.ts';
import type { RunRecord, RowsComparison } from '../run-record.ts';
import { compareRows, type Rows } from './compare-rows.ts';

/**
 * What differs between the rows of two runs, the older first whatever their order. Throws `not-comparable` unless both are dry runs of one
 * table or runs of one filter, and both brought rows.
 */
export function compareRuns(first: RunRecord, second: RunRecord): RowsComparison {
  const [before, after] = first.id <= second.id ? [first, second] : [second, first];
  if (before.kind !== after.kind || before.subject !== after.subject) {
    throw refused(`${nameOf(before)} and ${nameOf(after)} are about different things. Choose two runs of the same table or filter.`);
  }
  const left = rowsOf(before);
  const right = rowsOf(after);
  const notes = [...notesOf(before, left), ...notesOf(after, right), ...differentInputs(before, after)];
  return {
    ...compareRows(left, right, { before: titleOf(before), after: titleOf(after), keys: keysOf(before, after, right) }),
    ...(notes.length > 0 && { notes }),
  };
}

function rowsOf(run: RunRecord): Rows {
  if (run.kind !== 'dry-run' && run.kind !== 'filter') {
    throw refused(`${nameOf(run)} has no rows of its own. Two dry runs of a table can be compared, or two runs of a filter.`);
  }
  const { report } = run as RunRecord<{ readonly rowSet: Rows }>;
  if (report === undefined || run.state === 'failed' || run.state === 'cancelled') {
    throw refused(`${nameOf(run)} of ${titleOf(run)} brought no rows that could be compared: ${run.result}`);
  }
  return report.rowSet;
}

/** The table's key of either run, then whatever column comes first. */
function keysOf(before: RunRecord, after: RunRecord, { columns }: Rows): readonly string[] {
  const declared = [after, before].flatMap(({ inputs }) => (typeof inputs['key'] === 'string' ? [inputs['key']] : []));
  return [...declared, ...columns.slice(0, 1).map(({ name }) => name)];
}

function notesOf(run: RunRecord, { rows, total }: Rows): readonly string[] {
  const { rows: limit, calls } = run.limits;
  const limits = [...(limit === undefined ? [] : [`${limit} rows`]), ...(calls === undefined ? [] : [`${calls} calls`])];
  return [
    ...(rows.length < total ? [`Of ${titleOf(run)} only the first ${rows.length} of ${total} rows are compared.`] : []),
    ...((run.state === 'incomplete' || run.kind === 'filter') && limits.length > 0
      ? [`The run of ${titleOf(run)} was limited to ${limits.join(' and ')}: a row that is missing in it may be there.`]
      : []),
  ];
}

function differentInputs(before: RunRecord, after: RunRecord): readonly string[] {
  // The values that counted, where they are known: a default or a session variable may have changed.
  const both = before.inputs['used'] !== undefined && after.inputs['used'] !== undefined;
  const said = (run: RunRecord): string => JSON.stringify(run.inputs[both ? 'used' : 'parameters'] ?? {});
  return [
    ...(before.environment === after.environment ? [] : ['The runs are of different environments.']),
    ...(said(before) === said(after) ? [] : ['The filter was run with different parameters.']),
  ];
}

function nameOf({ kind, subject }: RunRecord): string {
  return `The ${kind === 'dry-run' ? 'dry run' : kind} ${subject}`;
}

/** When a run started, as a heading says it: local time to the second. */
export function titleOf({ startedAt }: Pick<RunRecord, 'startedAt'>): string {
  const date = new Date(startedAt);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function refused(message: string): SollistError {
  return new SollistError('not-comparable', message);
}
