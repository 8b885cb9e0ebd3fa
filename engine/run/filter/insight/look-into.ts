import type { BoundFilter, BoundJoin } from '../../../model/filter/bound.ts';
import { bindFilter } from '../../../model/filter/bind.ts';
import type { FilterDocument } from '../../../model/filter/filter.ts';
import type { FilterLibrary } from '../../../model/filter/library.ts';
import { valueOfType } from '../../../model/filter/parameters.ts';
import { conjunctsOf } from '../../../model/filter/tree.ts';
import { entryNamed } from '../../../model/filter/words.ts';
import { type Catalog, vaultTableName } from '../../../model/system/catalog.ts';
import type { Problem } from '../../../model/text/problem.ts';
import type { VaultReader } from '../../vault/vault.ts';
import { count, countResult, countSteps, isOwn, stepOf } from './count-steps.ts';
import { withoutParameters } from './cut.ts';
import { isTooCostly, type RowsOf } from './cost.ts';
import { findHazards, type HazardInput } from './find-hazards.ts';
import type { FilterInsight, InsightStep } from './insight.ts';
import { createLooker, type Looker, type Values } from './looker.ts';

/** What is looked into, and with what. */
export interface LookInto {
  readonly document: FilterDocument;
  readonly catalog: Catalog;
  readonly library: FilterLibrary;
  readonly vault: Pick<VaultReader, 'query' | 'tables'>;
  /** By parameter name; others have what their session variable gives, else their defaults. */
  readonly parameters: Values;
  /** Values of session variables by name. */
  readonly session: ReadonlyMap<string, string>;
  /** yyyy-mm-dd */
  readonly today: string;
  /** By its name in the IANA database. */
  readonly timeZone: string;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Milliseconds until no further query begins. */
  readonly patience: number;
}

const none: FilterInsight = { steps: [], hazards: [], stopped: false, missing: [], without: [] };

/**
 * Counts the rows of a filter step by step, and looks for hazards, until the time is over. Nothing is told of a filter with errors. Reads
 * alone. Throws `cancelled`, and what the vault throws.
 */
export async function lookInto(input: LookInto): Promise<FilterInsight> {
  const { document, catalog, library, vault, now, patience } = input;
  const whole = bindFilter(document, catalog, library);
  const broken = [...document.problems, ...whole.problems].some(({ severity }) => severity === 'error');
  if (broken || !whole.select || !whole.from) return none;
  const { values, without } = valuesOf(whole, input);
  const bound = rebind(whole, without, catalog);
  const looker = createLooker(bound, document.text, { ...input, values, until: now() + patience });
  const held = new Map(vault.tables().map(({ system, table, evidence }) => [vaultTableName(system, table), evidence.rows]));
  const rowsOf: RowsOf = ({ system, table }) => held.get(vaultTableName(system, table)) ?? 0;
  const isThere: HazardInput['isThere'] = ({ system, table }) => held.has(vaultTableName(system, table));
  const missing = [...new Set(bound.tables.map(({ system, table }) => vaultTableName(system, table)))].filter((name) => !held.has(name));
  if (!bound.from || !isThere(bound.from)) return { ...none, missing, without };
  const isCountable: HazardInput['isCountable'] = (other) =>
    other.tables.every(isThere) &&
    !other.joins.some((join) => other.from && isTooCostly({ ...looker, bound: other }, join, rowsOf(other.from), rowsOf));
  const counts = await countSteps(looker, usableJoins(bound, isThere), rowsOf);
  const last = counts.joined === undefined ? [] : await lastSteps(looker, whole, counts.where, { isThere, isCountable });
  const steps = [...counts.steps, ...parentStep(bound, counts), ...last];
  const hazards = await findHazards({ looker, counts, whole, isThere, isCountable });
  return {
    steps: steps.sort((a, b) => a.span.offset - b.span.offset),
    hazards: hazards.filter(({ span }) => isOwn(span)).map(withinText(document)),
    stopped: looker.stopped(),
    missing,
    without,
  };
}

/** Every parameter with a value: the one given, else that of its session variable, else its default, else null. */
function valuesOf(
  { parameters }: BoundFilter,
  given: Pick<LookInto, 'parameters' | 'session'>,
): { readonly values: Values; readonly without: readonly string[] } {
  const without: string[] = [];
  const values = new Map(
    parameters.map(({ name: { text }, type, session, default: preset }) => {
      const variable = session === undefined ? undefined : entryNamed(given.session, session)?.[1];
      const fromSession = variable === undefined ? undefined : valueOfType(variable, type);
      const value = entryNamed(given.parameters, text)?.[1] ?? fromSession ?? preset;
      if (value === undefined) without.push(text);
      return [text, value ?? null] as const;
    }),
  );
  return { values, without };
}

/** The filter with its parent's parts in it, and without the conditions on parameters that nobody gave a value. */
function rebind({ document, select, parameters }: BoundFilter, without: readonly string[], catalog: Catalog): BoundFilter {
  const { text, tree } = document;
  if (!select || !tree) return bindFilter(document, catalog);
  const { parent: _, ...own } = tree;
  return bindFilter({ text, problems: [], parameters, tree: { ...own, select: withoutParameters(select, without), appends: [] } }, catalog);
}

/** How many joins, from the first, read nothing but tables that were collected. */
function usableJoins({ tables, joins }: BoundFilter, isThere: (table: BoundFilter['tables'][number]) => boolean): number {
  const ends = joins.map(({ node }) => node.source);
  const first = tables.find((table) => !isThere(table));
  if (!first) return joins.length;
  // Tables are bound in the order they are written, so the join that reads this one is the last that begins before it.
  const index = tables.indexOf(first);
  let read = 1;
  for (const [place, source] of ends.entries()) {
    read += (source.kind === 'group' ? groupSize(source) : 1) + (joins[place]?.via ? 1 : 0);
    if (index < read) return place;
  }
  return joins.length;
}

function groupSize(source: Extract<BoundJoin['node']['source'], { kind: 'group' }>): number {
  const inner = source.joins.map((join) => (join.source.kind === 'group' ? groupSize(join.source) : 1) + (join.via ? 1 : 0));
  return 1 + inner.reduce((sum, one) => sum + one, 0);
}

/** What the filter that this one extends leaves, where its name stands. */
function parentStep(
  { select, joins }: BoundFilter,
  counts: { readonly from?: number; readonly joins: readonly { readonly step: InsightStep }[] },
): readonly InsightStep[] {
  if (!select?.from || isOwn(select.from.span)) return [];
  const inherited = joins.filter(({ node }) => !isOwn(node.span)).length;
  const rows = inherited === 0 ? counts.from : counts.joins[inherited - 1]?.step.rows;
  return rows === undefined ? [] : [stepOf('parent', select.from.span, rows)];
}

/** Whether nothing but conditions has a say in how many rows there are. */
function isPlain({ select, aggregated }: BoundFilter): boolean {
  if (!select || aggregated) return false;
  return !select.distinct && !select.distinctOn && !select.having && !select.excludeWhen && !select.limit;
}

/** The rows of the whole filter, of what it appends, and of its lookups. */
async function lastSteps(
  looker: Looker,
  whole: BoundFilter,
  where: number | undefined,
  { isThere, isCountable }: Pick<HazardInput, 'isThere' | 'isCountable'>,
): Promise<readonly InsightStep[]> {
  const steps: InsightStep[] = [];
  let rows = isPlain(looker.bound) ? where : await countResult({ looker });
  const own = rows;
  for (const { node, bound } of whole.appends) {
    const added = bound.appends.length === 0 && isCountable(bound) ? await countResult({ looker, of: bound }) : undefined;
    if (added !== undefined) steps.push(stepOf('append', node.span, added));
    rows = rows === undefined || added === undefined ? undefined : rows + added;
  }
  const span = whole.document.tree?.select?.span;
  if (rows !== undefined && span) steps.push(stepOf('result', { offset: span.offset, length: 'select'.length }, rows));
  for (const lookup of whole.appends.length === 0 && own !== undefined && !whole.aggregated ? looker.bound.lookups : []) {
    if (!isThere(lookup.table)) continue;
    const { select } = looker.bound;
    const kept =
      select && (await count(looker, { joins: select.joins, where: conjunctsOf(select.where), whole: true, lookup: lookup.node }));
    if (kept !== undefined) steps.push(stepOf('lookup', lookup.node.span, kept));
  }
  return steps;
}

/** Problems reach nobody but where they stand in the text. */
function withinText({ text }: FilterDocument): (problem: Problem) => Problem {
  return (problem) => {
    const offset = Math.min(problem.span.offset, text.length);
    return { ...problem, span: { offset, length: Math.min(problem.span.length, text.length - offset) } };
  };
}
