import type { DataBasis } from '../../run/plan/plan.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

/** The data a plan rests on. */
export function printBasis(basis: readonly DataBasis[], style: Style): string {
  const rows = basis.map(({ system, table: name, rows: count, collectedAt, complete, notes }) => [
    complete ? style.green('✓') : style.yellow('!'),
    `${system}.${name}`,
    String(count),
    collectedAt === undefined ? 'never collected' : `collected ${collectedAt.slice(0, 19).replace('T', ' ')} UTC`,
    complete ? 'complete' : `not proven complete: ${notes.join('; ')}`,
  ]);
  return `\n${style.dim('rests on')}\n${table(rows, { right: [2], indent: '  ', longest: 160 })}`;
}

/** What must be read first. */
export function printAttention(attention: readonly string[], style: Style): string {
  return attention.map((line) => `${style.yellow('!')} ${line}\n`).join('');
}
