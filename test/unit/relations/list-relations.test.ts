import { expect, test } from 'vitest';
import { catalogOf, type CatalogTable, type ColumnRef } from '../../../engine/model/system/catalog.ts';
import { listRelations } from '../../../engine/run/relations/list-relations.ts';
import { vaultWith } from './vault-with.ts';

const column = (system: string, table: string, name: string): ColumnRef => ({ system, table, column: name });
const table = (system: string, name: string, columns: readonly string[]): CatalogTable => ({
  system,
  table: name,
  columns: columns.map((one) => ({ name: one, type: 'text' })),
});
const catalog = catalogOf(
  [
    table('hr', 'persons', ['departmentId']),
    table('hr', 'departments', ['id']),
    table('internal', 'memberships', ['UserID']),
    table('internal', 'users', ['ID']),
  ],
  [
    { kind: 'reference', from: column('hr', 'persons', 'departmentId'), to: column('hr', 'departments', 'id') },
    { kind: 'reference', from: column('internal', 'memberships', 'UserID'), to: column('internal', 'users', 'ID') },
  ],
);

test('tables of NIM’s own that have no rows are passed over, unless they are asked for', () => {
  const empty = vaultWith({ 'internal.users': { columns: { ID: 'text' }, rows: [] } });
  const listed = listRelations(catalog, empty, undefined);
  expect(listed.relations.map(({ from }) => from.system)).toEqual(['hr']);
  expect(listed.notCollected).toEqual(['hr.persons', 'hr.departments']);
  expect(listRelations(catalog, empty, 'internal').relations).toHaveLength(1);

  const filled = vaultWith({ 'internal.users': { columns: { ID: 'text' }, rows: [['u1']] } });
  expect(listRelations(catalog, filled, undefined).notCollected).toContain('internal.memberships');
});
