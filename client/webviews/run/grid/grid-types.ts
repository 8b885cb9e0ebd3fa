import type { Layout, RememberedLayout } from './layout.ts';
import type { GridColumn } from './model.ts';

export interface GridOptions<Row> {
  /** What the grid holds, for those who cannot see it. */
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly rows: readonly Row[];
  /** Class of a whole row, for rows that must stand out. */
  readonly rowClass?: (row: Row) => string | undefined;
  /** The row looked at first; else the first one. */
  readonly startAt?: number;
  /** The filters of the columns are there from the start. */
  readonly withFilters?: boolean;
  readonly remembered?: RememberedLayout | undefined;
  readonly hiddenAtFirst?: readonly number[];
  readonly onLayout: (layout: RememberedLayout) => void;
  /** Called when the keyboard or the mouse came to another cell; `column` is the column's index. */
  readonly onActive: (row: Row | undefined, column: number) => void;
  /** Called when the filter, the sort, the selection or the columns changed. */
  readonly onChange: () => void;
  readonly onCopy: () => void;
}

export interface Grid<Row> {
  readonly node: HTMLElement;
  /** Rows that pass the filter, in order. */
  readonly shown: readonly Row[];
  /** Columns as they are shown, in order. */
  readonly columns: readonly GridColumn<Row>[];
  /** Selected rows, in the order shown. */
  readonly selected: readonly Row[];
  /** The columns of the selection: all that are shown, unless the selection is less wide. */
  readonly selectedColumns: readonly GridColumn<Row>[];
  layout(): Layout;
  setLayout(layout: Layout): void;
  resetLayout(): void;
  filter(words: string): void;
  /** Filters one column, by its index, as if a person had written it. */
  filterColumn(column: number, written: string): void;
  clearFilters(): void;
  readonly isFiltered: boolean;
  /** Lets through only rows that pass, beside the filters. */
  restrict(passes: ((row: Row) => boolean) | undefined): void;
  /** Shows or hides the filters of the columns; true when they are shown now. */
  toggleFilters(): boolean;
  /** The active row, by its index in the data; undefined where there is none. */
  readonly activeIndex: number | undefined;
  /** How many rows there are, shown or not. */
  readonly rowCount: number;
  /** Takes more rows at the end; what is looked at and selected stays. */
  append(rows: readonly Row[]): void;
  /** Makes a row the active one, by its index in the data; false where the filter hides it. */
  reveal(index: number): boolean;
  /** Call once the node is in the page. */
  mount(): void;
  dispose(): void;
}
