import { conjunctsOf, everyPart, type Expression } from '../../../model/filter/tree.ts';
import { quoteName } from '../../../model/filter/words.ts';
import type { WhyStep, WhyValue } from '../filter-report.ts';
import { columnOf, type Cut, type Row } from './cut.ts';
import { truthOf } from './expressions.ts';
import { kept, scriptsAnd } from './late.ts';
import { cellOf, expressionShown, placeOf, said, textOf, valueAs, valuesOf, type Shown, type Walk } from './walk.ts';

/** The row that `distinct on` keeps of those with one value. */
export interface KeptRow {
  /** The value, as the row that is asked about has it. */
  readonly value: readonly WhyValue[];
  /** Absent where no row could be found. */
  readonly row?: Row;
  readonly isMine: boolean;
}

export function keptRow(walk: Walk, on: Expression, lookup: string | undefined): KeptRow {
  const { select, columns, joins } = walk.bound;
  const excludeWhen = select?.excludeWhen;
  const named = lookup === undefined ? {} : { lookup };
  const [value = []] = lateSample(walk, { ...kept(walk), ...named }, [expressionShown(walk, on)]);
  const wanted = cellOf(value[0]?.value ?? null);
  // What a script gives is not there yet where the other rows with that value are chosen: then all are looked at.
  const early = !namesScript(walk, on);
  const held = walk.cutter.rows({
    joins,
    where: [...conjunctsOf(select?.where), ...(early ? [walk.expressions.together(on, wanted)] : [])],
    columns: [...columns, columnOf('sollist:why', truthOf(walk.subject.condition)), columnOf('sollist:on', on)],
    distinctOn: on,
    ...(excludeWhen && { excludeWhen }),
    ...named,
  });
  const mine = held.find((row) => row['sollist:why'] === 1);
  const row = mine ?? held.find((one) => one['sollist:on'] === wanted) ?? (early ? held[0] : undefined);
  return { value, isMine: mine !== undefined, ...(row && { row }) };
}

/** `distinct on`: whether it is the row that is kept of those with one value. */
export function distinctStep(walk: Walk, lookup: string | undefined, before: number): WhyStep | undefined {
  const { select, aggregated, columns, orderBy } = walk.bound;
  const on = select?.distinctOn;
  if (!on || aggregated) return undefined;
  const { value, row, isMine } = keptRow(walk, on, lookup);
  const cells = row
    ? columns.map(({ name, type }): WhyValue => ({
        text: quoteName(name),
        value: valueAs(row[name] ?? null, type === 'boolean'),
        found: true,
      }))
    : [];
  const order = orderBy.length > 0 ? 'the first in the order asked for' : 'the first by its columns';
  return {
    kind: 'distinct',
    outcome: isMine ? 'passed' : 'dropped',
    before,
    after: isMine ? 1 : 0,
    rows: [...(value.length > 0 ? [value] : []), ...(isMine || cells.length === 0 ? [] : [cells])],
    ...placeOf(walk, on.span, () => `distinct on (${textOf(walk, on)})`),
    sentence: isMine
      ? `It is the row that is kept of those where ${said(value)}.`
      : `Of the rows where ${said(value)} another one is kept, ${order}: ${said(cells.slice(0, 6))}.`,
  };
}

function namesScript({ bound }: Pick<Walk, 'bound'>, expression: Expression): boolean {
  return [...everyPart(expression)].some((part) => {
    const meaning = part.kind === 'column' ? bound.meanings.get(part) : undefined;
    return meaning?.kind === 'output' && (meaning.column.expression ? namesScript({ bound }, meaning.column.expression) : true);
  });
}

/** Values behind the scripts. */
function lateSample(walk: Walk, cut: Omit<Cut, 'columns'>, values: readonly Shown[]): readonly (readonly WhyValue[])[] {
  const columns = scriptsAnd(
    walk,
    values.map(({ expression }, i) => columnOf(`v${i + 1}`, expression)),
  );
  return walk.cutter.rows({ ...cut, columns, limit: 1 }).map((row) => valuesOf(row, values));
}
