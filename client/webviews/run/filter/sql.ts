import type { FilterExplanation } from '../../../../engine/run/filter/filter-report.ts';
import type { Cell } from '../../../../engine/run/records.ts';
import { section } from '../details/parts.ts';
import { element, foreign, iconButton } from '../dom.ts';
import { post } from '../host.ts';
import type { Part } from '../part.ts';
import { ask, type Asked } from './ask.ts';
import { waitingElement } from './place.ts';
import { noAnswer } from './row-why.ts';

/** The statement a filter is now, its values and how SQLite goes about it; asked anew, since the text may have changed since the run. */
export function explainPart(): Part {
  const node = element('div', { class: 'page-text', attributes: { tabindex: '0', role: 'group', 'aria-label': 'SQL of the filter' } });
  let asked: Asked | undefined;
  const start = (): void => {
    node.replaceChildren(
      waitingElement('Compiling the filter\u2026', () => {
        asked?.forget();
        node.replaceChildren(element('p', { class: 'quiet', text: 'Cancelled.' }));
      }),
    );
    asked = ask({ kind: 'explain' }, (answered) => {
      node.replaceChildren(...(answered.ok ? explained(answered.answer) : [noAnswer(answered.message)]));
    });
  };
  return {
    node,
    mount: start,
    dispose: () => {
      asked?.forget();
    },
  };
}

/** The statement of a run that is over. */
export function keptSqlPart(sql: string): Part {
  return { node: element('div', { class: 'page-text' }, sqlSection(sql)) };
}

function explained({ sql, values, plan }: FilterExplanation): readonly HTMLElement[] {
  return [
    sqlSection(sql),
    ...(values.length === 0 ? [] : [section('Values of the ?, in their order', valuesList(values))]),
    section(
      'Plan of SQLite',
      plan.length === 0
        ? element('p', { class: 'quiet', text: 'No plan: it needs tables that have been collected.' })
        : copied('Copy the plan', plan.join('\n')),
    ),
  ];
}

function sqlSection(sql: string): HTMLElement {
  return section('SQL', copied('Copy the SQL', sql));
}

function copied(label: string, text: string): HTMLElement {
  return element(
    'div',
    { class: 'sql' },
    iconButton(label, 'copy', () => {
      post({ type: 'copy', text });
    }),
    element('pre', { class: 'body', text, attributes: { tabindex: '0', dir: 'ltr' } }),
  );
}

function valuesList(values: readonly Cell[]): HTMLElement {
  const item = (value: Cell): HTMLElement =>
    element(
      'li',
      {},
      value === null
        ? element('span', { class: 'null', text: 'null' })
        : foreign(typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)),
    );
  return element('ol', { class: 'bound' }, ...values.map(item));
}
