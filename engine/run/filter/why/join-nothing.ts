import { isGroup, tablesOf, type BoundJoin, type BoundTable } from '../../../model/filter/bound.ts';
import { identifier } from '../../../model/filter/sql.ts';
import { conjunctsOf, type Expression } from '../../../model/filter/tree.ts';
import { vaultTableName } from '../../../model/system/catalog.ts';
import type { Cell } from '../../records.ts';
import type { WhyStep, WhyValue } from '../filter-report.ts';
import { columnsIn } from './expressions.ts';
import { nearSentence, nearValues, shown } from './near.ts';
import { lostAt } from './on-parts.ts';
import { cellOf, columnShown, counted, nameOf, said, sample, type Shown, type Walk } from './walk.ts';

export function because(values: readonly WhyValue[] | undefined): string {
  return values && values.length > 0 ? ` where ${said(values)}` : '';
}

/** What a step says where a join found nothing. */
export type Nothing = Pick<WhyStep, 'rows' | 'sentence' | 'near'>;

/** A join that found no partner: which value was looked for, and what comes near it. */
export function nothingFound(
  walk: Walk,
  join: BoundJoin,
  earlier: readonly BoundJoin[],
  where: readonly Expression[],
  asked: readonly Shown[],
): Nothing {
  const head = headOf(join);
  const rows = sample(walk, { joins: earlier, where }, asked);
  const partly = partOfCondition(walk, join, earlier, where);
  if (partly) return partly;
  const values = because(rows[0]);
  const empty = rows[0]?.find(({ value }) => value === null);
  if (empty && rows.length === 1) return { rows, sentence: `${empty.text} is null, which meets no row of ${nameOf(head)}.` };
  const { via } = join;
  if (via) return { rows, sentence: linkSentence(walk, join, rows[0]) };
  const near = pairsOf(walk, join).flatMap(({ column, table, other }) => {
    const value = rows[0]?.find(({ text }) => text === other)?.value ?? null;
    return nearValues(walk.vault, table, column, value);
  });
  return {
    rows,
    sentence: `${nameOf(head)} has no row for it${values}.${nearSentence(near)}`,
    ...(near.length > 0 && { near }),
  };
}

interface Pair {
  /** Of the joined table. */
  readonly table: BoundTable;
  readonly column: string;
  /** The other one, and its name as it is shown. */
  readonly their: { readonly table: BoundTable; readonly name: string };
  readonly other: string;
}

/** Equalities of a column of the joined table with one of a table before it. */
export function pairsOf(walk: Walk, join: BoundJoin): readonly Pair[] {
  const own = new Set(tablesOf(join.source));
  return conjunctsOf(join.on).flatMap((condition) => {
    const inner = condition.kind === 'collate' ? condition.operand : condition;
    if (inner.kind !== 'compare' || inner.operator !== '=') return [];
    const sides = [inner.left, inner.right].map((side) => columnsIn(walk.bound, side.kind === 'collate' ? side.operand : side));
    const mine = sides.find((side) => side.length === 1 && side.every(({ table }) => own.has(table)))?.[0];
    const theirs = sides.find((side) => side.length === 1 && side.every(({ table }) => !own.has(table)))?.[0];
    if (!mine || !theirs) return [];
    return [{ table: mine.table, column: mine.name, their: theirs, other: columnShown(walk, theirs.table, theirs.name).text }];
  });
}

/** Where `on` asks for several things: the first that no row fulfils which the ones before it left. */
function partOfCondition(walk: Walk, join: BoundJoin, earlier: readonly BoundJoin[], where: readonly Expression[]): Nothing | undefined {
  const lost = conjunctsOf(join.on).length < 2 ? undefined : lostAt(walk, join, earlier, where);
  if (!lost || lost.index === 0) return undefined;
  const rows = lost.compared();
  const head = headOf(join);
  return {
    rows,
    sentence: `${nameOf(head)} has ${counted(lost.left, 'row')} with ${lost.before}, but none of them meets ${lost.text}: ${said(rows[0])}.`,
  };
}

/** Through a link table: whether the link is missing, or what it leads to. */
function linkSentence(walk: Walk, { via, source }: BoundJoin, values: readonly WhyValue[] | undefined): string {
  const head = isGroup(source) ? source.table : source;
  if (!via) return '';
  const link = `${via.link.system}.${via.link.table}`;
  const value = cellOf(values?.find(({ text }) => text === columnShown(walk, via.of, via.nearKey).text)?.value ?? null);
  const from = identifier(vaultTableName(via.link.system, via.link.table)).text;
  const sql = `SELECT ${identifier(via.far).text} AS v FROM ${from} WHERE ${identifier(via.near).text} = ? LIMIT 5`;
  const targets = [...walk.vault.query({ sql, parameters: [value] })].map((row): Cell => row['v'] ?? null);
  if (targets.length === 0) return `${link} has no row with ${via.near} = ${shown(value)}, so nothing of ${nameOf(head)} is linked to it.`;
  return `${link} links it to ${targets.map(shown).join(', ')}, but no row of ${nameOf(head)} that meets the join has that ${via.farKey}.`;
}

export function headOf({ source }: BoundJoin): BoundTable {
  return isGroup(source) ? source.table : source;
}
