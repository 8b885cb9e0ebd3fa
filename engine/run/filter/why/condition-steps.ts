import type { Expression } from '../../../model/filter/tree.ts';
import type { WhyStep, WhyValue } from '../filter-report.ts';
import type { Cut } from './cut.ts';
import { operandsOf, truthOf } from './expressions.ts';
import { counted, expressionShown, placeOf, said, sample, textOf, type Shown, type Walk } from './walk.ts';

/** One of the conditions of `where`, after those before it. */
export function conditionStep(walk: Walk, conditions: readonly Expression[], index: number, before: number): WhyStep {
  const condition = conditions[index];
  if (!condition) throw new Error('There is no such condition.');
  const { joins } = walk.bound;
  const earlier = [walk.subject.condition, ...conditions.slice(0, index)];
  const after = walk.cutter.count({ joins, where: [...earlier, condition] });
  const cut = { joins, where: after > 0 ? [...earlier, condition] : earlier };
  return { ...judged(walk, condition, cut, { before, after }), kind: 'condition', before, after };
}

/** What a condition gives for the combinations of a cut, with its operands. */
export function judged(
  walk: Walk,
  condition: Expression,
  cut: Omit<Cut, 'columns'>,
  { before, after }: { readonly before: number; readonly after: number },
): Pick<WhyStep, 'outcome' | 'sentence' | 'text' | 'path' | 'span' | 'holds' | 'rows'> {
  const values: Shown[] = operandsOf(condition).map((expression) => expressionShown(walk, expression));
  const place = placeOf(walk, condition.span, () => textOf(walk, condition));
  const all = sample(walk, cut, [{ text: '', expression: truthOf(condition) }, ...values]);
  const truth = all[0]?.[0]?.value ?? null;
  const holds = truth === null ? 'null' : truth === 1 ? 'true' : 'false';
  const rows = all.map(([, ...others]) => others).filter((row) => row.length > 0);
  const text = textOf(walk, condition);
  const outcome = after > 0 ? 'passed' : 'dropped';
  return { ...place, outcome, holds, rows, sentence: sentenceOf(text, holds, rows, { before, after }) };
}

function sentenceOf(
  text: string,
  holds: NonNullable<WhyStep['holds']>,
  rows: readonly (readonly WhyValue[])[],
  { before, after }: { readonly before: number; readonly after: number },
): string {
  // Of a condition that is nothing but a column, that it is true says all.
  const isSaid = rows[0]?.length === 1 && rows[0][0]?.text === text && holds !== 'null';
  const values = rows[0] && rows[0].length > 0 && !isSaid ? `: ${said(rows[0])}` : '';
  if (after > 0) {
    const some = after < before ? ` It drops ${before - after} of ${counted(before, 'combination')}.` : '';
    return `${text} is true${values}.${some}`;
  }
  const all = before > 1 ? ` So it is, or null, in ${before === 2 ? 'both' : `all ${before}`} combinations.` : '';
  return holds === 'null'
    ? `${text} is neither true nor false${values}. What is not true drops the row.${all}`
    : `${text} is false${values}.${all}`;
}
