import { section } from '../details/parts.ts';
import { count } from '../words.ts';
import { button, element, foreign, icon } from '../dom.ts';
import type { Part } from '../part.ts';
import { ask, type Asked } from './ask.ts';
import { placeButton, waitingElement } from './place.ts';
import type { CountedPart, WhyEmpty } from './questions.ts';
import { noAnswer } from './row-why.ts';
import { stepElement } from './why.ts';

/** Keys that are named of those a step dropped. */
const fewKeys = 5;

/** No rows: what dropped them, found by following some rows of the start table through the filter. */
export function emptyPart(name: string, toWhyNot: () => void): Part {
  const found = element('div', { class: 'why-place', attributes: { 'aria-live': 'polite' } });
  let asked: Asked | undefined;
  const askElse = (): HTMLElement => element('p', { class: 'actions' }, button('Ask about another row', 'question', toWhyNot));
  return {
    node: element(
      'div',
      { class: 'page-text', attributes: { tabindex: '0', role: 'group', 'aria-label': 'No rows' } },
      element('p', { class: 'verdict doubtful' }, icon('circle-slash'), element('span', {}, foreign(`${name} gives no rows.`))),
      found,
    ),
    mount: () => {
      found.replaceChildren(
        waitingElement('Looking for what dropped them\u2026', () => {
          asked?.forget();
          found.replaceChildren(askElse());
        }),
      );
      asked = ask({ kind: 'why-empty' }, (answered) => {
        found.replaceChildren(...(answered.ok ? whyEmpty(answered.answer) : [noAnswer(answered.message)]), askElse());
      });
    },
    dispose: () => {
      asked?.forget();
    },
  };
}

function whyEmpty({ parts, hazards, tried, drops, sentence }: WhyEmpty): readonly HTMLElement[] {
  return [...countedParts(parts), ...hazardList(hazards), ...followedRows({ tried, drops, ...(sentence !== undefined && { sentence }) })];
}

/** Rows after each part, up to the one that left none. */
function countedParts(parts: readonly CountedPart[]): readonly HTMLElement[] {
  const end = parts.findIndex(({ rows }) => rows === 0);
  if (end < 0) return [];
  const items = parts.slice(0, end + 1).map(({ text, path, span, rows, more }) =>
    element(
      'li',
      { class: rows === 0 ? 'step dropped' : 'step' },
      element(
        'div',
        { class: 'step-line' },
        icon(rows === 0 ? 'circle-slash' : 'check'),
        placeButton(text, path, span),
        element('span', {
          class: 'rows-left',
          text: rows === 0 ? 'leaves none' : `${more === true ? 'more than ' : ''}${count(rows, 'row')}`,
        }),
      ),
    ),
  );
  return [section('Rows after each part', element('ol', { class: 'steps' }, ...items))];
}

function hazardList(hazards: WhyEmpty['hazards']): readonly HTMLElement[] {
  if (hazards.length === 0) return [];
  const items = hazards.map(({ message, text, path, span }) =>
    element('li', {}, icon('warning'), element('span', {}, placeButton(text, path, span), ' ', foreign(message))),
  );
  return [element('ul', { class: 'doubts' }, ...items)];
}

function followedRows({ tried, drops, sentence }: Pick<WhyEmpty, 'tried' | 'drops' | 'sentence'>): readonly HTMLElement[] {
  if (drops.length === 0) return [element('p', { class: 'quiet' }, foreign(sentence ?? 'Nothing more is known of it.'))];
  const dropped = drops.reduce((sum, { keys }) => sum + keys.length, 0);
  const said = element('p', {
    class: 'quiet',
    text: `${count(tried, 'row')} of the start table ${tried === 1 ? 'was' : 'were'} followed through the filter; ${dropped === tried ? 'all were' : `${String(dropped)} of them were`} dropped by:`,
  });
  return [section('Rows that were followed', said, element('ol', { class: 'steps' }, ...drops.map((drop) => dropElement(drop, tried))))];
}

function dropElement({ step, keys }: WhyEmpty['drops'][number], tried: number): HTMLElement {
  const item = stepElement(step, true);
  item.append(
    element(
      'p',
      { class: 'quiet' },
      `${String(keys.length)} of ${String(tried)}: `,
      foreign(`${keys.slice(0, fewKeys).join(', ')}${keys.length > fewKeys ? ', \u2026' : ''}`),
    ),
  );
  return item;
}
