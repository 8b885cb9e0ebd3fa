import { button, element, foreign, freshId, icon } from '../dom.ts';
import { showPopup } from '../popup.ts';
import { movedColumn, withHidden, type Layout } from './layout.ts';

export interface ColumnsAccess {
  readonly names: readonly string[];
  layout(): Layout;
  change(layout: Layout): void;
  reset(): void;
}

/** Shows, hides and orders columns: by mouse and drag, or Space and Alt+Up and Alt+Down. */
export function showColumns(anchor: HTMLElement, access: ColumnsAccess): void {
  const { names } = access;
  const list = element('ul', { class: 'choices', attributes: { 'aria-label': 'Columns' } });
  let dragged: number | undefined;
  let part = '';
  const draw = (focus?: number): void => {
    const { order, hidden } = access.layout();
    const wanted = order.filter((column) => (names[column] ?? '').toLowerCase().includes(part));
    list.replaceChildren(...wanted.map((column) => item(column, !hidden.has(column))));
    if (focus !== undefined) list.querySelector<HTMLElement>(`[data-column="${String(focus)}"] input`)?.focus();
  };
  const change = (layout: Layout, focus?: number): void => {
    access.change(layout);
    draw(focus);
  };
  const step = (column: number, by: -1 | 1): void => {
    const layout = access.layout();
    const at = layout.order.indexOf(column);
    if (at + by < 0 || at + by >= layout.order.length) return;
    change(movedColumn(layout, column, layout.order[by < 0 ? at - 1 : at + 2]), column);
  };
  const item = (column: number, isShown: boolean): HTMLElement => {
    const box = element('input', {
      attributes: { type: 'checkbox', id: freshId('column'), 'aria-keyshortcuts': 'Alt+ArrowUp Alt+ArrowDown' },
    });
    box.checked = isShown;
    box.addEventListener('change', () => {
      access.change(withHidden(access.layout(), column, !box.checked));
    });
    const row = element(
      'li',
      { attributes: { draggable: 'true', 'data-column': String(column) } },
      element('label', { attributes: { for: box.id } }, icon('gripper'), box, foreign(names[column] ?? '')),
    );
    row.addEventListener('keydown', (event) => {
      if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
      step(column, event.key === 'ArrowUp' ? -1 : 1);
      event.preventDefault();
    });
    row.addEventListener('dragstart', () => {
      dragged = column;
    });
    row.addEventListener('dragover', (event) => {
      if (dragged === undefined || dragged === column) return;
      event.preventDefault();
      row.classList.add('drop');
    });
    row.addEventListener('dragleave', () => {
      row.classList.remove('drop');
    });
    row.addEventListener('drop', (event) => {
      event.preventDefault();
      if (dragged !== undefined) change(movedColumn(access.layout(), dragged, column));
      dragged = undefined;
    });
    return row;
  };
  const search = element('input', {
    class: 'filter',
    attributes: { type: 'search', placeholder: 'Find a column', 'aria-label': 'Find a column', spellcheck: 'false' },
  });
  search.addEventListener('input', () => {
    part = search.value.toLowerCase();
    draw();
  });
  const all = (hidden: readonly number[]): void => {
    change({ ...access.layout(), hidden: new Set(hidden) });
  };
  draw();
  showPopup(
    anchor,
    'Columns',
    element(
      'div',
      { class: 'chooser' },
      search,
      list,
      element('p', { class: 'quiet hint', text: 'Drag to order, or Alt+Up and Alt+Down.' }),
      element(
        'div',
        { class: 'buttons' },
        button('All', undefined, () => {
          all([]);
        }),
        button('None', undefined, () => {
          all(names.map((_, index) => index));
        }),
        button('Reset', undefined, () => {
          access.reset();
          draw();
        }),
      ),
    ),
  );
}
