import type { FilterWhy } from '../../../../engine/run/filter/filter-report.ts';
import { button, element, freshId } from '../dom.ts';
import type { Part } from '../part.ts';
import { ask, type Asked } from './ask.ts';
import { waitingElement } from './place.ts';
import type { Answered, FilterFrame, KeyColumn } from './questions.ts';
import { noAnswer } from './row-why.ts';
import { whyElement } from './why.ts';

interface Choice extends KeyColumn {
  readonly alias: string;
}

/** Milliseconds without a key stroke after which what was typed is looked up. */
const pause = 150;

/** Asks once somebody stops typing for a moment; an earlier question is forgotten. */
function createTyping(look: () => Asked | undefined): { changed(): void; dispose(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked: Asked | undefined;
  const dispose = (): void => {
    clearTimeout(timer);
    asked?.forget();
    asked = undefined;
  };
  return {
    changed: () => {
      dispose();
      timer = setTimeout(() => {
        asked = look();
      }, pause);
    },
    dispose,
  };
}

/** *Why is … not here?*: a key is written or picked, and the filter is followed to the step that dropped its row. */
export function whyNotPart({ tables }: FilterFrame): Part {
  const keyed = tables.filter(({ key }) => key !== undefined);
  const [first] = keyed;
  if (first === undefined)
    return {
      node: element('p', {
        class: 'empty',
        text: 'No table of this filter has a key that a row could be named by. Name a "key" in the system, or mend the filter first.',
      }),
    };
  const inputId = freshId('key');
  const keys = element('datalist', { attributes: { id: freshId('keys') } });
  const input = element('input', {
    class: 'input',
    attributes: {
      id: inputId,
      type: 'text',
      list: keys.id,
      spellcheck: 'false',
      autocomplete: 'off',
      dir: 'auto',
      'data-keep-focus': 'why-not',
    },
  });
  const choices: Choice[] = keyed.map(({ alias, key = '' }) => ({ alias, column: key, values: [] }));
  const picker = element('select', { class: 'table-picker', attributes: { 'aria-label': 'Column that names the row' } });
  let isChosen = false;
  const draw = (chosen: Choice | undefined): void => {
    picker.replaceChildren(
      ...choices.map(({ alias, column }, at) => element('option', { text: `${alias}.${column}`, attributes: { value: String(at) } })),
    );
    picker.value = String(Math.max(0, chosen === undefined ? 0 : choices.indexOf(chosen)));
    showValues();
  };
  const current = (): Choice | undefined => choices[Number(picker.value)];
  const offer = (values: readonly string[]): void => {
    keys.replaceChildren(...values.map((value) => element('option', { attributes: { value } })));
  };
  const showValues = (): void => {
    const values = current()?.values ?? [];
    offer(values);
    input.placeholder = values[0] ?? 'value';
  };
  const typed = createTyping(() => {
    const [chosen, text] = [current(), input.value.trimStart()];
    if (chosen === undefined || text === '') {
      offer(chosen?.values ?? []);
      return undefined;
    }
    return ask({ kind: 'values', alias: chosen.alias, column: chosen.column, text }, (answered) => {
      // Without an answer what was offered before is better than nothing.
      if (answered.ok) offer(answered.answer);
    });
  });
  const answer = element('div', { class: 'why-place', attributes: { 'aria-live': 'polite' } });
  answer.append(element('p', { class: 'quiet', text: 'The first step that dropped the row is shown, with its values.' }));
  let asked: Asked | undefined;
  const askedKeys: Asked[] = [];
  const stop = (): void => {
    asked?.forget();
    asked = undefined;
  };
  const tell = (answered: Answered<FilterWhy>): void => {
    answer.replaceChildren(answered.ok ? whyElement(answered.answer) : noAnswer(answered.message));
  };
  const find = (): void => {
    stop();
    if (input.value.trim() === '') {
      input.focus();
      return;
    }
    answer.replaceChildren(
      waitingElement('Following the row through the filter\u2026', () => {
        stop();
        answer.replaceChildren(element('p', { class: 'quiet', text: 'Cancelled.' }));
      }),
    );
    const chosen = current();
    if (chosen === undefined) return;
    isChosen = true;
    asked = ask({ kind: 'why-not', alias: chosen.alias, column: chosen.column, value: input.value.trim() }, tell);
  };
  /** A table's key is known at once, and what else names its rows when the extension has looked. */
  const offerKeys = (alias: string): void => {
    askedKeys.push(
      ask({ kind: 'keys', alias }, (answered) => {
        if (!answered.ok || answered.answer.length === 0) return;
        const before = current();
        const from = choices.findIndex((choice) => choice.alias === alias);
        const more = answered.answer.map((column): Choice => ({ alias, ...column }));
        choices.splice(from, choices.filter((choice) => choice.alias === alias).length, ...more);
        const same = choices.find((choice) => choice.alias === before?.alias && choice.column === before.column);
        draw(isChosen ? same : undefined);
      }),
    );
  };
  draw(undefined);
  picker.addEventListener('change', () => {
    isChosen = true;
    showValues();
  });
  input.addEventListener('input', typed.changed);
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    find();
    event.preventDefault();
  });
  return {
    node: element(
      'div',
      { class: 'page-text why-not' },
      element(
        'div',
        { class: 'ask', attributes: { role: 'search', 'aria-label': 'Why is a row not here?' } },
        element('label', { text: 'Why is', attributes: { for: inputId } }),
        picker,
        element('span', { text: '=', attributes: { 'aria-hidden': 'true' } }),
        input,
        keys,
        element('span', { text: 'not here?', attributes: { 'aria-hidden': 'true' } }),
        button('Ask', 'question', find),
      ),
      answer,
    ),
    mount: () => {
      for (const { alias } of keyed) offerKeys(alias);
    },
    dispose: () => {
      stop();
      typed.dispose();
      for (const one of askedKeys) one.forget();
    },
  };
}
