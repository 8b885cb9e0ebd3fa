import { allowanceOf } from '../../model/connector/allowance.ts';
import type { Operation } from '../../model/connector/connector.ts';

/**
 * Why the operation would refuse these values: a mandatory column without one, or a prohibited column that is sent. `given` are the columns
 * that have a value, `sent` those that a mapping sends, be it to clear them. Undefined when it takes them.
 */
export function whyRefused(operation: Operation, given: ReadonlySet<string>, sent: Iterable<string>): string | undefined {
  const missing = operation.mandatory.map(({ text }) => text).filter((column) => !given.has(column));
  if (missing.length > 0) {
    return `${operation.name.text} needs ${missing.join(', ')}, which ${missing.length === 1 ? 'has' : 'have'} no value here. Map ${missing.length === 1 ? 'it' : 'them'}, or give the filter's row a value.`;
  }
  const forbidden = [...sent].filter((column) => allowanceOf(operation, column) === 'prohibited');
  return forbidden.length > 0
    ? `${operation.name.text} prohibits ${forbidden.join(', ')}. Take ${forbidden.length === 1 ? 'it' : 'them'} out of the mapping.`
    : undefined;
}
