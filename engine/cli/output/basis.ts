import { originNotes } from '../../run/plan/basis.ts';
import type { DataBasis } from '../../run/plan/plan.ts';
import type { Style } from './style.ts';
import { plain, table } from './table.ts';

/** The data a plan rests on. */
export function printBasis(basis: readonly DataBasis[], style: Style): string {
  const rows = basis.map(({ system, table: name, rows: count, collectedAt, complete, replayedFrom, notes }) => [
    complete ? style.green('✓') : style.yellow('!'),
    `${system}.${name}`,
    String(count),
    collectedAt === undefined
      ? 'never collected'
      : `${replayedFrom === undefined ? 'collected' : 'replayed'} ${collectedAt.slice(0, 19).replace('T', ' ')} UTC`,
    complete ? 'complete' : style.yellow(notes.length === 0 ? 'not proven complete' : `not proven complete: ${plain(notes.join(' '))}`),
  ]);
  const replayed = originNotes(basis).map((note) => `  ${style.yellow('!')} ${plain(note)}\n`);
  return `\n${style.bold('Rests on')}\n${replayed.join('')}${table(rows, { right: [2], indent: '  ', longest: 400 })}`;
}

/** What must be read first. */
export function printAttention(attention: readonly string[], style: Style): string {
  return attention.map((line) => `${style.yellow('!')} ${plain(line)}\n`).join('');
}
