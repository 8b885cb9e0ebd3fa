import type { FilterWhy, WhyStep, WhyStepKind } from '../../run/filter/filter-report.ts';
import { allAsOne } from '../../run/filter/why/group-steps.ts';
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

/** Words of a filter that the text of a step leaves out. */
const words: Partial<Readonly<Record<WhyStepKind, string>>> = {
  start: 'from',
  group: 'group by',
  exclude: 'exclude when',
  having: 'having',
  append: 'append',
  limit: 'limit',
};

/** Longest title of a step: a script may have many lines. */
const longestTitle = 120;

/** A step as its author would know it: `limit 5`, `distinct on (p.mail)`. */
function titleOf({ kind, text, isJoined }: WhyStep): string {
  const own = text.replace(/\s+/g, ' ').trim();
  const word = isJoined ? undefined : words[kind];
  const isWhole = word === undefined || own === allAsOne || own.toLowerCase().startsWith(`${word} `);
  const title = kind === 'distinct' && !/^distinct /i.test(own) ? `distinct on (${own})` : isWhole ? own : `${word} ${own}`;
  return title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title;
}

function printStep(step: WhyStep, style: Style): string {
  const { outcome, sentence, rows, near } = step;
  const mark = outcome === 'passed' ? style.green('✓') : style.red('✗');
  const more = rows
    .slice(1, 4)
    .map(
      (row) =>
        `      ${style.dim(plain(row.map(({ text: name, value }) => `${name} ${value === null ? '–' : String(value)}`).join(', ')))}\n`,
    );
  const others = (near ?? []).slice(1).map(({ column, value }) => `      ${style.dim(plain(`near: ${column} ${String(value)}`))}\n`);
  return `  ${mark} ${plain(titleOf(step))}\n      ${plain(sentence)}\n${more.join('')}${others.join('')}`;
}
