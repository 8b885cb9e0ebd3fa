import { foldText } from '../../model/filter/fold.ts';

/** A function that SQLite does not have and compiled filters call. The vault registers them on each of its connections. */
export interface SqlFunction {
  readonly name: string;
  /** Same arguments, same value: SQLite may then call it once. */
  readonly deterministic: boolean;
  readonly call: (...values: readonly unknown[]) => string | number | bigint | null;
}

export const sqlFunctions: readonly SqlFunction[] = [
  { name: 'sollist_fold', deterministic: true, call: (value: unknown) => onText(value, foldText) },
  { name: 'sollist_lower', deterministic: true, call: (value: unknown) => onText(value, (text) => text.toLowerCase()) },
  { name: 'sollist_upper', deterministic: true, call: (value: unknown) => onText(value, (text) => text.toUpperCase()) },
];

/** Numbers have no case and stay numbers; null stays null. */
function onText(value: unknown, change: (text: string) => string): string | number | bigint | null {
  if (typeof value === 'string') return change(value);
  return typeof value === 'number' || typeof value === 'bigint' ? value : null;
}
