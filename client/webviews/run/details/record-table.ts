import type { RowSet } from '../../../../engine/host/protocol.ts';
import { element, foreign } from '../dom.ts';
import { cellText, oneLine } from '../words.ts';

/** A few rows as a small table, without the column at `leftOut`. */
export function recordTable({ columns, rows }: RowSet, indexes: readonly number[], leftOut: number): HTMLElement {
  const shown = columns.map((column, at) => ({ ...column, at })).filter(({ at }) => at !== leftOut);
  const head = element('tr', {}, ...shown.map(({ name }) => element('th', { attributes: { scope: 'col' } }, foreign(name))));
  const body = indexes.map((index) =>
    element(
      'tr',
      {},
      ...shown.map(({ at, type }) => {
        const cell = rows[index]?.[at] ?? null;
        return element(
          'td',
          type === 'number' ? { class: 'numeric' } : {},
          cell === null ? element('span', { class: 'null', text: 'null' }) : foreign(oneLine(cellText(cell, type), 120)),
        );
      }),
    ),
  );
  return element(
    'div',
    { class: 'wide', attributes: { tabindex: '0', role: 'group', 'aria-label': 'Child rows' } },
    element('table', { class: 'small' }, element('thead', {}, head), element('tbody', {}, ...body)),
  );
}
