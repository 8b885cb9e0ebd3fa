/** Which columns are shown, in which order, and how wide. Indexes are those of the grid's columns. */
export interface Layout {
  readonly order: readonly number[];
  readonly hidden: ReadonlySet<number>;
  readonly widths: readonly number[];
}

/** What is remembered of a layout: by name, since the next run may have other columns. */
export interface RememberedLayout {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
}

export const narrowest = 40;

/** Columns that are new since stand where they stand in the data: behind the column before them. */
export function layoutOf(names: readonly string[], widths: readonly number[], remembered: RememberedLayout | undefined): Layout {
  if (remembered === undefined) return { order: names.map((_, index) => index), hidden: new Set(), widths };
  const order = remembered.order.map((name) => names.indexOf(name)).filter((index) => index >= 0);
  names.forEach((_, index) => {
    if (!order.includes(index)) order.splice(index === 0 ? 0 : order.indexOf(index - 1) + 1, 0, index);
  });
  return {
    order,
    hidden: new Set(remembered.hidden.map((name) => names.indexOf(name)).filter((index) => index >= 0)),
    widths: widths.map((width, index) => remembered.widths[names[index] ?? ''] ?? width),
  };
}

export function toRemember(names: readonly string[], layout: Layout, resized: ReadonlySet<number>): RememberedLayout {
  const nameOf = (index: number): string => names[index] ?? '';
  return {
    order: layout.order.map(nameOf),
    hidden: [...layout.hidden].map(nameOf),
    widths: Object.fromEntries([...resized].map((index) => [nameOf(index), layout.widths[index] ?? 0])),
  };
}

export function shownColumns({ order, hidden }: Layout): readonly number[] {
  return order.filter((index) => !hidden.has(index));
}

/** Moves a column so that it stands before the place of another; behind all for `undefined`. */
export function movedColumn(layout: Layout, column: number, before: number | undefined): Layout {
  if (column === before) return layout;
  const order = layout.order.filter((index) => index !== column);
  order.splice(before === undefined ? order.length : order.indexOf(before), 0, column);
  return { ...layout, order };
}

/** Moves a column by one among those that are shown. */
export function steppedColumn(layout: Layout, column: number, step: -1 | 1): Layout {
  const shown = shownColumns(layout);
  const at = shown.indexOf(column);
  if (at < 0 || at + step < 0 || at + step >= shown.length) return layout;
  return movedColumn(layout, column, step < 0 ? shown[at - 1] : shown[at + 2]);
}

export function withHidden(layout: Layout, column: number, isHidden: boolean): Layout {
  const hidden = new Set(layout.hidden);
  if (isHidden) hidden.add(column);
  else hidden.delete(column);
  return { ...layout, hidden };
}

export function withWidth(layout: Layout, column: number, width: number): Layout {
  return { ...layout, widths: layout.widths.with(column, Math.max(narrowest, Math.round(width))) };
}

/** Where the shown columns stand. */
export interface Positions {
  readonly columns: readonly number[];
  /** Left edges in pixels, one more than columns: the last is the end. */
  readonly edges: readonly number[];
}

export function positionsOf(layout: Layout, first: number): Positions {
  const columns = shownColumns(layout);
  const edges = [first];
  for (const column of columns) edges.push((edges.at(-1) ?? 0) + (layout.widths[column] ?? narrowest));
  return { columns, edges };
}

/** Places of the columns that are within sight, from and to (exclusive), with one more on either side. */
export function inSight({ columns, edges }: Positions, left: number, right: number): readonly [from: number, to: number] {
  let from = 0;
  while (from < columns.length - 1 && (edges[from + 1] ?? 0) <= left) from += 1;
  let to = from;
  while (to < columns.length && (edges[to] ?? 0) < right) to += 1;
  return [Math.max(0, from - 1), Math.min(columns.length, to + 1)];
}
