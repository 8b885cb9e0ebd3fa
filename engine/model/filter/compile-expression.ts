import type { CompileContext } from './compile-context.ts';
import { compileComparison } from './compile-comparison.ts';
import { datetimeOf, dayOf, extremeTime, momentKey } from './compile-days.ts';
import { asText, atomicText } from './compile-text.ts';
import { guardedKind, isShort, once, typed, type GuardedKind } from './compile-typed.ts';
import { foldText } from './fold.ts';
import { findFunction, listContains, type FilterFunction } from './functions.ts';
import { joinSql, logicSql, numeral, sql, value, type Sql } from './sql.ts';
import type { ArithmeticNode, CallNode, CastNode, CaseNode, CollateNode, CompareNode, Expression } from './tree.ts';
import { isDay, type ValueType } from './types.ts';

/** One expression as SQL. Binding has found no error, so every name has a meaning. */
export function compileExpression(context: CompileContext, expression: Expression): Sql {
  if (context.computed?.expression === expression) return context.computed.sql;
  // Of the ways in which the rows of a group write one moment, the first is shown.
  if (context.shared?.has(expression)) return sql`min(${compileExpression(withoutShared(context), expression)})`;
  const compile = (part: Expression): Sql => compileExpression(context, part);
  switch (expression.kind) {
    case 'missing':
      return sql`NULL`;
    case 'literal':
      return literal(expression.value);
    case 'parameter':
      return parameter(context, expression.name);
    case 'column': {
      const meaning = context.bound.meanings.get(expression);
      if (meaning?.kind === 'column') return context.columnSql(meaning.table, meaning.column.name);
      if (meaning?.column.expression) return compile(meaning.column.expression);
      return meaning ? context.scriptSql(meaning.column) : sql`NULL`;
    }
    case 'matched': {
      const table = context.bound.matched.get(expression);
      const mark = table && context.marks.get(table);
      // A table that is not left-joined is always there.
      return table && mark !== undefined ? sql`${context.columnSql(table, mark)} IS NOT NULL` : sql`1`;
    }
    case 'not':
      return sql`NOT (${condition(context, expression.operand)})`;
    case 'negative':
      return sql`-(${typed(context, expression.operand, 'number')})`;
    case 'logic':
      return logicSql(
        expression.operands.map((operand) => besideLogic(context, operand)),
        expression.operator,
      );
    case 'compare':
    case 'in':
    case 'between':
    case 'like':
      return compileComparison(context, expression, false);
    case 'null-test':
      return expression.negated
        ? sql`${atomic(context, expression.operand)} IS NOT NULL`
        : sql`${atomic(context, expression.operand)} IS NULL`;
    case 'case':
      return compileCase(context, expression);
    case 'arithmetic':
      return arithmetic(context, expression);
    case 'collate':
      return collated(context, expression);
    case 'cast':
      return cast(context, expression);
    case 'call':
      return call(context, expression, false);
  }
}

/** The expression so that any operator may stand beside it. */
export function atomic(context: CompileContext, expression: Expression): Sql {
  const compiled = compileExpression(context, expression);
  return isAtomic(context, expression) ? compiled : sql`(${compiled})`;
}

/** As `atomic`, and null where a value is not of the kind. */
export function typedAtomic(context: CompileContext, expression: Expression, kind: GuardedKind): Sql {
  const compiled = typed(context, expression, kind);
  return isAtomic(context, expression) ? compiled : sql`(${compiled})`;
}

function isAtomic(context: CompileContext, expression: Expression): boolean {
  const isAtom = expression.kind === 'call' ? findFunction(expression.name.text)?.result !== 'boolean' : atoms.has(expression.kind);
  return isAtom && !isOutput(context, expression);
}

/** What compiles to a value, a name or a CASE … END. Calls do, too, but those that are conditions. */
const atoms: ReadonlySet<string> = new Set(['literal', 'column', 'parameter', 'cast', 'case', 'missing']);

/** An output column's name stands for its expression, which may be anything. */
function isOutput(context: CompileContext, expression: Expression): boolean {
  return expression.kind === 'column' && context.bound.meanings.get(expression)?.kind === 'output';
}

/** A condition; a column that is one by itself counts only where it holds a truth value. */
export function condition(context: CompileContext, expression: Expression): Sql {
  return typeOf(context, expression) === 'boolean' ? typed(context, expression, 'boolean') : compileExpression(context, expression);
}

/** A condition beside AND and OR, which bind loosest of all; only these and what may hide them need brackets. */
export function besideLogic(context: CompileContext, expression: Expression): Sql {
  const compiled = condition(context, expression);
  return expression.kind === 'logic' || expression.kind === 'collate' || isOutput(context, expression) ? sql`(${compiled})` : compiled;
}

function literal(of: string | number | boolean | null): Sql {
  if (of === null) return sql`NULL`;
  if (typeof of === 'boolean') return numeral(Number(of));
  return typeof of === 'number' ? (of < 0 ? sql`(${numeral(of)})` : numeral(of)) : value(of);
}

/** The value of a parameter; whole numbers stay whole in a text or a division. */
function parameter(context: CompileContext, name: string): Sql {
  const of = parameterValue(context, name);
  return typeof of === 'number' && Number.isSafeInteger(of) ? sql`CAST(${value(of)} AS INTEGER)` : value(of);
}

export function parameterValue(context: CompileContext, name: string): string | number | boolean | null {
  return context.values.get(name.toLowerCase()) ?? null;
}

/** The text of an expression, without case. */
export function foldedText(context: CompileContext, expression: Expression): Sql {
  return folded(context, expression, asText);
}

/** The expression without case. What is known before the run is folded before it. */
export function folded(context: CompileContext, expression: Expression, compile = compileExpression): Sql {
  if (expression.kind === 'collate') return folded(context, expression.operand, compile);
  const known =
    expression.kind === 'literal'
      ? expression.value
      : expression.kind === 'parameter'
        ? parameterValue(context, expression.name)
        : undefined;
  if (typeof known === 'string') return value(foldText(known));
  const compiled = compile(context, expression);
  return known === undefined ? sql`sollist_fold(${compiled})` : compiled;
}

/**
 * Whether a value is to be compared without case. `a || b collate nocase` is, as a whole: behind a `||` it would mean nothing else. Around a comparison
 * it is that one which is made without case, and not what is done with its outcome.
 */
export function asksNocase(expression: Expression): boolean {
  if (expression.kind === 'collate') return !readsCollation(expression.operand);
  return expression.kind === 'arithmetic' && expression.operator === '||' && (asksNocase(expression.left) || asksNocase(expression.right));
}

/** Whether a collation around an expression is about what is compared in it. */
function readsCollation(expression: Expression): boolean {
  switch (expression.kind) {
    case 'compare':
    case 'in':
    case 'between':
    case 'like':
      return true;
    case 'not':
      return readsCollation(expression.operand);
    case 'call':
      return findFunction(expression.name.text)?.compares === true;
    default:
      return false;
  }
}

/** What to sort or group by: here `collate nocase` counts by itself. Points in time are one where their moment is. */
export function compileSortKey(context: CompileContext, expression: Expression): Sql {
  const meaning = expression.kind === 'column' ? context.bound.meanings.get(expression) : undefined;
  if (meaning?.kind === 'output' && meaning.column.expression) return compileSortKey(context, meaning.column.expression);
  if (typeOf(context, expression) === 'datetime') return momentKey(context, compileExpression(context, expression));
  const inner = expression.kind === 'collate' ? expression.operand : expression;
  const key = asksNocase(expression) ? folded(context, expression) : compileExpression(context, expression);
  // SQLite takes a number for the place of a column, also one that it computes itself, as in "x AND 0".
  return inner.kind === 'column' || inner.kind === 'call' ? key : sql`coalesce(${key}, NULL)`;
}

export function typeOf(context: CompileContext, expression: Expression): ValueType {
  return context.bound.types.get(expression) ?? 'unknown';
}

function collated(context: CompileContext, { operand }: CollateNode): Sql {
  switch (operand.kind) {
    case 'compare':
    case 'in':
    case 'between':
    case 'like':
      return compileComparison(context, operand, true);
    case 'call':
      return call(context, operand, true);
    case 'not':
      return sql`NOT (${collated(context, { ...operand, kind: 'collate', operand: operand.operand, collation: { text: 'nocase', span: operand.span } })})`;
    default:
      // A collation changes no value; beside a comparison that one reads it.
      return compileExpression(context, operand);
  }
}

function call(given: CompileContext, node: CallNode, fold: boolean): Sql {
  const known = findFunction(node.name.text);
  if (!known) return sql`NULL`;
  const context = known.aggregate ? withoutShared(given) : given;
  if (known.name === 'today') return value(context.today);
  if (node.star) return sql`count(*)`;
  if (known.name === 'nullif') return nullIf(context, node);
  const types = node.arguments.map((argument) => typeOf(context, argument));
  const [only] = node.arguments;
  if (only && types[0] === 'datetime') {
    // The first and the last are what they are, however often they are there.
    if (known.name === 'min' || known.name === 'max') return extremeTime(context, known.name, compileExpression(context, only));
    if (known.name === 'count' && node.distinct) return sql`count(DISTINCT ${momentKey(context, compileExpression(context, only))})`;
  }
  const nocase = known.compares === true && (fold || node.arguments.some(asksNocase));
  const [list, wanted] = node.arguments;
  if (nocase && types[0] === 'list' && list && wanted)
    return listContains(
      compileExpression(context, list),
      foldedText(context, wanted),
      sql`sollist_fold(CAST("sollist:item"."value" AS TEXT))`,
    );
  const values = node.arguments.map((argument, i) => {
    const kind = argumentKind(known, i, types[i] ?? 'unknown');
    return nocase
      ? foldedText(context, argument)
      : kind === 'day' && !known.aggregate
        ? dayOf(context, argument)
        : kind
          ? typed(context, argument, kind)
          : readsText(known, i)
            ? asText(context, argument)
            : withTexts(context, node, argument);
  });
  if (!node.distinct) return known.sql(values, types);
  const [counted, separator] = values;
  // SQLite takes no separator beside DISTINCT.
  if (counted && separator) return sql`sollist_join(json_group_array(DISTINCT ${counted}), ${separator})`;
  return sql`${{ text: known.name, parameters: [] }}(DISTINCT ${joinSql(values, 'comma')})`;
}

/** Inside what is counted over a group, each row is looked at. */
function withoutShared({ shared: _, ...context }: CompileContext): CompileContext {
  return context;
}

/** Whether a function makes a text of the argument. */
function readsText(known: FilterFunction, index: number): boolean {
  return known.name === 'group_concat' || known.arguments[Math.min(index, known.arguments.length - 1)] === 'text';
}

/** One of several values that one is chosen from: among texts, a truth value is one. */
function withTexts(context: CompileContext, choice: Expression, chosen: Expression): Sql {
  return typeOf(context, choice) === 'text' && typeOf(context, chosen) === 'boolean'
    ? asText(context, chosen)
    : compileExpression(context, chosen);
}

/** Null where both are equal as a comparison has it; SQLite's own nullif() compares texts, also those of days. */
function nullIf(context: CompileContext, node: CallNode): Sql {
  const [left, right] = node.arguments;
  if (!left || !right) return sql`NULL`;
  const comparison: CompareNode = { kind: 'compare', operator: '=', left, right, span: node.span };
  return once(context, isShort(context, left) ? left : node, compileExpression(context, left), (of) => {
    const within: CompileContext = { ...context, computed: { expression: left, sql: of } };
    return sql`CASE WHEN ${compileComparison(within, comparison, false)} THEN NULL ELSE ${of} END`;
  });
}

/** What an argument must be for the function to make sense of it; the smallest and the largest value are found among values of one kind. */
function argumentKind(known: FilterFunction, index: number, type: ValueType): GuardedKind | undefined {
  if (known.name === 'min' || known.name === 'max') return guardedKind(type);
  const wanted = known.arguments[Math.min(index, known.arguments.length - 1)];
  return wanted === 'number' || wanted === 'day' ? wanted : undefined;
}

/** A CASE; `kind`: what its values are to be. */
export function compileCase(context: CompileContext, node: CaseNode, kind?: GuardedKind): Sql {
  const { operand, branches, otherwise } = node;
  const result = (of: Expression): Sql => (kind ? typed(context, of, kind) : withTexts(context, node, of));
  const parts = branches.map(({ when, then }) => {
    const test: Sql = operand
      ? compileComparison(context, { kind: 'compare', operator: '=', left: operand, right: when, span: when.span }, false)
      : condition(context, when);
    return sql` WHEN ${test} THEN ${result(then)}`;
  });
  const all = parts.reduce((before, part) => sql`${before}${part}`, sql``);
  return otherwise ? sql`CASE${all} ELSE ${result(otherwise)} END` : sql`CASE${all} END`;
}

function arithmetic(context: CompileContext, node: ArithmeticNode): Sql {
  const [leftType, rightType] = [typeOf(context, node.left), typeOf(context, node.right)];
  if (node.operator === '||') return sql`${atomicText(context, node.left)} || ${atomicText(context, node.right)}`;
  const left = (): Sql => operandOf(context, node.left);
  const right = (): Sql => operandOf(context, node.right);
  switch (node.operator) {
    case '*':
      return sql`${left()} * ${right()}`;
    case '/':
      // Numbers are of one type: whether a value happens to be whole must not change what it is divided into.
      return sql`CAST(${typed(context, node.left, 'number')} AS REAL) / ${right()}`;
    case '+':
      if (isDay(leftType)) return moved(context, node.left, node.right, '+');
      if (isDay(rightType)) return moved(context, node.right, node.left, '+');
      return sql`${left()} + ${right()}`;
    case '-':
      if (isDay(leftType) && isDay(rightType))
        return sql`CAST(julianday(${dayOf(context, node.left)}) - julianday(${dayOf(context, node.right)}) AS INTEGER)`;
      if (isDay(leftType)) return moved(context, node.left, node.right, '-');
      return sql`${left()} - ${right()}`;
  }
}

/** An operand of arithmetic: SQLite would take the text "n/a" for 0. */
function operandOf(context: CompileContext, operand: Expression): Sql {
  return typedAtomic(context, operand, 'number');
}

/** A day, or a point in time, so many days later or earlier. */
function moved(context: CompileContext, day: Expression, count: Expression, sign: '+' | '-'): Sql {
  const counted = operandOf(context, count);
  if (typeOf(context, day) === 'datetime') return datetimeOf(context, day, sign === '-' ? sql`-(${counted})` : counted);
  const days =
    count.kind === 'literal' && typeof count.value === 'number'
      ? value(`${sign === '-' ? -count.value : count.value} days`)
      : sign === '-'
        ? sql`(-(${counted})) || ' days'`
        : sql`${counted} || ' days'`;
  return sql`date(${dayOf(context, day)}, ${days})`;
}

function cast(context: CompileContext, node: CastNode): Sql {
  const operand = compileExpression(context, node.operand);
  switch (node.type.text.toLowerCase()) {
    case 'number':
      // sign() is null for a text that is no number; CAST would make 0 of it.
      return once(context, node.operand, operand, (of) => sql`CASE WHEN sign(${of}) IS NOT NULL THEN CAST(${of} AS NUMERIC) END`);
    case 'boolean':
      // A number that was computed reads as 1.0.
      return typeOf(context, node.operand) === 'number'
        ? sql`CASE lower(${operand}) WHEN 'true' THEN 1 WHEN '1' THEN 1 WHEN '1.0' THEN 1 WHEN 'false' THEN 0 WHEN '0' THEN 0 WHEN '0.0' THEN 0 WHEN '-0.0' THEN 0 END`
        : sql`CASE lower(${operand}) WHEN 'true' THEN 1 WHEN '1' THEN 1 WHEN 'false' THEN 0 WHEN '0' THEN 0 END`;
    case 'date':
      return dayOf(context, node.operand);
    case 'datetime':
      return datetimeOf(context, node.operand);
    default:
      return sql`CAST(${asText(context, node.operand)} AS TEXT)`;
  }
}
