import { isDate, isDatetime } from '../filter/parameters.ts';
import type { Expression, Literal } from '../filter/tree.ts';
import { areAlike, isDay, type ValueType } from '../filter/types.ts';
import { call, cast, compare, literal, logic, nocase, not, parameter } from './nodes.ts';
import type { NimExpression } from './nim-filter.ts';
import { readFunction } from './operators.ts';

/** What an expression item needs to know of its surroundings. */
export interface ExpressionPlace {
  /** The column of that name, as the filter names it. */
  readonly column: (field: string) => Expression;
  readonly typeOf: (field: string) => ValueType;
  readonly parameterType: (name: string) => ValueType;
}

/**
 * An expression item as a condition. Values are written in the type of what they are compared with, as NIM keeps all operands as it got them; a
 * function that is not known becomes a call of that name, which is a problem in the text rather than a condition that silently went missing.
 */
export function importExpression(item: NimExpression, place: ExpressionPlace): Expression {
  const type = item.leftIsParameter ? place.parameterType(item.field) : place.typeOf(item.field);
  const left = item.leftIsParameter ? parameter(item.field) : place.column(item.field);
  const known = readFunction(item.function);
  const operand = (): Expression => {
    const { operand: given } = item;
    if (given.kind === 'parameter') return asType(parameter(given.name), place.parameterType(given.name), type);
    return literalOf(given.value, type);
  };
  if (!known) {
    const { operand: given } = item;
    return call(item.function, left, ...(given.kind === 'value' && given.value === undefined ? [] : [operand()]));
  }
  // Only texts have a case.
  const folded = (condition: Expression, holds: boolean): Expression =>
    holds && (type === 'text' || type === 'unknown' || type === 'list') ? nocase(condition) : condition;
  switch (known.kind) {
    case 'compare':
      return compare(left, known.operator, folded(operand(), known.nocase));
    case 'in':
      return folded({ kind: 'in', negated: known.negated, operand: left, values: listOf(item, type), span: left.span }, known.nocase);
    case 'exists': {
      const exists = call('exists', left);
      return known.negated ? not(exists) : exists;
    }
    case 'text': {
      const test = folded(call(known.name, left, asText(operand(), item, place)), known.nocase);
      return known.negated ? not(test) : test;
    }
    case 'today': {
      const day = isDay(type) || type === 'unknown' ? left : call('date', left);
      const limit = compare(day, known.operator, known.days ? daysFromToday(item, place) : call('today'));
      return known.orMissing ? (logic('or', [limit, not(call('exists', left))]) ?? limit) : limit;
    }
  }
}

function daysFromToday(item: NimExpression, place: ExpressionPlace): Expression {
  const { operand } = item;
  const days =
    operand.kind === 'parameter'
      ? asType(parameter(operand.name), place.parameterType(operand.name), 'number')
      : literalOf(operand.value, 'number');
  if (days.kind === 'literal' && days.value === 0) return call('today');
  const back = days.kind === 'literal' && typeof days.value === 'number' && days.value < 0;
  return {
    kind: 'arithmetic',
    operator: back ? '-' : '+',
    left: call('today'),
    right: days.kind === 'literal' && typeof days.value === 'number' && back ? literal(-days.value) : days,
    span: days.span,
  };
}

/** What is searched for is text, whatever it is searched in. */
function asText(operand: Expression, { operand: given }: NimExpression, place: ExpressionPlace): Expression {
  if (given.kind === 'parameter') {
    const own = place.parameterType(given.name);
    return own === 'text' || own === 'unknown' ? parameter(given.name) : cast(parameter(given.name), 'text');
  }
  return operand.kind === 'literal' ? literal(String(given.value ?? '')) : operand;
}

/** A list is one text with commas; blanks around its values do not count. */
function listOf(item: NimExpression, type: ValueType): readonly Expression[] {
  const { operand } = item;
  if (operand.kind === 'parameter') return [parameter(operand.name)];
  const parts = String(operand.value ?? '')
    .split(',')
    .map((part) => part.trim());
  return parts.map((part) => literalOf(part, type));
}

/** A value in the type of the column beside it, where it can be read as one. */
export function literalOf(value: string | number | boolean | undefined, type: ValueType): Expression {
  if (value === undefined) return literal(type === 'text' || type === 'unknown' ? '' : null);
  switch (type) {
    case 'text':
    case 'list':
      return literal(String(value));
    case 'number': {
      const number = typeof value === 'boolean' ? Number.NaN : readNumber(value);
      return number === undefined || Number.isNaN(number) ? cast(literal(String(value)), 'number') : literal(number);
    }
    case 'boolean': {
      const text = String(value).toLowerCase();
      return text === 'true' || text === '1'
        ? literal(true)
        : text === 'false' || text === '0'
          ? literal(false)
          : cast(literal(text), 'boolean');
    }
    case 'date':
    case 'datetime':
      return isDate(String(value)) || isDatetime(String(value)) ? literal(String(value)) : cast(literal(String(value)), type);
    default:
      return literal(plain(value));
  }
}

/** Numbers the language can write; others stay text. */
function plain(value: string | number | boolean): Literal['value'] {
  return typeof value === 'number' ? (readNumber(value) ?? String(value)) : value;
}

function readNumber(value: string | number): number | undefined {
  const text = String(value).trim();
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? undefined : number === 0 ? 0 : number;
}

/** NIM compares what it gets; here one side says that it is meant. */
export function asType(operand: Expression, own: ValueType, wanted: ValueType): Expression {
  if (areAlike(own, wanted) || wanted === 'list' || wanted === 'null' || wanted === 'unknown') return operand;
  return cast(operand, wanted);
}
