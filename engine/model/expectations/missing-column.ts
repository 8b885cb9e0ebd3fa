import { listNames } from '../text/list-names.ts';
import { didYouMean } from '../text/nearest.ts';
import type { Name } from '../text/problem.ts';
import type { CollectedTable } from './evaluate.ts';
import type { Failure } from './result.ts';

/** A failure for every column that was not collected at all. */
export function missingColumns(columns: readonly Name[], table: CollectedTable): readonly Failure[] {
  const names = table.columns.map(({ name }) => name);
  return columns
    .filter(({ text }) => !names.includes(text))
    .map(({ text, span }) => ({
      message: `No column "${text}" was collected.${didYouMean(text, names)} There are: ${listNames(names, 12)}.`,
      expected: `a column ${text}`,
      actual: `columns ${names.join(', ')}`,
      span,
    }));
}
