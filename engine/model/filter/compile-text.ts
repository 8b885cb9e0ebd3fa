import type { CompileContext } from './compile-context.ts';
import { atomic, compileExpression, typeOf } from './compile-expression.ts';
import { once } from './compile-typed.ts';
import { findFunction } from './functions.ts';
import { sql, type Sql } from './sql.ts';
import type { Expression } from './tree.ts';

/**
 * The expression where a text is made of it. A truth value reads `true` or `false`, which the database
 * holds as 1 and 0; a number reads as it is shown, which for a computed one that is whole is `2`, and to SQLite `2.0`.
 */
export function asText(context: CompileContext, expression: Expression): Sql {
  switch (typeOf(context, expression)) {
    case 'boolean':
      if (!mayHoldAnything.has(expression.kind) && !isChoice(expression))
        return sql`CASE ${atomic(context, expression)} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END`;
      return once(context, expression, atomic(context, expression), truthText);
    case 'number':
    case 'unknown':
      return isStored(context, expression)
        ? compileExpression(context, expression)
        : sql`sollist_text(${compileExpression(context, expression)})`;
    default:
      return compileExpression(context, expression);
  }
}

/** As `asText`, so that any operator may stand beside it. */
export function atomicText(context: CompileContext, expression: Expression): Sql {
  const text = asText(context, expression);
  const plain = compileExpression(context, expression);
  // What is not made into a text needs brackets where it did before; what is, is a call or a CASE … END.
  return text.text === plain.text ? atomic(context, expression) : text;
}

/** Conditions are true or false; columns hold what a system said. */
const mayHoldAnything: ReadonlySet<string> = new Set(['column', 'collate', 'case']);

function isChoice(expression: Expression): boolean {
  return expression.kind === 'call' && /^(coalesce|nullif)$/i.test(expression.name.text);
}

/** What a column holds that is no truth value reads as it is. */
export function truthText(of: Sql): Sql {
  return sql`CASE ${of} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE CAST(${of} AS TEXT) END`;
}

/** Whether a value is there as the vault or the author wrote it, or is counted, so that whole numbers are stored as such. */
function isStored(context: CompileContext, expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
    case 'parameter':
    case 'missing':
      return true;
    case 'column':
      return context.bound.meanings.get(expression)?.kind !== 'output';
    case 'collate':
      return isStored(context, expression.operand);
    case 'call':
      return counting.has(findFunction(expression.name.text)?.name ?? '');
    default:
      return false;
  }
}

const counting: ReadonlySet<string> = new Set(['length', 'instr', 'year', 'month', 'day', 'count']);
