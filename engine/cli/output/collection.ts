import type { CollectionReport, TableOutcome } from '../../run/records.ts';
import { createStyle, type Style } from './style.ts';
import { plain, table } from './table.ts';

/** A collection for a person, or as the record itself. */
export function printCollection(report: CollectionReport, format: string, colour: boolean): string {
  if (format === 'json') return `${JSON.stringify({ version: 1, ...report }, undefined, 2)}\n`;
  const style = createStyle(colour);
  const rows = report.tables.map((outcome) => [
    mark(outcome, style),
    plain(outcome.table),
    outcome.evidence && outcome.state === 'collected' ? String(outcome.evidence.rows) : '–',
    outcome.evidence ? String(outcome.evidence.calls) : '–',
    verdict(outcome, style),
  ]);
  const seconds = ((report.endedAt - report.startedAt) / 1000).toFixed(2);
  const limits =
    report.limits.rows === undefined ? '' : `, at most ${report.limits.rows} row${report.limits.rows === 1 ? '' : 's'} a table`;
  const replayed = report.source.kind === 'replay' ? `, replayed from ${report.source.recording}` : '';
  const grid = table([['', 'table', 'rows', 'calls', ''].map(style.dim), ...rows], { right: [2, 3], indent: '  ', longest: 400 });
  const failures = failuresOf(report).map((message) => `\n${style.red(plain(message))}\n`);
  return `${style.bold(report.system)} ${style.dim(`in ${seconds} s${limits}${replayed}`)}\n${grid}${failures.join('')}`;
}

/** What went wrong, each once: what, where, what to do. */
export function failuresOf(report: CollectionReport): readonly string[] {
  return [
    ...new Set(
      report.tables.flatMap(({ state, error }) => ((state === 'failed' || state === 'held-back') && error ? [error.message] : [])),
    ),
  ];
}

function mark({ state, evidence }: TableOutcome, style: Style): string {
  if (state === 'collected' && evidence?.withoutFile === true) return style.dim('·');
  if (state === 'collected') return evidence?.complete === true ? style.green('✓') : style.yellow('!');
  return state === 'failed' ? style.red('✗') : style.dim('·');
}

/** Columns that came and went since the collection before: a filter may rest on one. */
function driftOf(evidence: TableOutcome['evidence']): readonly string[] {
  const { columnsNew = [], columnsGone = [] } = evidence?.drift ?? {};
  return [
    ...(columnsNew.length === 0 ? [] : [`New columns: ${columnsNew.join(', ')}.`]),
    ...(columnsGone.length === 0 ? [] : [`Columns gone: ${columnsGone.join(', ')}.`]),
  ];
}

function verdict({ state, evidence, earlier }: TableOutcome, style: Style): string {
  const asBefore = 'the table is as it was';
  switch (state) {
    case 'collected': {
      const notes = plain([...driftOf(evidence), ...(evidence?.caps ?? []), ...(evidence?.notes ?? [])].join(' '));
      const before = earlier && evidence ? `collected ${new Date(evidence.endedAt).toISOString()}, before this run; ` : '';
      if (evidence?.withoutFile === true) return style.dim(notes);
      if (evidence?.complete === true) return `${before}${notes === '' ? 'complete' : `complete; ${notes}`}`;
      return style.yellow(notes === '' ? 'not proven complete' : `not proven complete: ${notes}`);
    }
    case 'held-back':
      return style.red(`held back; ${asBefore}`);
    case 'failed':
      return style.red(`failed; ${asBefore}`);
    case 'cancelled':
      return `cancelled; ${asBefore}`;
    case 'not-reached':
      return `not tried; ${asBefore}`;
  }
}
