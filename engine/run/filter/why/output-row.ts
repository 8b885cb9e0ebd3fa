import { hasAggregate } from '../../../model/filter/bind-checks.ts';
import type { BoundColumn, BoundFilter, BoundTable } from '../../../model/filter/bound.ts';
import { everyPart, type Expression } from '../../../model/filter/tree.ts';
import { quoteName, sameName } from '../../../model/filter/words.ts';
import { didYouMean } from '../../../model/text/nearest.ts';
import { SollistError } from '../../error.ts';
import type { Cell } from '../../records.ts';
import type { WhyStep } from '../filter-report.ts';
import { all, columnsIn, type Expressions } from './expressions.ts';
import { shown } from './near.ts';
import { firstJoinWith, startText } from './subject.ts';
import { askedAs, columnShown, counted, nameOf, placeOf, refOf, said, sample, spellings, type Subject, type Walk } from './walk.ts';

/** The row of the output that is asked about. Columns of scripts and aggregates cannot be asked for before they are made. Throws `unknown-column`. */
export function rowOfOutput(bound: BoundFilter, expressions: Expressions, values: Readonly<Record<string, Cell>>): Subject | undefined {
  const conditions: Expression[] = [];
  const texts: string[] = [];
  const tables: BoundTable[] = [];
  for (const [name, value] of Object.entries(values)) {
    const column = bound.columns.find((one) => one.name === name) ?? bound.columns.find((one) => sameName(one.name, name));
    if (!column) {
      const names = bound.columns.map((one) => one.name);
      throw new SollistError('unknown-column', `The filter gives no column "${name}".${didYouMean(name, names)}`);
    }
    const { expression } = column;
    if (!expression || isLate(bound, column)) continue;
    const isTruth = column.type === 'boolean';
    conditions.push(expressions.oneOf(expression, spellings(value, isTruth)));
    texts.push(`${quoteName(column.name)} = ${shown(askedAs(value, isTruth))}`);
    tables.push(...columnsIn(bound, expression).map(({ table }) => table));
    for (const part of everyPart(expression)) {
      const table = part.kind === 'matched' ? bound.matched.get(part) : undefined;
      if (table) tables.push(table);
    }
  }
  const condition = all(conditions);
  return condition && { text: texts.join(' and '), condition, from: firstJoinWith(bound, tables) };
}

/** Whether a column is made behind the conditions, so that rows cannot be asked for by it. */
export function isLate(bound: BoundFilter, { expression }: BoundColumn): boolean {
  return !expression || hasAggregate(expression) || readsScript(bound, expression);
}

/** The columns asked for that are made late, each with the value it is to have. */
export function lateOf(
  bound: BoundFilter,
  values: Readonly<Record<string, Cell>>,
): readonly { readonly column: BoundColumn; readonly value: Cell }[] {
  return bound.columns.flatMap((column) => {
    const entry = Object.entries(values).find(([name]) => sameName(name, column.name));
    return entry && isLate(bound, column) ? [{ column, value: entry[1] }] : [];
  });
}

/** The rows of the start table that a row of the output rests on. */
export function outputStep(walk: Walk): WhyStep {
  const { bound, subject, cutter } = walk;
  const { from: table } = bound;
  if (!table) throw new Error('A filter that was compiled has a start table.');
  const joins = bound.joins.slice(0, subject.from);
  const { early } = subject;
  const found = cutter.count({ joins, where: [subject.condition] });
  const starts = early ? cutter.count({ joins: [], where: [early] }) : found;
  const key = table.catalog?.key;
  const rows = key === undefined ? [] : sample(walk, { joins, where: [subject.condition] }, [columnShown(walk, table, key, true)]);
  return {
    kind: 'start',
    outcome: found > 0 ? 'passed' : 'dropped',
    before: starts,
    after: starts,
    table: refOf(table),
    rows,
    ...placeOf(walk, table.span, () => startText(walk, table)),
    sentence:
      found > 0
        ? `It rests on ${counted(starts, 'row')} of ${nameOf(table)}${rows[0] ? `, where ${said(rows[0])}` : ''}.`
        : bound.joins.length === 0
          ? `No row of ${nameOf(table)} gives ${subject.text}, whatever the conditions say.`
          : `The joins bring no rows together that give ${subject.text}, whatever the conditions of "where" say.`,
  };
}

function readsScript(bound: BoundFilter, expression: Expression): boolean {
  return [...everyPart(expression)].some((part) => {
    const meaning = part.kind === 'column' ? bound.meanings.get(part) : undefined;
    return meaning?.kind === 'output' && meaning.column.expression === undefined;
  });
}
