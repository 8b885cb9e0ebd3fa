import { dayIn, momentIn } from '../../model/filter/day-and-time.ts';
import type { ScriptType } from '../../model/script/script-stage.ts';
import type { Cell } from '../records.ts';

/** A value as its column holds it, or what is wrong with it, as a sentence for a person. */
export type Settled = { readonly value: Cell } | { readonly problem: string };

/**
 * What a script gave as a date or datetime, read as filters read it: the day of a point in time is the one it is on in the zone. Looked at out here,
 * since the interpreter of scripts knows no zones. Values of other types stay what they are.
 */
export function settleDay(type: ScriptType | undefined, value: Cell, zone: string): Settled {
  if (typeof value !== 'string') return { value };
  if (type === 'date') {
    const day = dayIn(zone, value);
    return day === null ? unfit(value, 'date (yyyy-mm-dd)') : { value: day };
  }
  if (type === 'datetime' && momentIn(zone, value) === undefined) return unfit(value, 'datetime (yyyy-mm-ddThh:mm:ss)');
  return { value };
}

function unfit(value: string, type: string): Settled {
  return { problem: `The value "${value.slice(0, 40)}" is no ${type}.` };
}
