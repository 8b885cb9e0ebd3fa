import type { BoundFilter, BoundTable } from '../../../model/filter/bound.ts';
import { sameName } from '../../../model/filter/words.ts';
import type { Cell } from '../../records.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Expressions } from './expressions.ts';
import { columnsInVault } from './near.ts';
import { rowWith, type AskedValue, type TableRow } from './subject.ts';

/**
 * Where no rows together give a row of the output: the row of one table that tells why. Of the tables whose columns are asked for, the first that has
 * no such row; else that of a joined table, where all that is asked for is its own. Undefined where neither says it all.
 */
export function rowBehind(
  vault: Vault,
  bound: BoundFilter,
  expressions: Expressions,
  values: Readonly<Record<string, Cell>>,
): TableRow | undefined {
  const asked = new Map<BoundTable, AskedValue[]>();
  let isAll = true;
  for (const [name, value] of Object.entries(values)) {
    const column = bound.columns.find((one) => one.name === name) ?? bound.columns.find((one) => sameName(one.name, name));
    const meaning = column?.expression?.kind === 'column' ? bound.meanings.get(column.expression) : undefined;
    // A left join gives null where there is no row at all.
    if (value === null || meaning?.kind !== 'column' || !columnsInVault(vault, meaning.table).includes(meaning.column.name)) isAll = false;
    else asked.set(meaning.table, [...(asked.get(meaning.table) ?? []), { column: meaning.column.name, value }]);
  }
  const rows = [...asked].map(([table, own]) => rowWith(vault, bound, expressions, table, own));
  const none = rows.find((row) => row.rows === 0);
  if (none) return none;
  const [only, more] = rows;
  return isAll && !more && only && only.table !== bound.from ? only : undefined;
}
