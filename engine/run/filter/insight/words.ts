import { isSecretName, sampleOf } from '../../../model/connector/knowledge.ts';
import { quoteText } from '../../../model/filter/words.ts';
import { quoteName } from '../../../model/filter/words.ts';
import type { Cell } from '../../records.ts';

/** Keys that a message names. */
export const mostExamples = 3;

/** `1,204` */
export function number(of: number): string {
  return of.toLocaleString('en');
}

/** `1 row`, `1,204 rows` */
export function counted(of: number, what = 'row'): string {
  return `${number(of)} ${what}${of === 1 ? '' : 's'}`;
}

/** `p.mail` */
export function named(alias: string, column: string): string {
  return `${quoteName(alias)}.${quoteName(column)}`;
}

/** A value as the language writes it, short; undefined where the name of its column says that nobody may see it. */
export function shown(value: Cell, column: string): string | undefined {
  if (isSecretName(column)) return undefined;
  if (value === null) return 'null';
  return typeof value === 'number' ? String(value) : quoteText(sampleOf(value.slice(0, 1_000)));
}

/** `, e.g. 'a', 'b'`; empty where there is nothing to show. */
export function examples(values: readonly (string | undefined)[]): string {
  const some = [...new Set(values.flatMap((value) => (value === undefined ? [] : [value])))].slice(0, mostExamples);
  return some.length === 0 ? '' : `, e.g. ${some.join(', ')}`;
}
