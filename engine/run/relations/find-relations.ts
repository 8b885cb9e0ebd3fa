import type { Catalog, ColumnRef } from '../../model/system/catalog.ts';
import type { KeyColumn } from '../../model/system/key-columns.ts';
import type { Cell, VaultTable } from '../records.ts';
import type { VaultReader } from '../vault/vault.ts';
import { likelyName, numbersFitAnything } from './likelihood.ts';
import { percent } from './match-relation.ts';
import type { FoundRelations, RelationCandidate } from './relation-report.ts';
import { sampleValues, type SampledColumn } from './sample-values.ts';
import { columnsIn, shownValues, unlikeTypes, type VaultColumn } from './vault-column.ts';

type Queries = Pick<VaultReader, 'tables' | 'query'>;

/** What is looked for, and for how long. */
export interface FindOptions {
  /** The least share of values, in percent, that makes a candidate; 50 if absent. */
  readonly least?: number;
  /** Milliseconds after which no further column is looked at; 20 seconds if absent. */
  readonly milliseconds?: number;
  readonly now: () => number;
  readonly signal?: AbortSignal;
}

/** Values that are not found and shown. */
const shown = 5;

/** Keys of one target that are folded; more would take too long. */
const mostFolded = 300_000;

/** From this score on a candidate is taken for what it seems to be. */
export const sure = 90;

/**
 * Relations within a system that the values in the vault speak for: columns whose values are those of a key or reference key of another table,
 * or of their own, which makes that a tree. A primary key is not looked at as a side that refers, nor are truths, dates and columns that hold one value.
 */
export function findRelations(
  vault: Queries,
  catalog: Catalog,
  keys: readonly KeyColumn[],
  system: string,
  options: FindOptions,
): FoundRelations {
  const tables = vault.tables().filter((table) => table.system === system);
  const wanted = catalog.parts.get(system)?.tables.map(({ table }) => table) ?? [];
  const primary = new Set(keys.filter(({ kind }) => kind === 'key').map(nameOf));
  const all = tables.flatMap(columnsIn);
  const targets = keys.flatMap((key) => {
    const column = all.find(({ ref }) => nameOf(ref) === nameOf(key));
    return column ? [{ column, kind: key.kind }] : [];
  });
  const refers = (column: VaultColumn): boolean => !primary.has(nameOf(column.ref));
  return {
    ...search(vault, tables, refers, targets, catalog, options),
    notCollected: wanted.filter((name) => !tables.some(({ table }) => table === name)).map((name) => `${system}.${name}`),
  };
}

/** Relations between a table of one system and a table of another: any column of the one against any of the other. */
export function findBetween(
  vault: Queries,
  catalog: Catalog,
  left: Pick<ColumnRef, 'system' | 'table'>,
  right: Pick<ColumnRef, 'system' | 'table'>,
  options: FindOptions,
): FoundRelations {
  const held = (wanted: typeof left): VaultTable | undefined =>
    vault.tables().find(({ system, table }) => system === wanted.system && table === wanted.table);
  const [one, other] = [held(left), held(right)];
  const notCollected = [...(one ? [] : [left]), ...(other ? [] : [right])].map(({ system, table }) => `${system}.${table}`);
  if (!one || !other) return { candidates: [], notCollected, stopped: false };
  const identifying = sampleValues(vault, columnsIn(other).filter(mayRefer)).filter(({ isUnique }) => isUnique);
  const targets = identifying.map(({ column }) => ({ column, kind: 'column' as const }));
  return { ...search(vault, [one], () => true, targets, catalog, options), notCollected };
}

interface Target {
  readonly column: VaultColumn;
  readonly kind: RelationCandidate['target'];
}

function search(
  vault: Queries,
  tables: readonly VaultTable[],
  refers: (column: VaultColumn) => boolean,
  targets: readonly Target[],
  catalog: Catalog,
  { least = 50, milliseconds = 20_000, now, signal }: FindOptions,
): Pick<FoundRelations, 'candidates' | 'stopped'> {
  const end = now() + milliseconds;
  const late = (): boolean => now() > end;
  const sources: SampledColumn[] = [];
  let stopped = false;
  for (const table of tables) {
    signal?.throwIfAborted();
    if ((stopped = late())) break;
    const columns = columnsIn(table).filter((column) => mayRefer(column) && refers(column));
    sources.push(...sampleValues(vault, columns).filter(({ values }) => values.length > 1));
  }
  const found: Weighed[] = [];
  for (const target of targets) {
    signal?.throwIfAborted();
    if ((stopped ||= late())) break;
    const matched = lookUp(vault, target.column, sources);
    for (const source of sources) {
      const { ref } = source.column;
      if (nameOf(ref) === nameOf(target.column.ref)) continue;
      const candidate = candidateOf(source, target, matched, catalog);
      if (percent(candidate.found + candidate.folded, candidate.values) >= least) found.push(candidate);
    }
  }
  return { candidates: ranked(found), stopped };
}

/** Columns that can hold what another row is known by. */
function mayRefer({ type, isSecret }: VaultColumn): boolean {
  return (type === 'text' || type === 'number') && !isSecret;
}

/** Which values a target has: as they are, or as texts without blanks around them and without regard to case. */
type Matched = ReadonlyMap<Cell, 'exact' | 'folded'>;

/** One query a target for all values of all columns: a key of any size is read once. A text never equals a number, as in a join. */
function lookUp(vault: Queries, target: VaultColumn, sources: readonly SampledColumn[]): Matched {
  const values = [...new Set(sources.flatMap((source) => source.values))];
  const exact = found(vault, values, target, (value) => value);
  const missing = target.rows <= mostFolded ? values.filter((value) => !exact.has(value)) : [];
  const folded = found(vault, missing, target, (value) => `sollist_fold(trim(cast(${value} as text)))`);
  return new Map([...[...folded].map((value) => [value, 'folded'] as const), ...[...exact].map((value) => [value, 'exact'] as const)]);
}

function found(
  vault: Queries,
  values: readonly (string | number)[],
  target: VaultColumn,
  form: (value: string) => string,
): ReadonlySet<Cell> {
  if (values.length === 0) return new Set();
  const rows = vault.query({
    sql: `select value as v from json_each(?) where ${form('value')} in (select ${form(target.column)} from ${target.table} where ${target.column} <> '')`,
    parameters: [JSON.stringify(values)],
  });
  return new Set([...rows].map((row) => row['v'] ?? null));
}

/** A candidate, and the share of its target's rows that its values are. */
type Weighed = Omit<RelationCandidate, 'best'> & { readonly share: number };

function candidateOf(source: SampledColumn, { column, kind }: Target, matched: Matched, catalog: Catalog): Weighed {
  const ways = source.values.map((value) => matched.get(value));
  const exact = ways.filter((way) => way === 'exact').length;
  const types = unlikeTypes(source.column, column);
  const from = source.column.ref;
  const doubt = numbersFitAnything(source, column);
  return {
    from,
    to: column.ref,
    target: kind,
    score: percent(exact, source.values.length),
    values: source.values.length,
    found: exact,
    unmatched: shownValues(source.column, source.values.filter((_, index) => ways[index] !== 'exact').slice(0, shown)),
    folded: ways.filter((way) => way === 'folded').length,
    sampled: source.sampled,
    ...(types && { types }),
    known: catalog.relations.some((relation) => isSame(relation, from, column.ref)),
    ...(doubt !== undefined && { doubt }),
    share: exact / Math.max(1, column.rows),
  };
}

function isSame(
  relation: { readonly kind: string; readonly from: ColumnRef; readonly to: ColumnRef },
  from: ColumnRef,
  to: ColumnRef,
): boolean {
  const same = (a: ColumnRef, b: ColumnRef): boolean => nameOf(a) === nameOf(b);
  if (same(relation.from, from) && same(relation.to, to)) return true;
  return relation.kind === 'inter-system' && same(relation.from, to) && same(relation.to, from);
}

/** The most likely first; of each column that refers, one is the best, unless values alone do not tell. */
function ranked(found: readonly Weighed[]): readonly RelationCandidate[] {
  const weight = ({ score, from, to, doubt, values, share }: Weighed): number =>
    score + (likelyName(from, to) ? 20 : 0) - (doubt === undefined ? 0 : 60) + Math.min(10, Math.log2(values)) + 10 * share;
  const order = [...found].sort((a, b) => weight(b) - weight(a));
  const decided = new Set<string>();
  return order.map(({ share: _, ...candidate }) => {
    const column = nameOf(candidate.from);
    const best = !decided.has(column) && candidate.doubt === undefined && candidate.score >= sure && candidate.types === undefined;
    decided.add(column);
    return { ...candidate, best };
  });
}

/** Equal for the same column only: names may hold dots. */
function nameOf({ system, table, column }: ColumnRef): string {
  return `${system}\n${table}\n${column}`;
}
