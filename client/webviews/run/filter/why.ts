import type { FilterWhy, WhyNear, WhyStep, WhyStepKind, WhyValue } from '../../../../engine/run/filter/filter-report.ts';
import { bullets } from '../details/parts.ts';
import { element, foreign, icon } from '../dom.ts';
import { cellText, count, grouped, oneLine } from '../words.ts';
import { placeButton } from './place.ts';

/** The way of a row through a filter: the answer first, then every step with its values, each leading to its place in the text. */
export function whyElement(why: FilterWhy): HTMLElement {
  const { verdict, sentence, subject, steps, droppedBy, notes } = why;
  // Where the step that dropped the row says the rest of it, only the answer itself is loud.
  const dropped = droppedBy === undefined ? '' : (steps[droppedBy]?.sentence ?? '');
  const reason = dropped !== '' && sentence.length > dropped.length && sentence.endsWith(dropped) ? dropped : '';
  const answer = sentence.slice(0, sentence.length - reason.length).trimEnd();
  const tone = verdict === 'here' ? 'good' : verdict === 'not-here' ? 'bad' : 'doubtful';
  return element(
    'div',
    { class: 'why' },
    element(
      'p',
      { class: `verdict ${tone}` },
      icon(verdict === 'here' ? 'pass' : verdict === 'not-here' ? 'circle-slash' : 'question'),
      element('span', {}, foreign(answer)),
    ),
    reason === '' ? undefined : element('p', { class: 'verdict-reason' }, foreign(reason)),
    subject === '' || sentence.includes(subject) ? undefined : element('p', { class: 'quiet subject' }, foreign(subject)),
    notes.length === 0 ? undefined : bullets(notes, 'bullets why-notes'),
    element(
      'ol',
      { class: 'steps', attributes: { 'aria-label': 'Step by step, in the order of work' } },
      ...steps.map((step, at) => stepElement(step, at === droppedBy)),
    ),
  );
}

const stepWords: Readonly<Record<WhyStepKind, string>> = {
  start: 'Start',
  join: 'Join',
  absence: 'Anti join',
  condition: 'Where',
  script: 'Script',
  exclude: 'Exclude',
  lookup: 'Lookup',
  group: 'Group',
  having: 'Having',
  distinct: 'Distinct',
  append: 'Append',
  limit: 'Limit',
};

/** One step: what it is, what it says of the row, and the values it looked at. */
export function stepElement(step: WhyStep, isEnd: boolean): HTMLElement {
  const { kind, outcome, sentence, text, path, span, before, after, rows, near = [] } = step;
  const dropped = outcome === 'dropped' || isEnd;
  return element(
    'li',
    { class: dropped ? 'step dropped' : 'step' },
    element(
      'div',
      { class: 'step-line' },
      icon(dropped ? 'circle-slash' : 'check'),
      element('span', { class: 'step-kind', text: stepWords[kind] }),
      text.trim() === '' ? undefined : placeButton(text, path, span),
      after !== before && !dropped && before > 0 ? timesElement(before, after) : undefined,
    ),
    element('p', { class: 'step-sentence' }, foreign(sentence)),
    ...valuesOf(rows, sentence),
    near.length === 0 ? undefined : element('ul', { class: 'near' }, ...near.map((one) => element('li', {}, ...nearWords(one)))),
  );
}

/** The values a step looked at: at once where the sentence does not name them already, and those of several combinations where a person wants them. */
function valuesOf(rows: WhyStep['rows'], sentence: string): readonly HTMLElement[] {
  const [first, ...others] = rows;
  if (first === undefined) return [];
  if (others.length === 0)
    return first.every(({ text }) => sentence.includes(text)) && !first.some(hidesBlanks) ? [] : [valuesElement(first)];
  return [
    element(
      'details',
      { class: 'more-rows' },
      element('summary', { text: `Values of ${count(rows.length, 'combination')} of rows` }),
      ...rows.map(valuesElement),
    ),
  ];
}

/** A value with blanks at its ends: a sentence does not show them. */
function hidesBlanks({ value }: WhyValue): boolean {
  return typeof value === 'string' && value !== value.trim();
}

/** A join that multiplies, or a condition that leaves some of the combinations. */
function timesElement(before: number, after: number): HTMLElement {
  const more = after > before;
  const label = `${grouped(before)} \u2192 ${grouped(after)}`;
  return element(
    'span',
    {
      class: more ? 'times more' : 'times',
      attributes: { title: more ? 'This step multiplies the row' : 'Combinations of rows before and behind this step' },
    },
    element('span', { text: label }),
  );
}

function valuesElement(values: readonly WhyValue[]): HTMLElement {
  const list = element('dl', { class: 'pairs code step-values' });
  for (const { text, value, found } of values) {
    const shown =
      value === null
        ? element('span', { class: 'null', text: 'null' })
        : foreign(visible(oneLine(typeof value === 'boolean' ? String(value) : cellText(value), 200)));
    list.append(
      element('dt', {}, foreign(text)),
      element('dd', {}, shown, found === true ? element('span', { class: 'found quiet', text: ' found' }) : undefined),
    );
  }
  return list;
}

/** Blanks at the ends are what a person cannot see and a comparison does. */
function visible(text: string): string {
  return text.replace(/^\s+|\s+$/g, (blanks) => '\u2423'.repeat(blanks.length));
}

const nearness: Readonly<Record<WhyNear['how'], string>> = {
  blanks: 'the same but for blanks around it',
  case: 'the same but for upper and lower case',
  'blanks-and-case': 'the same but for blanks and upper and lower case',
  zeros: 'the same but for leading zeros',
  type: 'the same, but one is a text and the other a number',
  spelling: 'spelled nearly so',
};

function nearWords({ column, value, how }: WhyNear): readonly Node[] {
  return [icon('lightbulb'), element('span', {}, foreign(`${column} has ${visible(cellText(value))}`, 'near-value'), `: ${nearness[how]}`)];
}
