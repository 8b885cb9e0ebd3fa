import type { Mapping } from '../../model/mapping/mapping.ts';
import type { Cell } from '../records.ts';
import { SollistError } from '../error.ts';
import { convert, isEmpty, type Form } from './cells.ts';
import type { FilterRows } from '../filter/filter-rows.ts';
import { columnOf, type Target } from './target.ts';

/** One row of the soll: what the mapping wants of one row of the target. */
export interface Desired {
  readonly key: string;
  /** Mapped attributes that have a value, or are to be cleared (null). */
  readonly values: ReadonlyMap<string, Cell>;
  /** Mapped attributes left alone because the source had no value. */
  readonly leftAlone: readonly string[];
}

/** The soll of a mapping, and what could not be taken into it. */
export interface DesiredRows {
  readonly rows: readonly Desired[];
  readonly notes: readonly string[];
}

/** Applies the mapping to the filter's rows. Two rows with one key are a problem, and neither is planned. */
export function desiredRows(
  mapping: Mapping,
  target: Target,
  filter: Pick<FilterRows, 'typedColumns' | 'rows'>,
  timeZone: string,
): DesiredRows {
  const keyAttribute = mapping.attributes.find(({ name }) => name.text === target.compareKey);
  if (!keyAttribute) {
    throw new SollistError(
      'mapping-unusable',
      `mappings/${mapping.name}.json: map "${target.compareKey}", by which rows are found in ${target.table.name}, or name another "compareKey".`,
    );
  }
  const byKey = new Map<string, Desired[]>();
  let withoutKey = 0;
  const types = new Map(filter.typedColumns.map(({ name, type }) => [name, type]));
  for (const row of filter.rows()) {
    const values = new Map<string, Cell>();
    const leftAlone: string[] = [];
    for (const { name, source, clear } of mapping.attributes) {
      const form: Form = { type: columnOf(target.table, name.text)?.type ?? 'text', timeZone };
      const value =
        source.kind === 'constant'
          ? constant(source.value, form)
          : convert(row[source.column.text] ?? null, form, types.get(source.column.text));
      if (!isEmpty(value)) values.set(name.text, value);
      else if (clear) values.set(name.text, null);
      else leftAlone.push(name.text);
    }
    const key = values.get(target.compareKey);
    if (key === undefined || isEmpty(key)) {
      withoutKey++;
      continue;
    }
    const desired: Desired = { key: String(key), values, leftAlone };
    const known = byKey.get(desired.key);
    if (known) known.push(desired);
    else byKey.set(desired.key, [desired]);
  }
  const doubled = [...byKey.entries()]
    .filter(([, same]) => same.length > 1)
    .map(([key, same]) => `${key} (${same.length} rows)`)
    .sort();
  return {
    rows: [...byKey.values()].flatMap((same) => (same.length === 1 ? same : [])),
    notes: [
      ...(doubled.length > 0 ? [`Several rows have the same ${target.compareKey}, so none of them is planned: ${list(doubled)}.`] : []),
      ...(withoutKey > 0
        ? [`${withoutKey} row${withoutKey === 1 ? ' has' : 's have'} no ${target.compareKey} and cannot be planned.`]
        : []),
    ],
  };
}

function constant(value: string | number | boolean | null, form: Form): Cell {
  return typeof value === 'boolean' ? convert(Number(value), form, 'boolean') : convert(value, form);
}

function list(items: readonly string[]): string {
  return items.length <= 10 ? items.join(', ') : `${items.slice(0, 10).join(', ')} and ${items.length - 10} more`;
}
