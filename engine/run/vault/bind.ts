import type { Cell } from '../records.ts';

/** A value as the database package takes it. */
export type Bound = string | number | bigint | null;

/** The package binds every JavaScript number as a floating one, so that 7 would read `7.0` as text: whole numbers are bound as such. */
export function bound(value: Cell): Bound {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
}
