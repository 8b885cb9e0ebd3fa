import type { BoundFilter, BoundTable } from '../../../../model/filter/bound.ts';
import { needs } from '../../../../model/filter/nullness.ts';
import { everyPart, type Expression, type LogicNode, type NullTestNode } from '../../../../model/filter/tree.ts';
import { sameName } from '../../../../model/filter/words.ts';
import { parametersIn } from '../cut.ts';
import { tablesIn } from '../keys.ts';
import type { Looker } from '../looker.ts';
import { named } from '../words.ts';

/** A comparison that rows may be dropped by because a value is missing. */
export interface NullRisk {
  /** The comparison: a condition, or a part of one that is put together with `or`. */
  readonly part: Expression;
  /** It denies something, or compares sizes. */
  readonly kind: 'denial' | 'size';
  /** Holds for the rows that are dropped for no other reason. */
  readonly dropped: readonly Expression[];
  /** The whole condition as it is where what is missing counts as different. */
  readonly mended: Expression;
  /** The columns it reads, each once: `p.status` */
  readonly names: readonly string[];
  /** The part is an operand of this; absent where it is the whole condition. */
  readonly parent?: LogicNode;
}

interface Part {
  readonly part: Expression;
  /** The `and` and `or` around it, the outermost first. */
  readonly path: readonly LogicNode[];
}

/**
 * The comparisons of a condition that null makes neither true nor false, as far as something is lost by surprise and the author has not thought of null.
 * `inOn`: the condition stands in a join, where a missing row of a left-joined table is no matter.
 */
export function nullRisks(looker: Looker, condition: Expression, inOn = false): readonly NullRisk[] {
  const parts = [...partsWithin(condition)];
  return parts.flatMap(({ part, path }): readonly NullRisk[] => {
    const kind = kindOf(part);
    const columns = columnsIn(looker.bound, part);
    if (!kind || columns.length === 0 || thinksOfNull(part) || isNullGiven(looker, part)) return [];
    // Of left-joined tables the language itself warns, but where something else may hold instead.
    const maybe = inOn ? [] : tablesIn(looker.bound, part).filter(({ presence }) => presence !== 'always');
    if (maybe.length > 0 && (kind === 'size' || maybe.some((table) => needs(condition, table, looker.bound)))) return [];
    const names = [...new Set(columns.map(({ name }) => name))];
    if (parts.some((other) => isBeside(other, path) && asksForNull(looker.bound, other.part, columns))) return [];
    const parent = path.at(-1);
    const isEmpty = anyNull(columns, part);
    const mended = replaced(condition, part, { kind: 'logic', operator: 'or', operands: [part, isEmpty], span: part.span });
    return [{ part, kind, dropped: missing(isEmpty, condition, part), mended, names, ...(parent && { parent }) }];
  });
}

/** What `and` and `or` put together, at any depth. */
function* partsWithin(part: Expression, path: readonly LogicNode[] = []): Generator<Part> {
  if (part.kind !== 'logic') yield { part, path };
  else for (const operand of part.operands) yield* partsWithin(operand, [...path, part]);
}

/** Whether a part may hold instead of one at `path`, or holds together with it. */
function isBeside({ path: other }: Part, path: readonly LogicNode[]): boolean {
  const choice = other.findLast(({ operator }) => operator === 'or');
  return choice !== undefined && path.includes(choice);
}

/**
 * The part is neither true nor false since a column in it has no value, and the whole condition would hold if the part did: one that has a value of
 * another type is another matter.
 */
function missing(isEmpty: Expression, condition: Expression, part: Expression): readonly Expression[] {
  if (part === condition) return [isNull(condition), isEmpty];
  return [isNull(condition), isNull(part), isEmpty, replaced(condition, part, { kind: 'literal', value: true, span: part.span })];
}

function anyNull(columns: readonly Column[], { span }: Expression): Expression {
  const operands = columns.map(({ node }) => isNull(node));
  const [first, another] = operands;
  return first && !another ? first : { kind: 'logic', operator: 'or', operands, span };
}

function isNull(operand: Expression): NullTestNode {
  return { kind: 'null-test', negated: false, operand, span: operand.span };
}

function replaced(condition: Expression, part: Expression, by: Expression): Expression {
  if (condition === part) return by;
  if (condition.kind !== 'logic') return condition;
  return { ...condition, operands: condition.operands.map((operand) => replaced(operand, part, by)) };
}

const nullFunctions: ReadonlySet<string> = new Set(['exists', 'coalesce']);

function thinksOfNull(expression: Expression): boolean {
  return [...everyPart(expression)].some(
    (part) =>
      part.kind === 'null-test' ||
      part.kind === 'matched' ||
      part.kind === 'case' ||
      (part.kind === 'call' && nullFunctions.has(part.name.text.toLowerCase())) ||
      (part.kind === 'literal' && part.value === null),
  );
}

/** Whether an expression asks if one of these columns, or the row it is of, is there. */
function asksForNull(bound: BoundFilter, expression: Expression, columns: readonly Column[]): boolean {
  if (!thinksOfNull(expression)) return false;
  const asked = columnsIn(bound, expression).map(({ name }) => name);
  const rows = [...everyPart(expression)].map((part) => (part.kind === 'matched' ? bound.matched.get(part) : undefined));
  return columns.some(({ name, table }) => asked.includes(name) || rows.includes(table));
}

function isNullGiven({ values }: Looker, expression: Expression): boolean {
  return parametersIn(expression).some((name) => [...values].some(([one, value]) => sameName(one, name) && value === null));
}

function kindOf(condition: Expression): NullRisk['kind'] | undefined {
  switch (condition.kind) {
    case 'collate':
      return kindOf(condition.operand);
    case 'not':
      return 'denial';
    case 'compare':
      return condition.operator === '<>' ? 'denial' : condition.operator === '=' ? undefined : 'size';
    case 'in':
    case 'like':
      return condition.negated ? 'denial' : undefined;
    case 'between':
      return condition.negated ? 'denial' : 'size';
    default:
      return undefined;
  }
}

/** A column of a table where it is named, and its name in full: `p.status` */
interface Column {
  readonly node: Expression;
  readonly table: BoundTable;
  readonly name: string;
}

function columnsIn({ meanings }: BoundFilter, expression: Expression): readonly Column[] {
  return [...everyPart(expression)].flatMap((node) => {
    const meaning = node.kind === 'column' ? meanings.get(node) : undefined;
    return meaning?.kind === 'column' ? [{ node, table: meaning.table, name: named(meaning.table.alias, meaning.column.name) }] : [];
  });
}
