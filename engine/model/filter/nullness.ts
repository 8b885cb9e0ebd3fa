import type { BoundTable, Meaning } from './bound.ts';
import { findFunction } from './functions.ts';
import type { ColumnNode, Expression, MatchedNode } from './tree.ts';

/** Which of true, false and null a condition can be. */
interface Outcome {
  readonly true: boolean;
  readonly false: boolean;
  readonly null: boolean;
}

const anything: Outcome = { true: true, false: true, null: true };
const known: Outcome = { true: true, false: true, null: false };
const nothing: Outcome = { true: false, false: false, null: true };

interface Names {
  readonly meanings: ReadonlyMap<ColumnNode, Meaning>;
  readonly matched: ReadonlyMap<MatchedNode, BoundTable>;
}

/** Whether a condition cannot hold for a row that has no row of `table`: all its columns are null there. */
export function needs(condition: Expression, table: BoundTable, names: Names): boolean {
  return !outcome(condition).true;

  function outcome(expression: Expression): Outcome {
    switch (expression.kind) {
      case 'literal':
        return expression.value === null
          ? nothing
          : {
              true: expression.value !== false && expression.value !== 0,
              false: expression.value === false || expression.value === 0,
              null: false,
            };
      case 'matched':
        return names.matched.get(expression) === table ? { true: false, false: true, null: false } : known;
      case 'not': {
        const of = outcome(expression.operand);
        return { true: of.false, false: of.true, null: of.null };
      }
      case 'logic': {
        const all = expression.operands.map(outcome);
        const [and, or] = [expression.operator === 'and', expression.operator === 'or'];
        return {
          true: and ? all.every((one) => one.true) : all.some((one) => one.true),
          false: or ? all.every((one) => one.false) : all.some((one) => one.false),
          null: all.some((one) => one.null),
        };
      }
      case 'null-test':
        if (isNull(expression.operand)) return { true: !expression.negated, false: expression.negated, null: false };
        return known;
      case 'in':
        return isNull(expression.operand) || expression.values.every(isNull) ? nothing : anything;
      case 'compare':
        return isNull(expression.left) || isNull(expression.right) ? nothing : anything;
      case 'between':
      case 'like':
        return isNull(expression.operand) ? nothing : anything;
      case 'collate':
        return outcome(expression.operand);
      case 'call':
        // exists(null) is false, not null.
        if (expression.name.text.toLowerCase() === 'exists' && expression.arguments.every(isNull))
          return { true: false, false: true, null: false };
        return isNull(expression) ? nothing : anything;
      default:
        return isNull(expression) ? nothing : anything;
    }
  }

  function isNull(expression: Expression): boolean {
    switch (expression.kind) {
      case 'literal':
        return expression.value === null;
      case 'column': {
        const meaning = names.meanings.get(expression);
        return meaning?.kind === 'column' && meaning.table === table;
      }
      case 'negative':
      case 'collate':
      case 'cast':
        return isNull(expression.operand);
      case 'arithmetic':
        return isNull(expression.left) || isNull(expression.right);
      case 'compare':
      case 'in':
      case 'between':
      case 'like': {
        const of = outcome(expression);
        return !of.true && !of.false;
      }
      case 'call': {
        const nulls = findFunction(expression.name.text)?.nulls;
        if (expression.arguments.length === 0 || nulls === undefined || nulls === 'never') return false;
        return nulls === 'any' ? expression.arguments.some(isNull) : expression.arguments.every(isNull);
      }
      default:
        return false;
    }
  }
}
