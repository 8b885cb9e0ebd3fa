import type { ColumnType } from '../connector/connector.ts';

/** What is known of a value: the type of a column, `null`, or nothing. */
export type ValueType = ColumnType | 'null' | 'unknown';

/** Types that can be compared with each other belong to one family. */
type Family = 'text' | 'number' | 'boolean' | 'day' | 'list';

function familyOf(type: ValueType): Family | undefined {
  switch (type) {
    case 'null':
    case 'unknown':
      return undefined;
    case 'date':
    case 'datetime':
      return 'day';
    default:
      return type;
  }
}

export function isDay(type: ValueType): boolean {
  return type === 'date' || type === 'datetime';
}

/** Whether a comparison of the two means something. What is unknown is believed. */
export function areAlike(a: ValueType, b: ValueType): boolean {
  const [first, second] = [familyOf(a), familyOf(b)];
  return first === undefined || second === undefined || first === second;
}

/** The type that both values have, for the branches of a case and the arguments of `coalesce`. */
export function commonType(types: readonly ValueType[]): ValueType {
  const known = types.filter((type) => type !== 'null' && type !== 'unknown');
  const [first] = known;
  if (first === undefined) return types.includes('unknown') ? 'unknown' : 'null';
  if (known.every((type) => type === first)) return first;
  if (known.every(isDay)) return 'datetime';
  // A truth value beside a text becomes one: true or false.
  if (known.every((type) => type === 'text' || type === 'boolean')) return 'text';
  return 'unknown';
}

/** The type of an output column; where nothing is known it is shown as text. */
export function outputType(type: ValueType): ColumnType {
  return type === 'null' || type === 'unknown' ? 'text' : type;
}
