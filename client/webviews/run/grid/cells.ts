import { element, icon } from '../dom.ts';
import { oneLine } from '../words.ts';
import { shownText, type GridColumn } from './model.ts';

/** Builds the cell of a row. Its text is isolated from its neighbours, in the direction of its own script. */
export function cellElement<Row>(row: Row, column: GridColumn<Row>, id: string, columnIndex: number): HTMLElement {
  const value = column.value(row);
  const mark = column.mark?.(row);
  const isNull = value === null && column.text === undefined;
  const text = isNull ? (column.nullWord ?? 'null') : oneLine(shownText(row, column));
  const classes = ['cell', column.numeric === true ? 'numeric' : '', isNull ? 'null' : '', mark?.class ?? '']
    .filter((name) => name !== '')
    .join(' ');
  const cell = element('div', {
    class: classes,
    attributes: { role: 'gridcell', id, 'aria-colindex': String(columnIndex + 2), dir: 'auto' },
  });
  if (mark?.icon !== undefined) cell.append(icon(mark.icon));
  if (column.draw === undefined) cell.append(text);
  else {
    cell.append(column.draw(row));
    if (text !== '') cell.setAttribute('aria-label', text);
  }
  return cell;
}
