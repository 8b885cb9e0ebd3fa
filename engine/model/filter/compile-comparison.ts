import type { CompileContext } from './compile-context.ts';
import { asksNocase, atomic, compileExpression, folded, foldedText, parameterValue, typedAtomic, typeOf } from './compile-expression.ts';
import { dayOf, timeOf } from './compile-days.ts';
import { asText, atomicText } from './compile-text.ts';
import { guardedKind, type GuardedKind } from './compile-typed.ts';
import { foldText } from './fold.ts';
import { isDate } from './parameters.ts';
import { joinSql, logicSql, sql, value, type Sql } from './sql.ts';
import type { BetweenNode, CompareNode, Expression, InNode, LikeNode } from './tree.ts';

type Comparison = CompareNode | InNode | BetweenNode | LikeNode;

/** How both sides of a comparison are prepared. */
type Preparation = 'plain' | 'number' | 'boolean' | 'nocase' | 'day' | 'time' | 'set' | 'nocase-set';

/** A comparison as SQL; `fold`: a collation stands around it. Text is compared exactly, or without case; days by the calendar. */
export function compileComparison(context: CompileContext, given: Comparison, fold: boolean): Sql {
  const node = given.kind === 'in' ? withList(context, given) : given;
  const [first, ...others] = sidesOf(node);
  const nocase = fold || [first, ...others].some(asksNocase);
  if (node.kind === 'like') {
    const operand = nocase ? foldedText(context, first) : atomicText(context, first);
    const test = sql`${operand} GLOB ${globOf(context, node.pattern, nocase)}`;
    return node.negated ? sql`NOT (${test})` : test;
  }
  if (node.kind !== 'compare' && !nocase && others.length > 1) {
    // A day and a point in time in one list are not met alike: then it is as many comparisons.
    const singles = comparisonsOf(node, first, others);
    const preparations = singles.map((one) => preparationOf(context, one, [one.left, one.right]));
    if (preparations.includes('day') && preparations.includes('time')) {
      const all = logicSql(
        singles.map((one) => compileComparison(context, one, false)),
        node.kind === 'in' ? 'or' : 'and',
      );
      return node.negated ? sql`NOT (${all})` : sql`(${all})`;
    }
  }
  const exact = preparationOf(context, node, [first, ...others]);
  const preparation = nocase ? withoutCase(exact) : exact;
  const [left, ...rest] = [first, ...others].map((side) => prepared(context, side, preparation));
  const operand = left ?? sql`NULL`;
  switch (node.kind) {
    case 'compare':
      return sql`${operand} ${{ text: node.operator, parameters: [] }} ${rest[0] ?? sql`NULL`}`;
    case 'in':
      return node.negated ? sql`${operand} NOT IN (${joinSql(rest, 'comma')})` : sql`${operand} IN (${joinSql(rest, 'comma')})`;
    case 'between': {
      const limits = sql`${rest[0] ?? sql`NULL`} AND ${rest[1] ?? sql`NULL`}`;
      return node.negated ? sql`${operand} NOT BETWEEN ${limits}` : sql`${operand} BETWEEN ${limits}`;
    }
  }
}

/** The two sides of an equality, so prepared that they are equal exactly where the whole would hold. */
export function comparedSides(context: CompileContext, node: CompareNode, fold: boolean): readonly [left: Sql, right: Sql] {
  const sides = [node.left, node.right];
  const exact = preparationOf(context, node, sides);
  const nocase = fold || sides.some(asksNocase);
  const preparation = nocase ? withoutCase(exact) : exact;
  return [prepared(context, node.left, preparation), prepared(context, node.right, preparation)];
}

/** Only texts have a case, and what multi-values hold. */
function withoutCase(exact: Preparation): Preparation {
  return exact === 'plain' ? 'nocase' : exact === 'set' ? 'nocase-set' : exact;
}

/** A parameter alone in the brackets of `in` holds a list with commas, as NIM has it; blanks around its values do not count. */
function withList(context: CompileContext, node: InNode): InNode {
  const [only, another] = node.values;
  if (only?.kind !== 'parameter' || another) return node;
  const list = parameterValue(context, only.name);
  if (typeof list !== 'string' || !list.includes(',')) return node;
  const values = list.split(',').map((text): Expression => ({ kind: 'literal', value: text.trim(), span: only.span }));
  return { ...node, values };
}

function comparisonsOf(node: InNode | BetweenNode, operand: Expression, others: readonly Expression[]): readonly CompareNode[] {
  const { span } = node;
  return others.map((right, i) => {
    const operator = node.kind === 'in' ? '=' : i === 0 ? '>=' : '<=';
    return { kind: 'compare', operator, left: operand, right, span };
  });
}

function sidesOf(node: Comparison): readonly [Expression, ...Expression[]] {
  switch (node.kind) {
    case 'compare':
      return [node.left, node.right];
    case 'in':
      return [node.operand, ...node.values];
    case 'between':
      return [node.operand, node.low, node.high];
    case 'like':
      return [node.operand, node.pattern];
  }
}

/** Days meet as calendar days, points in time as points in time; where the two meet, the day counts. */
function preparationOf(context: CompileContext, node: Comparison, sides: readonly Expression[]): Preparation {
  const types = sides.map((side) => typeOf(context, side));
  const kinds = types.map(guardedKind);
  // Which values they hold counts, not in which order.
  const isSets = types.includes('list') && types.every((type) => type === 'list' || type === 'null');
  if (isSets && (node.kind === 'in' || node.kind === 'compare')) return 'set';
  if (kinds.includes('day')) {
    const texts = sides.flatMap((side) => knownText(context, side) ?? []);
    return types.includes('date') || texts.some(isDate) ? 'day' : 'time';
  }
  // Columns that are equal are so whatever they hold, and a join needs its index.
  if (node.kind === 'compare' && node.operator === '=' && sides.every((side) => side.kind === 'column')) return 'plain';
  return kinds.find((kind): kind is Exclude<GuardedKind, 'day'> => kind === 'number' || kind === 'boolean') ?? 'plain';
}

/** The text of a side that is known before the run. */
function knownText(context: CompileContext, side: Expression): string | undefined {
  const known = side.kind === 'literal' ? side.value : side.kind === 'parameter' ? parameterValue(context, side.name) : undefined;
  return typeof known === 'string' ? known : undefined;
}

function prepared(context: CompileContext, side: Expression, preparation: Preparation): Sql {
  switch (preparation) {
    case 'nocase':
      return folded(context, side);
    case 'day': {
      const text = knownText(context, side);
      if (text !== undefined && isDate(text)) return value(text);
      return dayOf(context, side);
    }
    case 'time':
      return timeOf(context, side);
    case 'number':
    case 'boolean':
      return side.kind === 'parameter' ? prepared(context, side, 'plain') : typedAtomic(context, side, preparation);
    case 'set':
      return sql`sollist_set(${compileExpression(context, side)}, 0)`;
    case 'nocase-set':
      return sql`sollist_set(${compileExpression(context, side)}, 1)`;
    case 'plain':
      // Beside a column a number is a number; no cast, so that an index can be used.
      if (side.kind === 'parameter') return value(parameterValue(context, side.name));
      return atomic(context, side);
  }
}

/**
 * A LIKE pattern as one of GLOB, since SQLite's LIKE ignores the case of ASCII letters and GLOB is exact: `%` any characters, `_` one.
 * GLOB's own signs are put in brackets, where they stand for themselves.
 */
function globOf(context: CompileContext, pattern: Expression, nocase: boolean): Sql {
  const inner = pattern.kind === 'collate' ? pattern.operand : pattern;
  const text = knownText(context, inner);
  if (text !== undefined) {
    const exact = nocase ? foldText(text) : text;
    return value(
      exact
        .replace(/[[*?]/g, (sign) => `[${sign}]`)
        .replaceAll('%', '*')
        .replaceAll('_', '?'),
    );
  }
  const operand = nocase ? foldedText(context, inner) : asText(context, inner);
  return sql`replace(replace(replace(replace(replace(${operand}, '[', '[[]'), '*', '[*]'), '?', '[?]'), '%', '*'), '_', '?')`;
}
