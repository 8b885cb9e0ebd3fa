import type { CollectionReport, TableOutcome } from '../../run/records.ts';
import { createStyle, type Style } from './style.ts';
import { table } from './table.ts';

/** A collection for a person, or as the record itself. */
export function printCollection(report: CollectionReport, format: string, colour: boolean): string {
  if (format === 'json') return `${JSON.stringify({ version: 1, ...report }, undefined, 2)}\n`;
  const style = createStyle(colour);
  const rows = report.tables.map((outcome) => [
    mark(outcome, style),
    outcome.table,
    outcome.evidence && outcome.state === 'collected' ? String(outcome.evidence.rows) : '–',
    outcome.evidence ? `${outcome.evidence.calls}` : '–',
    verdict(outcome, style),
  ]);
  const seconds = ((report.endedAt - report.startedAt) / 1000).toFixed(2);
  const limits = report.limits.rows === undefined ? '' : `, at most ${report.limits.rows} rows a table`;
  return `${style.bold(report.system)} ${style.dim(`${seconds} s${limits}`)}\n${table([['', 'table', 'rows', 'calls', ''].map(style.dim), ...rows], { right: [2, 3], indent: '  ', longest: 200 })}`;
}

function mark({ state, evidence }: TableOutcome, style: Style): string {
  if (state === 'collected') return evidence?.complete === true ? style.green('✓') : style.yellow('!');
  return state === 'failed' ? style.red('✗') : style.dim('·');
}

function verdict({ state, evidence, error }: TableOutcome, style: Style): string {
  switch (state) {
    case 'collected':
      if (!evidence) return '';
      return evidence.complete ? ['complete', ...evidence.notes].join('; ') : style.yellow(`not proven complete: ${evidence.notes.join('; ')}`);
    case 'failed':
      return style.red(error?.message ?? 'failed');
    case 'cancelled':
      return 'cancelled; the table is as it was';
    case 'not-reached':
      return `not reached; the table is as it was`;
  }
}
