import type { Cell } from '../../engine/run/records.ts';
import { catalog } from '../unit/filter/catalog.ts';

const columns = catalog.tables.find(({ table }) => table === 'persons')?.columns.map(({ name }) => name) ?? [];

/** A row of `hr.persons` in the world of the filter tests: the cells given by their columns, null in all others. */
export function personRow(cells: Readonly<Record<string, Cell>>): readonly Cell[] {
  for (const name of Object.keys(cells)) if (!columns.includes(name)) throw new Error(`hr.persons has no column ${name}`);
  return columns.map((name) => cells[name] ?? null);
}
