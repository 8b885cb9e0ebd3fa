import type { FilterWhy, WhyStep } from '../../run/filter/filter-report.ts';
import { createStyle, type Style } from './style.ts';
import { plain } from './table.ts';

/** The way of a row through a filter, for a person: a line for each step with the author's text, and below it what it came to. */
export function printWhy({ sentence, steps, notes, times, verdict }: FilterWhy, colour: boolean): string {
  const style = createStyle(colour);
  const head = verdict === 'here' ? style.green(plain(sentence)) : style.bold(plain(sentence));
  return [
    `${head}\n\n`,
    ...steps.map((step) => printStep(step, style)),
    ...(verdict === 'here' && times > 1 ? [`\n  ${times} rows of the output are this row.\n`] : []),
    ...notes.map((note) => `  ${style.yellow('!')} ${plain(note)}\n`),
  ].join('');
}

function printStep({ outcome, text, sentence, rows, near }: WhyStep, style: Style): string {
  const mark = outcome === 'passed' ? style.green('✓') : style.red('✗');
  const more = rows
    .slice(1, 4)
    .map(
      (row) =>
        `      ${style.dim(plain(row.map(({ text: name, value }) => `${name} ${value === null ? '–' : String(value)}`).join(', ')))}\n`,
    );
  const others = (near ?? []).slice(1).map(({ column, value }) => `      ${style.dim(plain(`near: ${column} ${String(value)}`))}\n`);
  return `  ${mark} ${plain(text.replace(/\s+/g, ' '))}\n      ${plain(sentence)}\n${more.join('')}${others.join('')}`;
}
