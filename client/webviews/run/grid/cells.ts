import { element, icon } from '../dom.ts';
import { oneLine } from '../words.ts';
import { shownText, type GridColumn } from './model.ts';

/** Builds the cell of a row. Its text is isolated from its neighbours, in the direction of its own script. */
export function cellElement<Row>(row: Row, column: GridColumn<Row>, id: string, columnIndex: number): HTMLElement {
  const value = column.value(row);
  const mark = column.mark?.(row);
  const isNull = value === null && column.text === undefined;
  const text = isNull ? 'null' : oneLine(shownText(row, column));
  const classes = ['cell', column.numeric === true ? 'numeric' : '', isNull ? 'null' : '', mark?.class ?? '']
    .filter((name) => name !== '')
    .join(' ');
  const cell = element('div', {
    class: classes,
    attributes: { role: 'gridcell', id, 'aria-colindex': String(columnIndex + 2), dir: 'auto' },
  });
  if (mark?.icon !== undefined) cell.append(icon(mark.icon));
  cell.append(text);
  return cell;
}

/** The header of a column: sorts when clicked, and carries the handle that resizes it. */
export function headerElement(
  name: string,
  columnIndex: number,
  numeric: boolean,
  onSort: () => void,
  onResize: (width: number) => void,
): HTMLElement {
  const label = element('span', { class: 'header-label', text: name, attributes: { dir: 'auto' } });
  const cell = element(
    'div',
    {
      class: numeric ? 'header numeric' : 'header',
      attributes: { role: 'columnheader', 'aria-colindex': String(columnIndex + 2), 'aria-sort': 'none', title: name },
      onClick: onSort,
    },
    label,
    element('span', { class: 'sort codicon', attributes: { 'aria-hidden': 'true' } }),
  );
  const handle = element('span', {
    class: 'resize',
    attributes: { 'aria-hidden': 'true' },
    onClick: (event) => {
      event.stopPropagation();
    },
  });
  handle.addEventListener('pointerdown', (start) => {
    const width = cell.getBoundingClientRect().width;
    handle.setPointerCapture(start.pointerId);
    const move = (event: PointerEvent): void => {
      onResize(Math.max(40, width + event.clientX - start.clientX));
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
  cell.append(handle);
  return cell;
}
