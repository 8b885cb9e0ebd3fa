import { conjunctsOf, type Expression } from '../../../model/filter/tree.ts';
import { sameName } from '../../../model/filter/words.ts';
import type { WhyStep, WhyValue } from '../filter-report.ts';
import { judged } from './condition-steps.ts';
import { columnOf } from './cut.ts';
import { literal } from './expressions.ts';
import { rest } from './late.ts';
import { cellOf, counted, expressionShown, placeOf, refOf, said, sample, textOf, type Shown, type Walk } from './walk.ts';

/** The group the row goes into, and what `having`, exclude and lookup say of it. */
export function groupSteps(walk: Walk, lookup: string | undefined, before: number): readonly WhyStep[] {
  const { select, aggregated } = walk.bound;
  if (!select || !aggregated) return [];
  const { group, where } = groupOf(walk);
  const cut = { joins: walk.bound.joins, where, groupBy: select.groupBy };
  const of = group.length > 0 ? ` of ${said(group)}` : '';
  const size = walk.cutter.count({ joins: cut.joins, where: cut.where });
  const steps: WhyStep[] = [
    {
      kind: 'group',
      outcome: 'passed',
      before,
      after: 1,
      rows: group.length > 0 ? [group] : [],
      ...groupPlace(walk),
      sentence: `It is one of ${counted(size, 'row')} in the group${of}.`,
    },
  ];
  const conditions = conjunctsOf(select.having);
  for (const [i, condition] of conditions.entries()) {
    const having = conditions.slice(0, i);
    const left = walk.cutter.rows({ ...cut, columns: [one], having: [...having, condition], limit: 1 }).length;
    const step = judged(walk, condition, { ...cut, having: left > 0 ? [...having, condition] : having }, { before: 1, after: left });
    steps.push({ ...step, kind: 'having', before: 1, after: left });
    if (left === 0) return steps;
  }
  const named = walk.bound.lookups.find(({ node }) => lookup !== undefined && sameName(node.name.text, lookup));
  if (select.excludeWhen) {
    const left = walk.cutter.rows({ ...cut, columns: [one], having: conditions, excludeWhen: select.excludeWhen, limit: 1 }).length;
    const step = judged(walk, select.excludeWhen, { ...cut, having: conditions }, { before: 1, after: 1 });
    const text = textOf(walk, select.excludeWhen);
    const outcome = left > 0 ? 'passed' : 'dropped';
    steps.push({
      ...step,
      kind: 'exclude',
      outcome,
      before: 1,
      after: left,
      sentence: `${left > 0 ? 'The group is not excluded' : 'The group is excluded'} by ${text}: ${said(step.rows[0])}.`,
    });
    if (left === 0) return steps;
  }
  if (named && lookup !== undefined) {
    const excludeWhen = select.excludeWhen;
    const left = walk.cutter.rows({
      ...cut,
      columns: [one],
      having: conditions,
      lookup,
      ...(excludeWhen && { excludeWhen }),
      limit: 1,
    }).length;
    const rows = sample(walk, { ...cut, having: conditions }, [expressionShown(walk, named.node.column)], 1);
    steps.push({
      kind: 'lookup',
      outcome: left > 0 ? 'passed' : 'dropped',
      before: 1,
      after: left,
      table: refOf(named.table),
      rows,
      ...placeOf(walk, named.node.span, () => `lookup ${named.node.name.text}`),
      sentence: `${said(rows[0])}; the lookup "${named.node.name.text}" ${left > 0 ? 'keeps' : 'drops'} the group.`,
    });
  }
  return steps;
}

/** Stands for the text of a step where nobody wrote `group by`. */
export const allAsOne = 'all rows as one';

/** Where the groups are asked for; one of all rows is asked for by its columns alone. */
function groupPlace(walk: Walk): Pick<WhyStep, 'path' | 'span' | 'text'> {
  const { groupBy = [], span = { offset: 0, length: 0 } } = walk.bound.select ?? {};
  const place = placeOf(walk, spanOf(groupBy) ?? span, () => 'group by');
  return groupBy.length > 0 ? place : { ...place, text: allAsOne };
}

/** The values that tell the group of the row from others, and the conditions for all rows of it. */
export function groupOf(walk: Walk): { readonly group: readonly WhyValue[]; readonly where: readonly Expression[] } {
  const { select } = walk.bound;
  const keys: Shown[] = (select?.groupBy ?? []).map((expression) => expressionShown(walk, expression));
  const [group = []] = keys.length > 0 ? sample(walk, rest(walk), keys, 1) : [];
  const same = keys.map(({ expression }, i) => walk.expressions.together(expression, cellOf(group[i]?.value ?? null)));
  return { group, where: [...conjunctsOf(select?.where), ...same] };
}

const one = columnOf('n', literal(1));

function spanOf(expressions: readonly Expression[]): Expression['span'] | undefined {
  const [first] = expressions;
  const last = expressions.at(-1);
  return first && last ? { offset: first.span.offset, length: last.span.offset + last.span.length - first.span.offset } : undefined;
}
