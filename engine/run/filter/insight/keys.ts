import { type BoundJoin, type BoundTable, isGroup, tablesOf } from '../../../model/filter/bound.ts';
import type { BoundFilter } from '../../../model/filter/bound.ts';
import { type CompareNode, conjunctsOf, everyPart, type Expression } from '../../../model/filter/tree.ts';
import type { CatalogColumn } from '../../../model/system/catalog.ts';
import { keyItems, type Cut } from './cut.ts';

/** A column by the name its table has in the filter. */
export interface KeyColumn {
  readonly alias: string;
  readonly table: BoundTable;
  readonly column: CatalogColumn;
}

/** What a join compares: a column of a table before it, and one of its own. */
export interface KeyPair {
  readonly ours: KeyColumn;
  readonly theirs: KeyColumn;
  /** Case does not count. */
  readonly nocase: boolean;
}

/** The join as far as it compares columns for equality. */
export interface JoinKeys {
  readonly pairs: readonly KeyPair[];
  /** Conditions on the joined table alone. */
  readonly own: readonly Expression[];
  /** Nothing else is asked for. */
  readonly plain: boolean;
}

/** Undefined for joins that are not put together of columns: through a link table, along a tree. */
export function keysOf({ meanings }: BoundFilter, join: BoundJoin): JoinKeys | undefined {
  if (join.via || join.recursion || !join.on) return undefined;
  const joined = new Set(tablesOf(join.source));
  const head = isGroup(join.source) ? join.source.table : join.source;
  const columnOf = (side: Expression): KeyColumn | undefined => {
    const inner = side.kind === 'collate' ? side.operand : side;
    const meaning = inner.kind === 'column' ? meanings.get(inner) : undefined;
    return meaning?.kind === 'column' ? { alias: meaning.table.alias, table: meaning.table, column: meaning.column } : undefined;
  };
  const pairs: KeyPair[] = [];
  const own: Expression[] = [];
  let plain = true;
  for (const condition of conjunctsOf(join.on)) {
    const compare = comparisonOf(condition);
    const sides = compare && [columnOf(compare.node.left), columnOf(compare.node.right)];
    const theirs = sides?.find((side) => side?.table === head);
    const ours = sides?.find((side) => side && !joined.has(side.table));
    if (compare && ours && theirs) pairs.push({ ours, theirs, nocase: compare.nocase });
    else if (tablesIn({ meanings }, condition).every((table) => joined.has(table))) own.push(condition);
    else plain = false;
  }
  return pairs.length > 0 ? { pairs, own, plain } : undefined;
}

function comparisonOf(condition: Expression): { readonly node: CompareNode; readonly nocase: boolean } | undefined {
  if (condition.kind === 'collate') {
    const inner = comparisonOf(condition.operand);
    return inner && { ...inner, nocase: true };
  }
  if (condition.kind !== 'compare' || condition.operator !== '=') return undefined;
  return { node: condition, nocase: [condition.left, condition.right].some(({ kind }) => kind === 'collate') };
}

/** The tables whose columns an expression reads. */
export function tablesIn({ meanings }: Pick<BoundFilter, 'meanings'>, expression: Expression): readonly BoundTable[] {
  return [...everyPart(expression)].flatMap((part) => {
    const meaning = part.kind === 'column' ? meanings.get(part) : undefined;
    return meaning?.kind === 'column' ? [meaning.table] : [];
  });
}

/** The joined table alone, with what the join asks of it: its key columns as `k0`, `k1`, … */
export function theirCut(join: BoundJoin, { pairs, own }: JoinKeys): Cut {
  const { source } = join.node;
  const grouped = source.kind === 'group';
  return {
    from: grouped ? source.table : source,
    joins: grouped ? source.joins : [],
    where: own,
    items: keyItems(pairs.map(({ theirs }) => ({ alias: theirs.alias, column: theirs.column.name }))),
  };
}

/** The rows before the join: the columns it compares as `k0`, `k1`, … */
export function ourCut(before: Cut['joins'], { pairs }: JoinKeys): Cut {
  return { joins: before, items: keyItems(pairs.map(({ ours }) => ({ alias: ours.alias, column: ours.column.name }))) };
}
