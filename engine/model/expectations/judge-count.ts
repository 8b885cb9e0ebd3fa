import type { CollectedTable } from './evaluate.ts';
import type { Expectation } from './expectations.ts';
import type { Failure } from './result.ts';
import { amountText } from './titles.ts';

/** What is wrong with the number of rows or calls, or with the proof that the table is whole. */
export function countFailure(
  expectation: Extract<Expectation, { readonly kind: 'rows' | 'calls' | 'complete' }>,
  table: CollectedTable,
): readonly Failure[] {
  const { span } = expectation;
  if (expectation.kind === 'complete') {
    if (table.complete) return [];
    const why = table.notes.length === 0 ? 'the end of the rows was not known.' : table.notes.join(' ');
    return [{ message: `The table is not proven complete: ${why}`, expected: 'complete', actual: `not proven complete: ${why}`, span }];
  }
  const { kind, amount } = expectation;
  const actual = kind === 'rows' ? table.rows : table.calls;
  if (actual >= (amount.min ?? 0) && actual <= (amount.max ?? Infinity)) return [];
  const expected = amountText(amount);
  const unit = actual === 1 ? kind.slice(0, -1) : kind;
  const message =
    kind === 'rows'
      ? `There ${actual === 1 ? 'is' : 'are'} ${actual} ${unit}; expected: ${expected}.`
      : `The table took ${actual} ${unit}; expected: ${expected}.`;
  return [{ message, expected, actual: String(actual), span: amount.span }];
}
