import { findCatalogTable } from '../../../engine/model/system/catalog.ts';
import type { Workspace } from '../../../engine/model/workspace/workspace.ts';
import type { Offer } from './property-names.ts';

/**
 * Names for a property in expectations: the tables the system collects, and the columns of a table where `columns`, a sample or an absent
 * row names them. `around` is the path of the object the property stands in; elsewhere nothing is offered.
 */
export function expectationOffers(workspace: Workspace, system: string, around: readonly (string | number)[]): readonly Offer[] {
  const [tables, table, part, index, side, ...deeper] = around;
  if (tables !== 'tables' || deeper.length > 0) return [];
  if (around.length === 1) return tableOffers(workspace, system);
  if (typeof table !== 'string') return [];
  const value = valueFor(part, index, side, around.length);
  return value === undefined ? [] : columnOffers(workspace, system, table, value);
}

/** What a column is given where it is named there; undefined where no column stands. */
function valueFor(part: unknown, index: unknown, side: unknown, depth: number): string | undefined {
  if (part === 'columns' && depth === 3) return '{ $1 }';
  if (part === 'absent' && depth === 4 && typeof index === 'number') return '"$1"';
  return part === 'samples' && depth === 5 && (side === 'where' || side === 'values') ? '"$1"' : undefined;
}

function tableOffers(workspace: Workspace, system: string): readonly Offer[] {
  const tables = workspace.catalog.parts.get(system)?.tables ?? [];
  return tables.map(({ table }): Offer => ({ name: table, target: { kind: 'table', system, table }, value: '{ $1 }' }));
}

/** The key first where rows are found by it. */
function columnOffers(workspace: Workspace, system: string, table: string, value: string): readonly Offer[] {
  const found = findCatalogTable(workspace.catalog, system, table);
  const key = found?.key;
  const columns = (found?.columns ?? []).toSorted((a, b) => Number(b.name === key) - Number(a.name === key));
  return columns.map(({ name }): Offer => ({ name, target: { kind: 'column', system, table, column: name, alone: true }, value }));
}
