import { printExpression } from '../filter/print-expression.ts';
import { printJoin } from '../filter/print.ts';
import type { ImportedItems } from './import-items.ts';

type Parts = Pick<ImportedItems, 'joins' | 'conditions'>;

/** Whether two filters join the same under the same conditions, however NIM nests them. */
export function sameParts(one: Parts, other: Parts): boolean {
  const said = ({ joins, conditions }: Parts): string =>
    JSON.stringify([joins.map(({ join }) => printJoin(join)), conditions.map(({ condition }) => printExpression(condition))]);
  return said(one) === said(other);
}
