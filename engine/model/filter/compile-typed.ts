import type { CompileContext } from './compile-context.ts';
import { compileCase, compileExpression, typeOf } from './compile-expression.ts';
import { findFunction } from './functions.ts';
import { sql, type Sql } from './sql.ts';
import { everyPart, type Expression } from './tree.ts';
import type { ValueType } from './types.ts';

/** A kind of value that SQLite would make out of anything it is given. */
export type GuardedKind = 'number' | 'boolean' | 'day';

/** The kind of a type whose values are to be looked at before they are used; undefined for texts and lists, which can be anything. */
export function guardedKind(type: ValueType): GuardedKind | undefined {
  if (type === 'date' || type === 'datetime') return 'day';
  return type === 'number' || type === 'boolean' ? type : undefined;
}

/**
 * The expression, but null where a value of a column is not of the kind. A vault holds what a system said, such as "n/a" among numbers;
 * SQLite sorts any text above every number, takes a bare number for a Julian day and `now` for today, so that such rows would meet
 * conditions nobody wrote for them.
 *
 * Numbers of more digits than a double has are kept as text: they are null here, too, and meet no condition on numbers.
 */
export function typed(context: CompileContext, expression: Expression, kind: GuardedKind): Sql {
  const compiled = (): Sql => compileExpression(context, expression);
  // It stands once: its parts are not looked at again.
  if (context.computed?.expression === expression) return guard(context.computed.sql, kind);
  switch (expression.kind) {
    case 'collate':
      // Around a column it says nothing of its value; around a condition it is part of it.
      return expression.operand.kind === 'column' ? typed(context, expression.operand, kind) : compiled();
    case 'case':
      return compileCase(context, expression, kind);
    case 'column': {
      const meaning = context.bound.meanings.get(expression);
      if (meaning?.kind !== 'output') return guard(compiled(), kind);
      return meaning.column.expression ? typed(context, meaning.column.expression, kind) : guard(compiled(), kind);
    }
    case 'call': {
      const name = expression.name.text.toLowerCase();
      if (name !== 'coalesce' && name !== 'nullif')
        return findFunction(name)?.result === 'text' ? once(context, expression, compiled(), (of) => guard(of, kind)) : compiled();
      // A value that is there is chosen even where it is not of the kind, as exists() finds it there; what was chosen is looked at.
      return once(context, expression, compiled(), (of) => guard(of, kind));
    }
    case 'literal':
      return typeof expression.value === 'string' ? guard(compiled(), kind) : compiled();
    default:
      // A text that is put together, and what a parameter of that type is given.
      return kind === 'day' && typeOf(context, expression) === 'text'
        ? once(context, expression, compiled(), (of) => guard(of, kind))
        : compiled();
  }
}

/** A value, or null where it is not of the kind. */
export function guard(compiled: Sql, kind: GuardedKind): Sql {
  switch (kind) {
    case 'number':
      return sql`CASE WHEN typeof(${compiled}) IN ('integer', 'real') THEN ${compiled} END`;
    case 'boolean':
      return sql`CASE WHEN ${compiled} IN (0, 1) THEN ${compiled} END`;
    // SQLite's datetime() does not know an offset without a colon. Whether it is a point in time is the same in every zone.
    case 'day':
      return sql`CASE WHEN ${compiled} = date(${compiled}) THEN ${compiled} WHEN ${compiled} GLOB '????-??-??[T ]*' AND sollist_time(${compiled}, 'UTC') IS NOT NULL THEN ${compiled} END`;
  }
}

/**
 * A text that sorts as its day; before all days, where it is not even written like one: what sorts rows need not be in the calendar, and asking it
 * costs as much as sorting. Different for any two values, so that nothing else has to tell them apart.
 */
export function dayOrder(compiled: Sql): Sql {
  return sql`CASE WHEN ${compiled} GLOB '????-??-??*' THEN ${compiled} ELSE char(1) || ${compiled} END`;
}

/** Looks at a value more than once. What is long is computed once, but over groups, where a query inside would be one over other rows. */
export function once(context: CompileContext, expression: Expression, compiled: Sql, look: (of: Sql) => Sql): Sql {
  if (isShort(context, expression) || isOverGroup(context, expression)) return look(compiled);
  return sql`(SELECT ${look(sql`"sollist:value"."of"`)} FROM (SELECT ${compiled} AS "of") AS "sollist:value")`;
}

/** Whether an expression, or what it names of the output, is counted over groups. */
function isOverGroup(context: CompileContext, expression: Expression): boolean {
  return [...everyPart(expression)].some((part) => {
    if (context.shared?.has(part)) return true;
    if (part.kind === 'call') return findFunction(part.name.text)?.aggregate === true;
    const meaning = part.kind === 'column' ? context.bound.meanings.get(part) : undefined;
    return meaning?.kind === 'output' && meaning.column.expression !== undefined && isOverGroup(context, meaning.column.expression);
  });
}

/** Whether an expression holds nothing but a few names, values and functions of them, so that naming it twice does no harm. */
export function isShort(context: CompileContext, expression: Expression): boolean {
  let parts = 0;
  for (const part of everyPart(expression)) {
    const plain = part.kind === 'column' ? context.bound.meanings.get(part)?.kind === 'column' : plainKinds.has(part.kind);
    if (!plain || ++parts > 8) return false;
  }
  return true;
}

const plainKinds: ReadonlySet<string> = new Set(['literal', 'parameter', 'call', 'arithmetic']);
