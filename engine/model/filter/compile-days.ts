import type { CompileContext } from './compile-context.ts';
import { compileExpression, typeOf } from './compile-expression.ts';
import { once } from './compile-typed.ts';
import { stampWidth } from './day-and-time.ts';
import { findFunction } from './functions.ts';
import { numeral, sql, value, type Sql } from './sql.ts';
import type { Expression } from './tree.ts';

/**
 * The calendar day of a day or a point in time, as text, in the zone of the workspace; null where it is none, such as `n/a` or a month 13, which
 * SQLite's own functions would take for something. Most values are days already, and are looked at by SQLite alone.
 */
export function dayOf(context: CompileContext, expression: Expression): Sql {
  const compiled = compileExpression(context, expression);
  if (isBareDay(context, expression)) return compiled;
  const zone = value(context.timeZone);
  return once(
    context,
    expression,
    compiled,
    (of) => sql`CASE WHEN ${of} = date(${of}) THEN ${of} WHEN ${of} GLOB '????-??-??*' THEN sollist_day(${of}, ${zone}) END`,
  );
}

/** A point in time as a number to compare with others; a day begins at midnight. Null where it is none. */
export function timeOf(context: CompileContext, expression: Expression): Sql {
  return sql`sollist_time(${compileExpression(context, expression)}, ${value(context.timeZone)})`;
}

/** What a point in time is sorted and grouped by: its moment. What is none comes after all that are, and is told apart by its text. */
export function momentKey({ timeZone }: CompileContext, compiled: Sql): Sql {
  return sql`sollist_moment(${compiled}, ${value(timeZone)})`;
}

/** The first or last of several points in time, as it is written; of those of one moment, by their texts. What is none does not count. */
export function extremeTime({ timeZone }: CompileContext, name: 'min' | 'max', compiled: Sql): Sql {
  return sql`substr(${{ text: name, parameters: [] }}(sollist_stamp(${compiled}, ${value(timeZone)})), ${numeral(stampWidth + 1)})`;
}

/** A point in time as text, in UTC; `days`: so many later, when clocks show the same. Null where it is none. */
export function datetimeOf(context: CompileContext, expression: Expression, days?: Sql): Sql {
  const compiled = compileExpression(context, expression);
  const zone = value(context.timeZone);
  return days ? sql`sollist_datetime(${compiled}, ${zone}, ${days})` : sql`sollist_datetime(${compiled}, ${zone})`;
}

/** Whether an expression gives nothing but calendar days and nulls, so that there is nothing to look at. */
function isBareDay(context: CompileContext, expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
      return expression.value === null;
    case 'arithmetic':
      return typeOf(context, expression) === 'date';
    case 'cast':
      return expression.type.text.toLowerCase() === 'date';
    case 'call':
      return findFunction(expression.name.text)?.result === 'date';
    case 'collate':
      return isBareDay(context, expression.operand);
    case 'column': {
      const meaning = context.bound.meanings.get(expression);
      return meaning?.kind === 'output' && meaning.column.expression !== undefined && isBareDay(context, meaning.column.expression);
    }
    default:
      return false;
  }
}
