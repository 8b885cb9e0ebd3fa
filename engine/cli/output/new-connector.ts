import type { LeftOut, NewTableSummary } from '../../model/new-connector/new-connector.ts';
import type { MadeConnector } from '../../model/new-connector/make-connector.ts';
import { createStyle, type Style } from './style.ts';
import { plain, table } from './table.ts';

/** A connector that was made, for a person, or as a record. `path` is where it was written. */
export function printNewConnector(made: MadeConnector, path: string, format: string, colour: boolean): string {
  if (format === 'json') {
    const { name, source, problems, tables, notes, leftOut } = made;
    return `${JSON.stringify({ version: 1, path, name, source, problems, tables, notes, leftOut }, undefined, 2)}\n`;
  }
  const style = createStyle(colour);
  const parts = [
    `${style.bold(plain(path))} ${style.dim(`${origin(made)}: ${count(made.tables.length, 'table')}, ${count(operationsOf(made), 'operation')}`)}\n`,
    tablesText(made.tables, style),
    made.notes.length > 0 ? `\n${style.bold('To check')}\n${made.notes.map((note) => `  · ${plain(note)}\n`).join('')}` : '',
    leftOutText(made.leftOut, style),
    made.problems > 0 ? `\n${style.yellow(`A check finds ${count(made.problems, 'problem')} in it.`)}\n` : '',
  ];
  return parts.join('');
}

function origin({ source }: MadeConnector): string {
  if (source === 'open-api') return 'from an OpenAPI document';
  return source === 'sample' ? 'from a sample answer' : 'from nothing';
}

function operationsOf({ tables }: MadeConnector): number {
  return tables.reduce((sum, { operations }) => sum + operations.length, 0);
}

const mostTables = 60;

function tablesText(tables: readonly NewTableSummary[], style: Style): string {
  const rows = tables
    .slice(0, mostTables)
    .map(({ name, columns, operations, membership }) => [
      plain(name),
      String(columns),
      `${operations.map(plain).join(', ')}${membership ? ` ${style.green('(roles)')}` : ''}`,
    ]);
  const more = tables.length - rows.length;
  const grid = table([['table', 'columns', 'operations'].map(style.dim), ...rows], { right: [1], indent: '  ', longest: 200 });
  return `${grid}${more > 0 ? style.dim(`  and ${count(more, 'more table')}; --format json lists all\n`) : ''}`;
}

const mostNamed = 5;

/** What was left out, reason by reason. */
function leftOutText(leftOut: readonly LeftOut[], style: Style): string {
  if (leftOut.length === 0) return '';
  const reasons = new Map<string, string[]>();
  for (const { what, why } of leftOut) reasons.set(why, [...(reasons.get(why) ?? []), what]);
  const lines = [...reasons].map(([why, all]) => {
    const more = all.length - mostNamed;
    return `  · ${plain(why)}: ${all.slice(0, mostNamed).map(plain).join(', ')}${more > 0 ? ` and ${more} more` : ''}\n`;
  });
  const hidden = [...reasons.values()].some((all) => all.length > mostNamed);
  return `\n${style.bold(`Left out (${leftOut.length})`)}\n${lines.join('')}${hidden ? style.dim('  --format json lists all\n') : ''}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
