import type { RowSet } from '../../../../engine/host/protocol.ts';
import type { Cell } from '../../../../engine/run/records.ts';
import { element, foreign } from '../dom.ts';
import { cellText } from '../words.ts';
import { bodyElement } from './body-text.ts';

/** One row, a column a line, with the full text of every value; the active column stands out. */
export function recordDetails(columns: RowSet['columns'], row: readonly Cell[], active: number): Node {
  const list = element('dl', { class: 'record' });
  columns.forEach(({ name, type }, index) => {
    const cell = row[index] ?? null;
    const text = cellText(cell, type);
    const mark = index === active ? 'active-value' : '';
    const value = cell === null ? element('span', { class: 'null', text: 'null' }) : isStructured(text) ? bodyElement(text) : foreign(text);
    list.append(
      element('dt', { class: mark }, foreign(name), element('span', { class: 'type', text: type })),
      element('dd', { class: mark }, value),
    );
  });
  return list;
}

function isStructured(text: string): boolean {
  return /^[[{]/.test(text) && text.length > 2;
}
