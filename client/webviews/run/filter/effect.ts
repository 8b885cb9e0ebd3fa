import type { FilterEffect } from '../../../../engine/run/filter/filter-report.ts';
import { element, foreign, icon } from '../dom.ts';
import { comparisonPart } from '../pages/comparison.ts';
import type { Part } from '../part.ts';
import { count, durationText, grouped } from '../words.ts';
import { ask, type Asked } from './ask.ts';
import { waitingElement } from './place.ts';
import type { Against, FilterFrame } from './questions.ts';
import { noAnswer } from './row-why.ts';

const sides: readonly (readonly [Against, string])[] = [
  ['saved', 'the saved file'],
  ['commit', 'the last commit'],
];

/** What was looked at last: whoever works against the last commit goes on doing so. */
let last: Against = 'saved';

/** *What does this edit change*: the rows of the text in the editor against those of an older text, on the same data. */
export function effectPart({ filter }: FilterFrame): Part {
  const stage = element('div', { class: 'effect-stage' });
  let asked: Asked | undefined;
  let shown: Part | undefined;
  const clear = (): void => {
    asked?.forget();
    asked = undefined;
    shown?.dispose?.();
    shown = undefined;
  };
  const choices = sides.map(([against, words]) =>
    element('button', {
      class: 'segment',
      text: words,
      attributes: { type: 'button' },
      onClick: () => {
        start(against);
      },
    }),
  );
  const start = (against: Against): void => {
    last = against;
    clear();
    sides.forEach(([side], at) => {
      choices[at]?.setAttribute('aria-pressed', String(side === against));
    });
    stage.replaceChildren(
      waitingElement('Reading both sides\u2026', () => {
        clear();
        stage.replaceChildren(element('p', { class: 'empty', text: 'Cancelled.' }));
      }),
    );
    asked = ask({ kind: 'effect', against }, (answered) => {
      if (!answered.ok) {
        stage.replaceChildren(noAnswer(answered.message));
        return;
      }
      const effect = answered.answer;
      stage.replaceChildren(effectHead(effect));
      if (isSame(effect) || changed(effect) === 0) return;
      shown = comparisonPart(effect.comparison, filter, { withSummary: false });
      stage.append(shown.node);
      shown.mount?.();
    });
  };
  return {
    node: element(
      'div',
      { class: 'effect' },
      element(
        'div',
        { class: 'effect-bar' },
        element('span', { text: 'What does this edit change against' }),
        element('div', { class: 'segments', attributes: { role: 'group', 'aria-label': 'Against' } }, ...choices),
      ),
      stage,
    ),
    mount: () => {
      start(last);
    },
    dispose: clear,
  };
}

/** Nothing that the rows rest on differs, beside the data. */
function isSame({ sameText, alsoChanged }: FilterEffect): boolean {
  return sameText && alsoChanged.length === 0;
}

function changed({ comparison: { counts } }: FilterEffect): number {
  return counts.new + counts.gone + counts.changed;
}

/** `3 rows new, 2 gone`. */
function changesText(counts: FilterEffect['comparison']['counts']): string {
  return (['new', 'gone', 'changed'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind, at) => `${at === 0 ? count(counts[kind], 'row') : grouped(counts[kind])} ${kind}`)
    .join(', ');
}

/** The answer in a sentence, what it is held against, and what must be known before trusting it. */
function effectHead(effect: FilterEffect): HTMLElement {
  const { against, comparison, milliseconds } = effect;
  const { counts, key, columnsNew, columnsGone, notes = [] } = comparison;
  const same = isSame(effect);
  const nothing = same || changed(effect) === 0;
  const sentence = same
    ? `The text is that of ${against}, so the rows are the same.`
    : nothing
      ? `The edit changes nothing: ${count(counts.same, 'row')} as before.`
      : `${changesText(counts)}; ${grouped(counts.same)} as before.`;
  const how = [
    `against ${against}`,
    key.length === 0 ? 'whole rows compared, since no column tells them apart' : `rows told apart by ${key.join(', ')}`,
    ...(columnsNew.length === 0 ? [] : [`columns new: ${columnsNew.join(', ')}`]),
    ...(columnsGone.length === 0 ? [] : [`columns gone: ${columnsGone.join(', ')}`]),
    durationText(milliseconds),
  ];
  return element(
    'div',
    { class: 'effect-head' },
    element(
      'p',
      { class: nothing ? 'verdict good' : 'verdict' },
      icon(nothing ? 'pass' : 'git-compare'),
      element('span', {}, foreign(sentence)),
    ),
    same ? undefined : element('p', { class: 'quiet' }, foreign(how.join(' \u00b7 '))),
    notes.length === 0
      ? undefined
      : element('ul', { class: 'doubts' }, ...notes.map((note) => element('li', {}, icon('warning'), foreign(note)))),
  );
}
