import type { Name } from '../text/problem.ts';
import type { Expectation } from './expectations.ts';

/** Every place of an expectation that names a column, in the order of the text. */
export function columnsOf(expectation: Expectation): readonly Name[] {
  switch (expectation.kind) {
    case 'column':
      return [expectation.column];
    case 'sample':
      return [...expectation.where, ...expectation.values].map(({ column }) => column);
    case 'absent':
      return expectation.where.map(({ column }) => column);
    default:
      return [];
  }
}
