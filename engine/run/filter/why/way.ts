import type { BoundAppend } from '../../../model/filter/bound.ts';
import { conjunctsOf } from '../../../model/filter/tree.ts';
import { quoteName, sameName } from '../../../model/filter/words.ts';
import type { Cell } from '../../records.ts';
import type { FilterWhy, WhyRowChoice, WhyStep } from '../filter-report.ts';
import type { NamedFilter } from '../named-filter.ts';
import { choiceWithin, namedBy, sharedParameters } from './appended.ts';
import { rowBehind } from './asked-rows.ts';
import { readingsOf, type Reading } from './choices.ts';
import { conditionStep } from './condition-steps.ts';
import { columnOf, cutterOf, type CutterRun, type Row } from './cut.ts';
import { distinctStep } from './distinct-step.ts';
import { expressionsOver } from './expressions.ts';
import { groupSteps } from './group-steps.ts';
import { joinStep } from './join-steps.ts';
import { mostRows } from './late.ts';
import { shown } from './near.ts';
import { limited } from './limit-step.ts';
import { lookupStep } from './lookup-step.ts';
import { lateOf, outputStep, rowOfOutput } from './output-row.ts';
import { outputsOf } from './outputs.ts';
import { excludeStep, scriptSteps } from './script-steps.ts';
import { rowOfTable, startStep, type TableRow } from './subject.ts';
import { askedAs, counted, nameOf, placeOf, spellings, valueAs, type Walk } from './walk.ts';

/** What a walk through one filter found. */
export type Way = Pick<FilterWhy, 'verdict' | 'subject' | 'times' | 'steps' | 'notes'> & {
  /** What the row has become in the output. */
  readonly outputs: readonly Row[];
  /** These are some of the rows that meet the conditions: the others have other values in columns that are made late. */
  readonly isSome?: true;
  /** Tables have the row, or that of an appended filter, whatever became of it. */
  readonly isKnown: boolean;
};

/** The way of the row that is meant: the first reading that some row answers to, else the first of all. */
export function wayOf(filter: NamedFilter, choice: WhyRowChoice, run: CutterRun): Way {
  const readings = readingsOf(run, filter.bound, choice);
  const ways: Way[] = [];
  for (const reading of readings) {
    const way = wayAs(filter, reading, run);
    if (way.isKnown) return way;
    ways.push(way);
  }
  const [first] = ways;
  // Says what is wrong with the choice.
  if (!first) return wayAs(filter, { choice }, run);
  const way = ways.find(({ steps }) => steps.some(({ near = [] }) => near.length > 0)) ?? first;
  const names = [...new Set(readings.map(({ as }) => `as ${as}`))];
  const last = names.pop();
  if (names.length === 0 || last === undefined) return way;
  return {
    ...way,
    notes: [...way.notes, `It was looked for ${names.join(', ')} and ${last}. For another column, name it with the value.`],
  };
}

/** The way through the filter, through those whose rows are appended, and then by order and limit. */
function wayAs(filter: NamedFilter, { choice, elsewhere }: Omit<Reading, 'as'>, run: CutterRun): Way {
  const { bound } = filter;
  const { walk, ...own } = ownWay(filter, choice, run);
  const { isKnown } = own;
  const appended = bound.appends.flatMap((append) => appendWay(filter, append, choice, run, isKnown ? undefined : elsewhere) ?? []);
  const there = appended.filter(({ way }) => way.verdict === 'here');
  // Where the row is there anyhow, appended filters without it say nothing.
  const told = own.verdict === 'here' ? there : appended;
  const other = own.verdict === 'here' ? undefined : there.find(({ isOther }) => isOther);
  const together: Way = {
    ...own,
    isKnown: isKnown || appended.some(({ way }) => way.isKnown),
    ...(other && { subject: other.way.subject }),
    ...(there.length > 0 && { verdict: 'here' as const }),
    steps: [...own.steps, ...told.map(({ step }) => step)],
    outputs: [...own.outputs, ...there.flatMap(({ way }) => way.outputs.map((row) => namedBy(bound, row)))],
    times: own.times + there.reduce((sum, { way }) => sum + way.times, 0),
  };
  return together.verdict === 'here' ? limited(filter, walk, together, run) : together;
}

function ownWay(filter: NamedFilter, choice: WhyRowChoice, run: CutterRun): Way & { readonly walk?: Walk } {
  const { bound, path } = filter;
  const expressions = expressionsOver(bound);
  const cutter = cutterOf(bound, expressions.meanings, run);
  const steps: WhyStep[] = [];
  const walkWith = (subject: Walk['subject']): Walk => ({ vault: run.vault, bound, path, cutter, expressions, subject });
  if (choice.kind === 'table') {
    const row = rowOfTable(run.vault, bound, expressions, choice);
    return ofTable(filter, walkWith(row.subject), row, steps);
  }
  const subject = rowOfOutput(bound, expressions, choice.values);
  if (!subject) {
    const note = 'Only columns of scripts and counts were given, and rows cannot be told apart by these: name another column.';
    return { verdict: 'unknown', subject: 'these columns', times: 0, outputs: [], steps, notes: [note], isKnown: false };
  }
  const walk = narrow(walkWith(subject));
  const start = outputStep(walk);
  if (start.outcome === 'dropped') {
    const row = rowBehind(run.vault, bound, expressions, choice.values);
    // The way of that row ends before what is asked for could differ from it.
    if (row) return ofTable(filter, walkWith({ ...row.subject, text: subject.text }), row, steps);
    return { verdict: 'not-here', subject: subject.text, times: 0, outputs: [], steps: [start], notes: [], isKnown: false, walk };
  }
  steps.push(start);
  return {
    subject: subject.text,
    notes: [],
    isKnown: true,
    ...withLate(walk, choice.values, through(walk, filter, steps, start.after)),
    walk,
  };
}

/** The way of a row of one table. */
function ofTable(filter: NamedFilter, walk: Walk, row: TableRow, steps: WhyStep[]): Way & { readonly walk: Walk } {
  steps.push(startStep(walk, row));
  const about = {
    subject: walk.subject.text,
    times: 0,
    outputs: [],
    steps,
    isKnown: row.rows > 0,
    notes:
      row.rows > 1
        ? [`${counted(row.rows, 'row')} of ${nameOf(row.table)} have that ${row.columns.join(' and ')}; they are followed together.`]
        : [],
  };
  if (row.rows === 0) return { ...about, verdict: 'not-here', walk };
  const narrowed = narrow(walk);
  const begun = narrowed.subject.early ? narrowed.cutter.count({ joins: [], where: [narrowed.subject.early] }) : row.rows;
  return { ...about, ...through(narrowed, filter, steps, begun), walk: narrowed };
}

/** Of the rows that a row of the output may be, those that have the values asked for in columns that scripts and groups make. */
function withLate(walk: Walk, values: Readonly<Record<string, Cell>>, found: ReturnType<typeof through>): ReturnType<typeof through> {
  const late = lateOf(walk.bound, values);
  if (late.length === 0 || found.verdict !== 'here') return found;
  const has = (row: Row, { column, value }: (typeof late)[number]): boolean =>
    spellings(value, column.type === 'boolean').includes(row[column.name] ?? null);
  const outputs = found.outputs.filter((row) => late.every((one) => has(row, one)));
  if (outputs.length === found.outputs.length) return found;
  if (outputs.length > 0) return { ...found, outputs, times: outputs.length, isSome: true };
  const [row] = found.outputs;
  const wrong = late.find((one) => row && !has(row, one));
  if (!row || !wrong) return found;
  const { column, value } = wrong;
  const isBoolean = column.type === 'boolean';
  const is = valueAs(row[column.name] ?? null, isBoolean);
  const step: WhyStep = {
    kind: column.script ? 'script' : walk.bound.aggregated ? 'group' : 'condition',
    outcome: 'dropped',
    before: found.outputs.length,
    after: 0,
    rows: [[{ text: quoteName(column.name), value: is, found: true }]],
    ...placeOf(walk, column.span, () => column.name),
    sentence: `${quoteName(column.name)} is ${shown(is)} there, not ${shown(askedAs(value, isBoolean))}.`,
  };
  return { verdict: 'not-here', times: 0, outputs: [], steps: [...found.steps, step] };
}

/** Rows of the start table that are followed: more would say nothing. */
const mostStarts = 100;

/** Where the row is known by tables joined later: the rows of the start table that lead there, so that all joins can be told of. */
function narrow(walk: Walk): Walk {
  const { bound, subject, cutter, expressions } = walk;
  const key = bound.from?.catalog?.key;
  if (subject.from === 0 || !bound.from || key === undefined) return walk;
  const column = expressions.column(bound.from, key);
  const joins = bound.joins.slice(0, subject.from);
  const rows = cutter.rows({ joins, where: [subject.condition], columns: [columnOf('k', column)], limit: mostRows });
  const values = [...new Set(rows.map((row) => row['k'] ?? null))];
  if (values.length === 0 || values.length > mostStarts || rows.length >= mostRows) return walk;
  return { ...walk, subject: { ...subject, early: expressions.oneOf(column, values) } };
}

/** All steps from the joins on, up to the first that leaves nothing. */
function through(
  walk: Walk,
  { lookup }: NamedFilter,
  steps: WhyStep[],
  rows: number,
): Pick<Way, 'verdict' | 'times' | 'steps' | 'outputs' | 'isSome'> {
  const dropped: ReturnType<typeof through> = { verdict: 'not-here', times: 0, outputs: [], steps };
  let left = rows;
  const passed = (step: WhyStep | undefined): boolean => {
    if (!step) return true;
    steps.push(step);
    left = step.after;
    return step.outcome === 'passed';
  };
  const { joins, select, aggregated } = walk.bound;
  const from = walk.subject.early ? 0 : Math.max(walk.subject.from - 1, 0);
  for (let i = from; i < joins.length; i++) if (!passed(joinStep(walk, i, left))) return dropped;
  if (left === 0) return dropped;
  const conditions = conjunctsOf(select?.where);
  for (const index of conditions.keys()) if (!passed(conditionStep(walk, conditions, index, left))) return dropped;
  if (aggregated) {
    for (const step of groupSteps(walk, lookup, left)) if (!passed(step)) return dropped;
  } else {
    for (const step of scriptSteps(walk, left)) steps.push(step);
    if (!passed(excludeStep(walk, left))) return dropped;
    if (lookup !== undefined && !passed(lookupStep(walk, lookup, left))) return dropped;
    if (!passed(distinctStep(walk, lookup, left))) return dropped;
  }
  const outputs = outputsOf(walk, lookup);
  return { verdict: 'here', times: outputs.length, outputs, steps };
}

/** The same question to an appended filter, where it has the table or the columns; undefined where it has not. */
function appendWay(
  filter: NamedFilter,
  append: BoundAppend,
  choice: WhyRowChoice,
  run: CutterRun,
  elsewhere: WhyRowChoice | undefined,
): { readonly step: WhyStep; readonly way: Way; /** Of another table. */ readonly isOther: boolean } | undefined {
  const same = choiceWithin(filter.bound, append.bound, choice);
  // What the own start table has not may be known to that of an appended filter.
  const asked = same ?? (elsewhere && readingsOf(run, append.bound, elsewhere).length > 0 ? elsewhere : undefined);
  if (!asked) return undefined;
  const name = append.node.text;
  const file = [...run.open.workspace.filters].find(([one]) => sameName(one, name));
  const inner: NamedFilter = { reference: name, name, path: file?.[1].path ?? filter.path, bound: append.bound };
  const way = wayOf(inner, asked, { ...run, parameters: sharedParameters(filter.bound, append.bound, run.parameters) });
  const { offset, length } = append.node.span;
  const last = way.steps.findLast(({ outcome }) => outcome === 'dropped');
  return {
    way,
    isOther: same === undefined,
    step: {
      kind: 'append',
      outcome: way.verdict === 'here' ? 'passed' : 'dropped',
      before: way.times,
      after: way.times,
      rows: [],
      path: filter.path,
      span: append.node.span,
      text: length === 0 ? `append ${name}` : filter.bound.document.text.slice(offset, offset + length),
      sentence:
        way.verdict === 'here'
          ? `It comes from the appended filter ${name}.`
          : `The appended filter ${name} does not have it either. ${last?.sentence ?? ''}`.trim(),
    },
  };
}
