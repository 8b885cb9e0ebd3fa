import type { RowSet } from '../../../../engine/host/protocol.ts';
import type { Cell } from '../../../../engine/run/records.ts';
import { element, foreign } from '../dom.ts';
import { cellText } from '../words.ts';
import { bodyElement } from './body-text.ts';
import { isList, isWritten, parseJson, scalarText } from './json-text.ts';

/** One row, a column a line, with the full text of every value; the active column stands out. `nullWords` says more of a null, by column. */
export function recordDetails(
  columns: RowSet['columns'],
  row: readonly Cell[],
  active: number,
  nullWords: ReadonlyMap<string, string> = new Map(),
): HTMLElement {
  const list = element('dl', { class: 'record' });
  columns.forEach(({ name, type }, index) => {
    const cell = row[index] ?? null;
    const mark = index === active ? 'active-value' : '';
    const value =
      cell === null
        ? element('span', { class: 'null', text: nullWords.get(name) ?? 'null' })
        : (structured(cellText(cell, type)) ?? foreign(cellText(cell, type)));
    list.append(
      element('dt', { class: mark }, foreign(name), element('span', { class: 'type', text: type })),
      element('dd', { class: mark }, value),
    );
  });
  return list;
}

/** A multi-value as a list, other JSON as a tree. */
function structured(text: string): HTMLElement | undefined {
  const value = text.length > 2 ? parseJson(text) : undefined;
  if (value === undefined) return undefined;
  if (!isList(value)) return bodyElement(text);
  const items = value.map((entry) =>
    typeof entry === 'string' ? entry : typeof entry !== 'object' || entry === null || isWritten(entry) ? scalarText(entry) : undefined,
  );
  if (items.length > 200 || !items.every((item) => item !== undefined)) return bodyElement(text);
  return element('ul', { class: 'values' }, ...items.map((item) => element('li', {}, foreign(item))));
}
