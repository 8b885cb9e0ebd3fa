import { vaultTableName } from '../../model/system/catalog.ts';
import type { Cell } from '../records.ts';
import type { Vault } from '../vault/vault.ts';
import { foldName, quoteIdentifier } from '../vault/identifier.ts';

/** Parents read at a time: neither all in memory nor a query for each. */
const batch = 500;

/**
 * Reads the rows an iteration runs over, in the order they came, without keeping the vault busy between them. They are those of the version that
 * is current when it begins, also where another run swaps the table meanwhile.
 */
export function* readParents(
  vault: Vault,
  system: string,
  table: string,
  columns: readonly string[],
): Generator<ReadonlyMap<string, Cell>> {
  const held = vault.table(system, table);
  const nameNow = (): string =>
    held?.version === undefined ? quoteIdentifier(vaultTableName(system, table)) : vault.nameOfVersion(held.version);
  const rowid = rowidName(held?.columns.map((column) => column.name) ?? []);
  const list = columns.map((column, i) => `${quoteIdentifier(column)} as c${i}`).join(', ');
  for (let last: Cell = 0; ;) {
    const name = nameNow();
    const rows: readonly Readonly<Record<string, Cell>>[] = [
      ...vault.query({
        sql: `select ${rowid} as position, ${list} from ${name} where ${rowid} > ? order by ${rowid} limit ${batch}`,
        parameters: [last],
      }),
    ];
    // Swapped between the name and the rows: read again under the name it has now.
    if (nameNow() !== name) continue;
    for (const row of rows) yield new Map(columns.map((column, i) => [column, row[`c${i}`] ?? null]));
    last = rows.at(-1)?.['position'] ?? null;
    if (rows.length < batch || last === null) return;
  }
}

export function countRows(vault: Vault, system: string, table: string): number {
  const [row] = vault.query({ sql: `select count(*) as rows from ${quoteIdentifier(vaultTableName(system, table))}`, parameters: [] });
  return Number(row?.['rows'] ?? 0);
}

/** How many rows of a table have the same values as another in `columns`; those without a value in the first one do not count. */
export function countRepeated(vault: Vault, system: string, table: string, columns: readonly string[]): number {
  const [first] = columns;
  if (first === undefined) return 0;
  const list = columns.map(quoteIdentifier).join(', ');
  const filled = `from ${quoteIdentifier(vaultTableName(system, table))} where ${quoteIdentifier(first)} <> ''`;
  const [row] = vault.query({
    sql: `select (select count(*) ${filled}) - (select count(*) from (select distinct ${list} ${filled})) as repeated`,
    parameters: [],
  });
  return Number(row?.['repeated'] ?? 0);
}

/** SQLite's own row number goes by three names; a column may have taken some of them. */
function rowidName(columns: readonly string[]): string {
  const taken = new Set(columns.map(foldName));
  return ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name)) ?? 'rowid';
}
