import type { RehearsalReport, RehearsedFault, RehearsedMapping, RehearsedTable } from '../../run/rehearsal-report.ts';
import { createStyle, type Style } from './style.ts';
import { plain, table } from './table.ts';

/** A rehearsal for a person, fault by fault, or as the record itself. */
export function printRehearsal(report: RehearsalReport, format: string, colour: boolean): string {
  if (format === 'json') return `${JSON.stringify({ version: 1, ...report }, undefined, 2)}\n`;
  const style = createStyle(colour);
  const { system, recording, seed, faults, clean } = report;
  const unsafe = faults.filter(({ safe }) => !safe).length;
  const summary = unsafe === 0 ? style.green('all safe') : style.red(`${unsafe} not safe`);
  return [
    `${style.bold(plain(system))} ${style.dim(`${recording}, seed ${seed}`)}: ${faults.length} fault${faults.length === 1 ? '' : 's'}, ${summary}\n`,
    clean.length === 0
      ? '  No mapping and no role model rests on it.\n'
      : `  What a clean replay would plan:\n${printMappings(clean, clean, style)}`,
    ...faults.map((fault) => printFault(fault, clean, style)),
  ].join('');
}

function printFault(fault: RehearsedFault, clean: readonly RehearsedMapping[], style: Style): string {
  const { id, title, struck, place, tables, mappings, safe, verdict } = fault;
  const where = place === undefined ? '' : ` from ${place}`;
  const times = struck === 0 ? 'did not strike' : `struck ${struck}×${where}`;
  return [
    `\n${safe ? style.green('✓') : style.red('✗')} ${style.bold(id)} ${style.dim(times)}\n`,
    `  ${plain(title)}\n`,
    `  ${safe ? plain(verdict) : style.red(plain(verdict))}\n`,
    ...(struck === 0 ? [] : [printTables(tables, style), printMappings(mappings, clean, style)]),
  ].join('');
}

function printTables(tables: readonly RehearsedTable[], style: Style): string {
  const head = ['table', 'before', 'after', 'lost', 'outcome', 'deletes'].map(style.dim);
  const rows = tables.map(({ table: name, rowsBefore, rowsAfter, lost, outcome, deletesAllowed }) => [
    plain(name),
    String(rowsBefore),
    String(rowsAfter),
    lost > 0 ? style.yellow(String(lost)) : '0',
    outcomeOf(outcome, style),
    deletesAllowed ? 'may rest on it' : style.yellow('withheld'),
  ]);
  return table([head, ...rows], { right: [1, 2, 3], indent: '    ', longest: 80 });
}

function outcomeOf({ state, evidence }: RehearsedTable['outcome'], style: Style): string {
  switch (state) {
    case 'collected':
      return evidence?.complete === true ? 'complete' : style.yellow('not proven complete');
    case 'held-back':
      return style.yellow('held back');
    case 'failed':
      return style.yellow('failed');
    case 'cancelled':
      return 'cancelled';
    case 'not-reached':
      return style.yellow('not tried');
  }
}

/** Only what differs from a clean replay has to be read. */
function printMappings(mappings: readonly RehearsedMapping[], clean: readonly RehearsedMapping[], style: Style): string {
  const head = ['plan', 'creates', 'updates', 'deletes', 'wrong', 'withheld', 'guard'].map(style.dim);
  const rows = mappings.map((mapping) => {
    const before = clean.find((each) => each.mapping === mapping.mapping);
    const counted = (now: number, was: number | undefined): string => (now === was ? String(now) : style.yellow(`${was ?? 0} → ${now}`));
    return [
      plain(mapping.mapping),
      counted(mapping.creates, before?.creates),
      counted(mapping.updates, before?.updates),
      counted(mapping.deletes, before?.deletes),
      mapping.deletesWrong > 0 ? style.red(String(mapping.deletesWrong)) : '0',
      String(mapping.deletesWithheld),
      mapping.note === undefined ? (mapping.guards.length > 0 ? style.yellow('stops it') : '–') : plain(mapping.note),
    ];
  });
  return rows.length === 0 ? '' : table([head, ...rows], { right: [1, 2, 3, 4, 5], indent: '    ', longest: 100 });
}
