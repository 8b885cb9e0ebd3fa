import type { Catalog, CatalogColumn, CatalogTable } from '../../../engine/model/system/catalog.ts';
import { describeColumn, describeTable } from './describe.ts';

interface Known {
  readonly tables: Map<CatalogTable, string>;
  readonly columns: Map<CatalogColumn, string>;
}

const memory = new WeakMap<Catalog, Known>();

function knownOf(catalog: Catalog): Known {
  const known = memory.get(catalog) ?? { tables: new Map(), columns: new Map() };
  memory.set(catalog, known);
  return known;
}

/** As `describeTable`, remembered: a list of all tables is made anew with every key stroke. */
export function describedTable(table: CatalogTable, catalog: Catalog): string {
  const { tables } = knownOf(catalog);
  const text = tables.get(table) ?? describeTable(table, catalog);
  tables.set(table, text);
  return text;
}

/** As `describeColumn`, remembered. */
export function describedColumn(table: Parameters<typeof describeColumn>[0], column: CatalogColumn, catalog: Catalog): string {
  const { columns } = knownOf(catalog);
  const text = columns.get(column) ?? describeColumn(table, column, catalog);
  columns.set(column, text);
  return text;
}
