import { type BoundFilter, type BoundJoin, isGroup } from '../../../model/filter/bound.ts';
import { conjunctsOf, type Expression, type JoinNode, type MatchedNode } from '../../../model/filter/tree.ts';
import { sql } from '../../../model/filter/sql.ts';
import type { Span } from '../../../model/text/problem.ts';
import { isTooCostly, type RowsOf } from './cost.ts';
import { columnItem, type Cut } from './cut.ts';
import { mostCounted, type InsightStep } from './insight.ts';
import type { Looker } from './looker.ts';

/** A join as it was counted. */
export interface CountedJoin {
  readonly join: BoundJoin;
  /** Its place among the joins. */
  readonly index: number;
  /** Rows before it. */
  readonly before: number;
  readonly step: InsightStep;
}

/** The rows after the joins and after the conditions; undefined where they were not counted. */
export interface Counts {
  readonly from?: number;
  readonly joins: readonly CountedJoin[];
  readonly joined?: number;
  readonly where?: number;
  readonly steps: readonly InsightStep[];
}

/**
 * Counts the rows after each part of a filter, in the order of work, up to what would cost too much. `usable`: how many of the joins read only
 * tables that are there.
 */
export async function countSteps(looker: Looker, usable: number, rowsOf: RowsOf): Promise<Counts> {
  const { bound } = looker;
  const { select, from } = bound;
  if (!select || !from) return { joins: [], steps: [] };
  const steps: InsightStep[] = [];
  const start = await count(looker, { joins: [] });
  if (start === undefined) return { joins: [], steps };
  if (isOwn(select.from?.span)) steps.push(stepOf('from', from.span, start));
  const joins: CountedJoin[] = [];
  let before = start;
  for (const [index, join] of bound.joins.slice(0, usable).entries()) {
    if (isTooCostly(looker, join, before, rowsOf)) {
      looker.stop();
      return { from: start, joins, steps };
    }
    const step = await countJoin(looker, index, join, before);
    if (!step) return { from: start, joins, steps };
    joins.push({ join, index, before, step });
    before = step.rows;
    if (isOwn(join.node.span)) steps.push(step);
  }
  if (usable < bound.joins.length) return { from: start, joins, steps };
  const conditions = conjunctsOf(select.where);
  if (conditions.length === 0) return { from: start, joins, joined: before, where: before, steps };
  const where = await count(looker, { joins: select.joins, where: conditions });
  const own = coverOf(conditions.filter(({ span }) => isOwn(span)));
  if (where !== undefined && own) steps.push(stepOf('where', own, where));
  return { from: start, joins, joined: before, ...(where !== undefined && { where }), steps };
}

/** The rows of the whole filter, without those it appends; undefined where a script has a say in how many there are. */
export async function countResult({ looker, of = looker.bound }: { looker: Looker; of?: BoundFilter }): Promise<number | undefined> {
  const { select } = of;
  if (!select || select.excludeWhen) return undefined;
  return count(looker, { joins: select.joins, where: conjunctsOf(select.where), whole: true }, of);
}

/** Rows of a part of the filter, at most one more than are counted. */
export async function count(looker: Looker, cut: Cut, of?: BoundFilter): Promise<number | undefined> {
  const part = looker.compile({ ...cut, limit: mostCounted + 1 }, of);
  const rows = part && (await looker.ask(sql`SELECT count(*) AS n FROM (${part})`));
  const n = rows?.[0]?.['n'];
  return typeof n === 'number' ? n : undefined;
}

export function stepOf(kind: InsightStep['kind'], span: Span, rows: number): InsightStep {
  return { kind, span, ...(rows > mostCounted ? { rows: mostCounted, more: true as const } : { rows }) };
}

/** Counted as a left join, each kind of join tells what it keeps, and the rows before it that met nothing. */
async function countJoin(looker: Looker, index: number, join: BoundJoin, before: number): Promise<InsightStep | undefined> {
  const { node } = join;
  const earlier = looker.bound.select?.joins.slice(0, index) ?? [];
  const asLeft = node.mode === 'any' || node.mode === 'left' || node.mode === 'anti' ? await countLeft(looker, earlier, join) : undefined;
  if (!asLeft) {
    const rows = await count(looker, { joins: [...earlier, node] });
    return rows === undefined ? undefined : stepOf('join', node.span, rows);
  }
  const { rows, met } = asLeft;
  const unmatched = rows - met;
  const kept = node.mode === 'left' ? rows : node.mode === 'any' ? met : unmatched;
  const cut = rows > mostCounted;
  const step = stepOf('join', node.span, kept);
  if (cut) return { ...step, more: true };
  return before > mostCounted ? step : { ...step, matched: before - unmatched, unmatched };
}

async function countLeft(
  looker: Looker,
  earlier: readonly JoinNode[],
  { node, source }: BoundJoin,
): Promise<{ readonly rows: number; readonly met: number } | undefined> {
  const head = isGroup(source) ? source.table : source;
  const there: MatchedNode = { kind: 'matched', alias: { text: head.alias, span: head.span }, span: head.span };
  const part = looker.compile({
    joins: [...earlier, { ...node, mode: 'left' }],
    items: [columnItem(there, 'met')],
    limit: mostCounted + 1,
  });
  const [row] = (part && (await looker.ask(sql`SELECT count(*) AS n, total("met") AS met FROM (${part})`))) ?? [];
  return row && { rows: Number(row['n']), met: Number(row['met']) };
}

/** What a parent brings has no length: it stands in another text. */
export function isOwn(span: Span | undefined): boolean {
  return span !== undefined && span.length > 0;
}

export function coverOf(parts: readonly Expression[]): Span | undefined {
  const [first, last] = [parts[0]?.span, parts.at(-1)?.span];
  return first && last && { offset: first.offset, length: last.offset + last.length - first.offset };
}
