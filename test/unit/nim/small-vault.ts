import Database from 'better-sqlite3';
import fc from 'fast-check';
import { vaultTableName, type Catalog } from '../../../engine/model/system/catalog.ts';
import { sqlFunctions } from '../../../engine/run/filter/sql-functions.ts';

export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** Rows by table of the shop of `nim-shop.ts`. */
export type Vault = Readonly<Record<string, readonly Row[]>>;

const text = fc.constantFrom('a', 'A', 'B', 'x y', 'd', '', null);
const id = fc.constantFrom('1', '2', '3', null);
const whole = fc.integer({ min: 1, max: 3 }).map(String);
const distinct = <Of extends Row>(rows: fc.Arbitrary<Of>, key: string): fc.Arbitrary<readonly Of[]> =>
  fc.uniqueArray(rows, { selector: (row) => row[key], maxLength: 4 });

/** Small vaults in which most keys meet something. */
export const vaults: fc.Arbitrary<Vault> = fc.record({
  persons: distinct(
    fc.record({
      number: whole,
      name: text,
      active: fc.constantFrom(0, 1, null),
      hours: fc.constantFrom(0, 2, 3, 40, null),
      leaves: fc.constantFrom('2026-05-09', '2026-05-10', '2026-05-12', null),
      note: text,
      department: id,
    }),
    'number',
  ),
  departments: distinct(fc.record({ code: whole, title: text, above: id }), 'code'),
  phones: fc.array(fc.record({ person: id, phone: text, kind: text }), { maxLength: 5 }),
  accounts: distinct(fc.record({ guid: whole, login: text, employee: id, enabled: fc.constantFrom(0, 1, null) }), 'guid'),
  groups: distinct(fc.record({ guid: whole, title: text, owner: id }), 'guid'),
  members: fc.array(fc.record({ group: id, account: id }), { maxLength: 5 }),
});

/** The vault as a database that compiled filters can be asked of; to be closed. */
export function database(catalog: Catalog, vault: Vault): Database.Database {
  const made = new Database(':memory:');
  for (const { name, deterministic, call } of sqlFunctions) made.function(name, { deterministic, varargs: true }, call);
  const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  for (const { system, table, columns } of catalog.tables) {
    const name = quote(vaultTableName(system, table));
    made.exec(`create table ${name} (${columns.map((column) => quote(column.name)).join(', ')})`);
    const insert = made.prepare(`insert into ${name} values (${columns.map(() => '?').join(', ')})`);
    for (const row of vault[table] ?? []) {
      const cells = columns.map((column) => row[column.name] ?? null);
      insert.run(cells.map((cell) => (typeof cell === 'number' ? BigInt(cell) : cell)));
    }
  }
  return made;
}
