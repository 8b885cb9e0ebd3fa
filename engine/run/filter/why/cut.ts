import type { BoundColumn, BoundFilter, BoundJoin, Meaning } from '../../../model/filter/bound.ts';
import { compileFilter } from '../../../model/filter/compile.ts';
import type { ColumnNode, Expression } from '../../../model/filter/tree.ts';
import type { Mapping } from '../../../model/mapping/mapping.ts';
import { SollistError } from '../../error.ts';
import type { Cell } from '../../records.ts';
import type { Vault } from '../../vault/vault.ts';
import type { OpenWorkspace } from '../../workspace/open-workspace.ts';
import { timeZoneOf } from '../../workspace/time-zone.ts';
import { vaultQuery } from '../filter-rows.ts';
import { all, countOfRows } from './expressions.ts';

/** What of a filter is to be done; what is not named is left out. */
export interface Cut {
  readonly columns: readonly BoundColumn[];
  readonly joins: readonly BoundJoin[];
  readonly where: readonly Expression[];
  readonly groupBy?: readonly Expression[];
  readonly having?: readonly Expression[];
  readonly excludeWhen?: Expression;
  /** By name. */
  readonly lookup?: string;
  readonly distinctOn?: Expression;
  /** Rows read at most. */
  readonly limit?: number;
}

export type Row = Readonly<Record<string, Cell>>;

/** What a filter is run with. */
export interface CutterRun {
  readonly open: OpenWorkspace;
  readonly vault: Vault;
  readonly parameters: Mapping['parameters'];
  /** yyyy-mm-dd */
  readonly today: string;
}

/** Runs parts of one filter, through the same compiler as the whole. */
export interface Cutter {
  rows(cut: Cut): readonly Row[];
  /** Combinations of rows that are left after joins and conditions. */
  count(cut: Pick<Cut, 'joins' | 'where'>): number;
}

/** `meanings` are those of the filter and of what is asked beyond it. */
export function cutterOf(bound: BoundFilter, meanings: ReadonlyMap<ColumnNode, Meaning>, run: CutterRun): Cutter {
  const rows = (cut: Cut): readonly Row[] => {
    const compiled = compileFilter(cutOf(bound, meanings, cut), {
      parameters: new Map(run.parameters.map(({ name, value }) => [name.text, value])),
      today: run.today,
      timeZone: timeZoneOf(run.open),
      ...(cut.lookup !== undefined && { lookup: cut.lookup }),
      ...(cut.limit !== undefined && { limit: cut.limit }),
    });
    if (!compiled.query) {
      const why = compiled.problems.find(({ severity }) => severity === 'error')?.message;
      throw new SollistError('file-broken', `The filter cannot be looked into. ${why ?? 'Run "sollist check" to see why.'}`);
    }
    return [...run.vault.query(vaultQuery(run.open, compiled.query))];
  };
  return {
    rows,
    count({ joins, where }) {
      const [row] = rows({ columns: [columnOf('n', countOfRows)], joins, where });
      return Number(row?.['n'] ?? 0);
    },
  };
}

/** An output column of a cut. */
export function columnOf(name: string, expression: Expression): BoundColumn {
  return { name, type: 'text', span: expression.span, expression };
}

function cutOf(bound: BoundFilter, meanings: ReadonlyMap<ColumnNode, Meaning>, cut: Cut): BoundFilter {
  const { select } = bound;
  if (!select) return bound;
  const { where: _where, having: _having, distinctOn: _on, excludeWhen: _exclude, limit: _limit, ...rest } = select;
  const where = all(cut.where);
  const having = all(cut.having ?? []);
  return {
    ...bound,
    // Hints and warnings do not count, and errors were refused before.
    problems: [],
    meanings,
    columns: cut.columns,
    joins: cut.joins,
    orderBy: cut.distinctOn ? bound.orderBy : [],
    appends: [],
    aggregated: cut.groupBy !== undefined || cut.columns.some(({ expression }) => expression === countOfRows),
    select: {
      ...rest,
      distinct: cut.distinctOn !== undefined,
      groupBy: cut.groupBy ?? [],
      joins: cut.joins.map(({ node }) => node),
      orderBy: [],
      ...(where && { where }),
      ...(having && { having }),
      ...(cut.distinctOn && { distinctOn: cut.distinctOn }),
      ...(cut.excludeWhen && { excludeWhen: cut.excludeWhen }),
    },
  };
}
