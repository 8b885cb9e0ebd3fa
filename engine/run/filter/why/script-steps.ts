import { problemColumn } from '../../../model/filter/compiled.ts';
import { quoteName } from '../../../model/filter/words.ts';
import type { WhyStep, WhyValue } from '../filter-report.ts';
import { columnOf } from './cut.ts';
import { literal, operandsOf, truthOf } from './expressions.ts';
import { mostRows, rest, scriptsAnd } from './late.ts';
import { shown } from './near.ts';
import { columnShown, expressionShown, placeOf, said, textOf, valueAs, valuesOf, type Shown, type Walk } from './walk.ts';

/** Script columns with their inputs and values. */
export function scriptSteps(walk: Walk, before: number): readonly WhyStep[] {
  const scripts = walk.bound.columns.filter(({ script }) => script);
  if (scripts.length === 0) return [];
  const inputs = scripts.map(({ script }) =>
    (script?.reads ?? []).slice(0, mostInputs).map(({ table, column }) => columnShown(walk, table, column.name)),
  );
  const all = inputs.flat();
  const columns = [...all.map(({ expression }, i) => columnOf(`v${i + 1}`, expression)), ...scripts];
  // All scripts in one go: to begin with them is what takes time.
  const found = walk.cutter.rows({ ...rest(walk), columns, limit: 10 }).map((row) => ({ row, values: valuesOf(row, all) }));
  let from = 0;
  return scripts.map((column, i): WhyStep => {
    const [start, end] = [from, from + (inputs[i]?.length ?? 0)];
    from = end;
    const rows = found.map(({ row, values }): readonly WhyValue[] => [
      ...values.slice(start, end),
      { text: quoteName(column.name), value: valueAs(row[column.name] ?? null, column.type === 'boolean'), found: true },
    ]);
    const value = rows[0]?.at(-1)?.value ?? null;
    const problem = value === null ? found[0]?.row[problemColumn] : null;
    const of = end > start && rows[0] ? `, from ${said(rows[0].slice(0, -1))}` : '';
    return {
      kind: 'script',
      outcome: 'passed',
      before,
      after: before,
      rows,
      ...placeOf(walk, column.script?.node.span ?? column.span, () => column.name),
      sentence:
        problem === undefined || problem === null
          ? `The script gives ${quoteName(column.name)} the value ${shown(value)}${of}.`
          : `The script of ${quoteName(column.name)} failed, so its value is null: ${String(problem)}`,
    };
  });
}

/** Inputs of a script that are shown. */
const mostInputs = 12;

/** `exclude when`, of rows that are no groups. */
export function excludeStep(walk: Walk, before: number): WhyStep | undefined {
  const excludeWhen = walk.bound.select?.excludeWhen;
  if (!excludeWhen) return undefined;
  const columns = scriptsAnd(walk, [columnOf('n', literal(1))]);
  const after = walk.cutter.rows({ ...rest(walk), columns, excludeWhen, limit: mostRows }).length;
  const values: Shown[] = operandsOf(excludeWhen).map((expression) => expressionShown(walk, expression));
  const probes = [columnOf('truth', truthOf(excludeWhen)), ...values.map(({ expression }, i) => columnOf(`v${i + 1}`, expression))];
  const [row] = walk.cutter.rows({ ...rest(walk), columns: scriptsAnd(walk, probes), ...(after > 0 && { excludeWhen }), limit: 1 });
  const truth = row?.['truth'] ?? null;
  const shownValues = row ? valuesOf(row, values) : [];
  const text = textOf(walk, excludeWhen);
  const with_ = shownValues.length > 0 ? `: ${said(shownValues)}` : '';
  return {
    kind: 'exclude',
    outcome: after > 0 ? 'passed' : 'dropped',
    before,
    after,
    holds: truth === null ? 'null' : truth === 1 ? 'true' : 'false',
    rows: shownValues.length > 0 ? [shownValues] : [],
    ...placeOf(walk, excludeWhen.span, () => text),
    sentence:
      after > 0
        ? truth === 1
          ? `It is not excluded, since the script failed and its null says nothing: ${text} is true${with_}.`
          : `It is not excluded: ${text} is ${truth === null ? 'null' : 'false'}${with_}.`
        : `It is excluded, since ${text} is true${with_}.`,
  };
}
