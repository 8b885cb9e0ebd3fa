import type { FilterWhy } from '../../../../engine/run/filter/filter-report.ts';
import type { Cell } from '../../../../engine/run/records.ts';
import { element, foreign, icon } from '../dom.ts';
import { ask, type Asked } from './ask.ts';
import { waitingElement } from './place.ts';
import type { Answered } from './questions.ts';
import { whyElement } from './why.ts';

/** Why rows are here: asked when a person looks at a row, and known from then on. */
export interface RowWhy {
  element(row: number, values: Readonly<Record<string, Cell>>): HTMLElement;
  dispose(): void;
}

/** Milliseconds on one row before it is asked for: an arrow key held down passes hundreds. */
const rest = 180;

export function createRowWhy(): RowWhy {
  const known = new Map<number, Answered<FilterWhy>>();
  let asked: Asked | undefined;
  let timer: number | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    asked?.forget();
    asked = undefined;
  };
  return {
    element: (row, values) => {
      stop();
      const place = element('div', { class: 'why-place', attributes: { 'aria-live': 'polite' } });
      const tell = (answered: Answered<FilterWhy>): void => {
        known.set(row, answered);
        place.replaceChildren(answeredElement(answered));
      };
      const answered = known.get(row);
      if (answered !== undefined) place.append(answeredElement(answered));
      else {
        place.append(
          waitingElement('Following the row through the filter\u2026', () => {
            stop();
            place.replaceChildren(element('p', { class: 'quiet', text: 'Cancelled. Choose another row, or this one again.' }));
          }),
        );
        timer = window.setTimeout(() => {
          asked = ask({ kind: 'why-row', values }, tell);
        }, rest);
      }
      return place;
    },
    dispose: stop,
  };
}

function answeredElement(answered: Answered<FilterWhy>): HTMLElement {
  return answered.ok ? whyElement(answered.answer) : noAnswer(answered.message);
}

/** Why there is no answer, as loud as an answer. */
export function noAnswer(message: string): HTMLElement {
  return element('p', { class: 'notice error boxed', attributes: { role: 'alert' } }, icon('error'), element('span', {}, foreign(message)));
}
