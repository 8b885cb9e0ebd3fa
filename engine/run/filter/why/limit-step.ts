import type { BoundFilter } from '../../../model/filter/bound.ts';
import { compileFilter } from '../../../model/filter/compile.ts';
import { timeZoneOf } from '../../workspace/time-zone.ts';
import type { WhyStep } from '../filter-report.ts';
import { vaultQuery } from '../filter-rows.ts';
import type { NamedFilter } from '../named-filter.ts';
import { columnOf, type CutterRun, type Row } from './cut.ts';
import { truthOf } from './expressions.ts';
import { identityOf } from './outputs.ts';
import { placeOf, type Walk } from './walk.ts';
import type { Way } from './way.ts';

/** Sorting and limit come last, over appended rows, too. */
export function limited(filter: NamedFilter, walk: Walk | undefined, way: Way, run: CutterRun): Way {
  const { bound, lookup } = filter;
  const { select } = bound;
  const limit = select?.limit?.value;
  if (!walk || !select || typeof limit !== 'number') return way;
  // Beside a column that asks, rows that are the same would not be one any more.
  const isAsked = !select.distinct && !bound.aggregated && bound.appends.length === 0;
  const probe = columnOf('sollist:why', truthOf(walk.subject.condition));
  const whole: BoundFilter = isAsked
    ? { ...bound, problems: [], meanings: walk.expressions.meanings, columns: [...bound.columns, probe] }
    : bound;
  const outputs = new Set(way.outputs.map((row) => identityOf(bound.columns, row)));
  const isOutput = (row: Row): boolean => outputs.has(identityOf(bound.columns, row));
  const isMine = (row: Row): boolean => (isAsked ? row['sollist:why'] === 1 && (way.isSome !== true || isOutput(row)) : isOutput(row));
  const placeIn = (of: BoundFilter): { readonly first?: number; readonly times: number } => {
    const { query } = compileFilter(of, {
      parameters: new Map(run.parameters.map(({ name, value }) => [name.text, value])),
      today: run.today,
      timeZone: timeZoneOf(run.open),
      ...(lookup !== undefined && { lookup }),
    });
    let [first, times, at]: [number | undefined, number, number] = [undefined, 0, 0];
    for (const row of query ? run.vault.query(vaultQuery(run.open, query)) : []) {
      at++;
      if (!isMine(row)) continue;
      first ??= at;
      times++;
      if (times >= way.times) break;
    }
    return { ...(first !== undefined && { first }), times };
  };
  const { first, times } = placeIn(whole);
  const { limit: _limit, ...unlimited } = select;
  const place = first ?? placeIn({ ...whole, select: unlimited }).first;
  const step: WhyStep = {
    kind: 'limit',
    outcome: first === undefined ? 'dropped' : 'passed',
    before: way.times,
    after: times,
    rows: [],
    ...placeOf(walk, select.limit?.span ?? select.span, () => String(limit)),
    sentence:
      first === undefined
        ? `It is number ${place ?? '?'} in the order asked for, and the limit is ${limit}.`
        : `It is number ${first} of at most ${limit}.`,
  };
  return { ...way, steps: [...way.steps, step], times, ...(first === undefined && { verdict: 'not-here' as const }) };
}
