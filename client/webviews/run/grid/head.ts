import { element, freshId, icon } from '../dom.ts';
import type { GridColumn } from './model.ts';

export interface HeadEvents {
  readonly onSort: (column: number, further: boolean) => void;
  readonly onResize: (column: number, width: number) => void;
  /** As wide as its content. */
  readonly onFit: (column: number) => void;
  readonly onFilter: (column: number, written: string) => void;
  readonly onChoose: (column: number, anchor: HTMLElement) => void;
  /** Back from a filter into the rows. */
  readonly onLeave: () => void;
}

/** The header and the filter of one column; made once, and kept while the column is out of sight, so that nothing typed is lost. */
export interface HeadCell {
  readonly header: HTMLElement;
  readonly filter: HTMLElement;
  readonly input: HTMLInputElement;
  /** `rank` says which one it is among several. */
  showSort(direction: 'ascending' | 'descending' | 'none', rank: number | undefined): void;
}

const filterHint = 'Contains; or =is, !=is not, >5, <2020-01-01, =a|b one of, = empty, != not empty';

export function createHeadCell<Row>(column: GridColumn<Row>, index: number, gridId: string, events: HeadEvents): HeadCell {
  const sort = element('span', { class: 'sort codicon', attributes: { 'aria-hidden': 'true' } });
  const rankText = element('span', { class: 'rank', attributes: { 'aria-hidden': 'true' } });
  const header = element(
    'div',
    {
      class: column.numeric === true ? 'header numeric' : 'header',
      attributes: {
        role: 'columnheader',
        id: `${gridId}-head-${String(index)}`,
        'aria-sort': 'none',
        title: column.name,
      },
      onClick: (event) => {
        events.onSort(index, event.shiftKey);
      },
    },
    element('span', { class: 'header-label', text: column.name, attributes: { dir: 'auto' } }),
    column.drawHeader?.(),
    sort,
    rankText,
    resizeHandle(index, events),
  );
  const input = filterInput(column.name, index, events);
  const choose = element(
    'button',
    {
      class: 'choose',
      attributes: { type: 'button', tabindex: '-1', title: `Values of ${column.name}`, 'aria-label': `Values of ${column.name}` },
      onClick: () => {
        events.onChoose(index, choose);
      },
    },
    icon('chevron-down'),
  );
  const filter = element('div', { class: 'filter-cell', attributes: { role: 'gridcell' } }, input, choose);
  return {
    header,
    filter,
    input,
    showSort: (direction, rank) => {
      header.setAttribute('aria-sort', direction);
      rankText.textContent = rank === undefined ? '' : String(rank);
    },
  };
}

function filterInput(name: string, index: number, events: HeadEvents): HTMLInputElement {
  const input = element('input', {
    class: 'column-filter',
    attributes: {
      type: 'text',
      id: freshId('column-filter'),
      tabindex: '-1',
      'aria-label': `Filter ${name}`,
      title: filterHint,
      spellcheck: 'false',
      autocomplete: 'off',
      dir: 'auto',
    },
  });
  let timer: number | undefined;
  const apply = (): void => {
    clearTimeout(timer);
    events.onFilter(index, input.value);
  };
  input.addEventListener('input', () => {
    input.classList.toggle('in-use', input.value.trim() !== '');
    clearTimeout(timer);
    timer = window.setTimeout(apply, 120);
  });
  input.addEventListener('keydown', (event) => {
    // The grid's own keys are not meant while a person writes.
    event.stopPropagation();
    if (event.key === 'Enter' || (event.key === 'ArrowDown' && !event.altKey)) {
      apply();
      events.onLeave();
    } else if (event.key === 'ArrowDown') events.onChoose(index, input);
    else if (event.key === 'Escape') {
      if (input.value === '') events.onLeave();
      else {
        input.value = '';
        input.classList.remove('in-use');
        apply();
      }
    } else return;
    event.preventDefault();
  });
  return input;
}

function resizeHandle(index: number, { onResize, onFit }: HeadEvents): HTMLElement {
  const handle = element('span', {
    class: 'resize',
    attributes: { 'aria-hidden': 'true' },
    onClick: (event) => {
      event.stopPropagation();
    },
  });
  handle.addEventListener('dblclick', (event) => {
    event.stopPropagation();
    onFit(index);
  });
  handle.addEventListener('pointerdown', (start) => {
    const width = handle.parentElement?.getBoundingClientRect().width ?? 0;
    handle.setPointerCapture(start.pointerId);
    const move = (event: PointerEvent): void => {
      onResize(index, width + event.clientX - start.clientX);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener(
      'lostpointercapture',
      () => {
        handle.removeEventListener('pointermove', move);
      },
      { once: true },
    );
  });
  return handle;
}
