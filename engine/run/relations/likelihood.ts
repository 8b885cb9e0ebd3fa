import type { ColumnRef } from '../../model/system/catalog.ts';
import type { SampledColumn } from './sample-values.ts';
import type { VaultColumn } from './vault-column.ts';

/** Whether a column is named after what it would refer to: `departmentId` after `departments`, `mail` after `mail`. */
export function likelyName(from: ColumnRef, to: ColumnRef): boolean {
  const column = letters(from.column);
  const [table, key] = [letters(to.table), letters(to.column)];
  const one = table.endsWith('ies') ? `${table.slice(0, -3)}y` : table.replace(/(?<=s|x|ch|sh)es$|s$/, '');
  const says = (word: string): boolean => word.length > 2 && column.includes(word);
  return says(table) || says(one) || (key.length > 3 && column.endsWith(key));
}

/**
 * Why the values of a column prove nothing although they are found: whole numbers from a small range are the keys of any table that counts
 * its rows. A name that says what is meant outweighs that. Undefined where there is no such doubt.
 */
export function numbersFitAnything(source: SampledColumn, target: VaultColumn): string | undefined {
  if (likelyName(source.column.ref, target.ref)) return undefined;
  const numbers = source.values.map(Number);
  if (!numbers.every((value) => Number.isInteger(value) && value >= 0)) {
    return source.values.length < 5 && target.rows > 20 ? `only ${source.values.length} different values` : undefined;
  }
  const largest = Math.max(...numbers);
  const range = Math.max(target.rows, source.values.length) * 2;
  return largest <= Math.max(100, range) ? 'small whole numbers, which fit many keys' : undefined;
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
