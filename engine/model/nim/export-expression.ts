import type { ColumnNode, Expression, InNode, Literal } from '../filter/tree.ts';
import { sameName } from '../filter/words.ts';
import type { Span } from '../text/problem.ts';
import { item, type ExportItem } from './export-item.ts';
import { findFunctionOf } from './known-functions.ts';
import { writeFunction, type NimFunction, type TextFunction } from './operators.ts';

/** What an expression needs to be told. */
export interface ExpressionTeller {
  /** The field a column stands for. */
  readonly fieldOf: (node: ColumnNode) => string | undefined;
  readonly unsayable: (message: string, span: Span) => void;
  readonly unproven: (name: string, span: Span) => void;
}

type Shape = NimFunction extends infer One ? (One extends unknown ? Omit<One, 'proven'> : never) : never;

/** A side of a comparison as NIM has it. */
type Side =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  | { readonly kind: 'today'; readonly days: Side | undefined };

/** A condition without "and", "or" and `matched` as one expression item; undefined, with what is wrong told, where NIM has no such thing. */
export function exportExpression(given: Expression, teller: ExpressionTeller): ExportItem | undefined {
  const { node, negated, nocase } = peel(given);
  switch (node.kind) {
    case 'compare': {
      if (negated) {
        teller.unsayable('NIM has no "not" around a comparison. Write the opposite: <> for =.', given.span);
        return undefined;
      }
      const [left, right] = [sideOf(node.left, teller), sideOf(node.right, teller)];
      const folded = nocase || [node.left, node.right].some((side) => side.kind === 'collate');
      if (!left || !right) return undefined;
      if (left.kind === 'value' || left.kind === 'today') return comparison(right, mirrored[node.operator], left, folded, given, teller);
      return comparison(left, node.operator, right, folded, given, teller);
    }
    case 'in': {
      const left = sideOf(node.operand, teller);
      const list = left && listOf(node, teller);
      if (!left || list === undefined) return undefined;
      return make(left, { kind: 'in', negated: node.negated !== negated, nocase }, list, given, teller);
    }
    case 'call':
      return exportCall(node, negated, nocase, given, teller);
    case 'column':
    case 'parameter': {
      const left = sideOf(node, teller);
      return left && make(left, { kind: 'compare', operator: '=', nocase: false }, { kind: 'value', value: !negated }, given, teller);
    }
    case 'logic': {
      const single = node.operator === 'or' ? orMissing(node.operands, given, negated, teller) : undefined;
      if (!single) teller.unsayable('NIM has no "not" around a group. Write the opposite of each condition in it.', given.span);
      return single;
    }
    case 'null-test': {
      teller.unsayable(
        'NIM has no "is null": it asks whether something exists, which means neither null nor empty. Write exists(…) or not exists(…).',
        given.span,
      );
      return undefined;
    }
    case 'like': {
      teller.unsayable('NIM has no "like". Write contains(…), starts_with(…) or ends_with(…).', given.span);
      return undefined;
    }
    case 'between': {
      teller.unsayable('NIM has no "between". Write two conditions.', given.span);
      return undefined;
    }
    default: {
      teller.unsayable(noCondition(nameOf(node)), given.span);
      return undefined;
    }
  }
}

/** `x >= today() or not exists(x)` is one item in NIM; undefined for anything else. */
export function orMissing(
  operands: readonly Expression[],
  given: Expression,
  negated: boolean,
  teller: ExpressionTeller,
): ExportItem | undefined {
  const [first, second, third] = operands;
  if (!first || !second || third || negated || first.kind !== 'compare') return undefined;
  if (second.kind !== 'not' || second.operand.kind !== 'call' || !sameName(second.operand.name.text, 'exists')) return undefined;
  const quiet: ExpressionTeller = { ...teller, unsayable: () => undefined, unproven: () => undefined };
  const [left, right] = [sideOf(first.left, quiet), sideOf(first.right, quiet)];
  const missing = second.operand.arguments[0] && sideOf(second.operand.arguments[0], quiet);
  if (left?.kind !== 'field' || missing?.kind !== 'field' || left.name !== missing.name || right?.kind !== 'today') return undefined;
  // Of such functions one is known; the others are two conditions there, too.
  if (first.operator !== '>=' || right.days !== undefined) return undefined;
  return today(left, first.operator, right.days, true, given, teller);
}

const mirrored = { '=': '=', '<>': '<>', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

function comparison(
  left: Side,
  operator: keyof typeof mirrored,
  right: Side,
  nocase: boolean,
  given: Expression,
  teller: ExpressionTeller,
): ExportItem | undefined {
  if (right.kind === 'today') return today(left, operator, right.days, false, given, teller);
  return make(left, { kind: 'compare', operator, nocase }, right, given, teller);
}

function today(
  left: Side,
  operator: keyof typeof mirrored,
  days: Side | undefined,
  missing: boolean,
  given: Expression,
  teller: ExpressionTeller,
): ExportItem | undefined {
  return make(left, { kind: 'today', operator, days: days !== undefined, orMissing: missing }, days, given, teller);
}

function make(left: Side, shape: Shape, right: Side | undefined, given: Expression, teller: ExpressionTeller): ExportItem | undefined {
  const { name, proven } = writeFunction(shape);
  if (!proven) teller.unproven(name, given.span);
  return named(left, name, right, given, teller);
}

function named(left: Side, name: string, right: Side | undefined, given: Expression, teller: ExpressionTeller): ExportItem | undefined {
  if (left.kind === 'value' || left.kind === 'today') {
    teller.unsayable('NIM compares a column or a parameter with a value. Neither stands on the left here.', given.span);
    return undefined;
  }
  if (right?.kind === 'field') {
    teller.unsayable('NIM cannot compare two columns. A relation, or a script column with "exclude when", can.', given.span);
    return undefined;
  }
  if (right?.kind === 'today') {
    teller.unsayable('NIM knows today() only beside a column.', given.span);
    return undefined;
  }
  return item('expression', {
    field_name: left.name,
    function_name: name,
    value_vs_parameter: right?.kind !== 'parameter',
    param_name: right?.kind === 'parameter' ? right.name : left.kind === 'parameter' ? left.name : '',
    ...(right?.kind === 'value' && { operand_value: right.value }),
    param_expression: left.kind === 'parameter',
  });
}

/** What a condition says, without `not` and `collate nocase` around it. */
function peel(given: Expression): { readonly node: Expression; readonly negated: boolean; readonly nocase: boolean } {
  let [node, negated, nocase] = [given, false, false];
  for (;;) {
    if (node.kind === 'not') negated = !negated;
    else if (node.kind === 'collate') nocase = true;
    else return { node, negated, nocase };
    node = node.operand;
  }
}

function exportCall(
  node: Extract<Expression, { kind: 'call' }>,
  negated: boolean,
  nocase: boolean,
  given: Expression,
  teller: ExpressionTeller,
): ExportItem | undefined {
  const name = node.name.text.toLowerCase();
  const [first, second, third] = node.arguments;
  const left = first && sideOf(first, teller);
  if (!first || !left || third) {
    if (left || !first) teller.unsayable(`NIM cannot say ${node.name.text} with these values.`, given.span);
    return undefined;
  }
  if (name === 'exists') return make(left, { kind: 'exists', negated }, undefined, given, teller);
  const texts: readonly string[] = ['contains', 'starts_with', 'ends_with'] satisfies readonly TextFunction[];
  const right = second && sideOf(second, teller);
  if (second && !right) return undefined;
  if (texts.includes(name)) {
    const folded = nocase || node.arguments.some((one) => one.kind === 'collate');
    return make(left, { kind: 'text', name: name as TextFunction, negated, nocase: folded }, right, given, teller);
  }
  // A function that only NIM knows came from there, and goes back.
  if (findFunctionOf(name) || negated || nocase) {
    teller.unsayable(`NIM cannot say ${node.name.text}(…) in a condition.`, given.span);
    return undefined;
  }
  return named(left, node.name.text, right, given, teller);
}

function sideOf(given: Expression, teller: ExpressionTeller): Side | undefined {
  switch (given.kind) {
    case 'collate':
    // A cast says what NIM does anyway.
    case 'cast':
      return sideOf(given.operand, teller);
    case 'column': {
      const name = teller.fieldOf(given);
      return name === undefined ? undefined : { kind: 'field', name };
    }
    case 'parameter':
      return { kind: 'parameter', name: given.name };
    case 'literal':
      if (given.value !== null) return { kind: 'value', value: given.value };
      teller.unsayable('NIM cannot compare with null. Write exists(…) or not exists(…).', given.span);
      return undefined;
    case 'call': {
      const name = given.name.text.toLowerCase();
      if (name === 'today' && given.arguments.length === 0) return { kind: 'today', days: undefined };
      const [only, another] = given.arguments;
      // date(x) of a text is what NIM makes of it beside today.
      if (name === 'date' && only && !another) return sideOf(only, teller);
      teller.unsayable(noCondition(`${given.name.text}(…)`), given.span);
      return undefined;
    }
    case 'arithmetic': {
      const { operator, left, right } = given;
      const base = left.kind === 'call' && sameName(left.name.text, 'today') ? sideOf(left, teller) : undefined;
      if (base?.kind === 'today' && (operator === '+' || operator === '-')) {
        const days = sideOf(right, teller);
        if (days?.kind === 'value' && typeof days.value === 'number')
          return { kind: 'today', days: { kind: 'value', value: operator === '-' ? -days.value : days.value } };
        if (days?.kind === 'parameter' && operator === '+') return { kind: 'today', days };
      }
      teller.unsayable('NIM cannot calculate in a condition; it knows today() and days added to it.', given.span);
      return undefined;
    }
    default: {
      teller.unsayable(noCondition(nameOf(given)), given.span);
      return undefined;
    }
  }
}

/** A list is one text with commas in NIM. */
function listOf(node: InNode, teller: ExpressionTeller): Side | undefined {
  const [only, another] = node.values;
  if (only?.kind === 'parameter' && !another) return { kind: 'parameter', name: only.name };
  const texts: string[] = [];
  for (const value of node.values) {
    const text = value.kind === 'cast' ? literalIn(value.operand) : literalIn(value);
    if (text === undefined) {
      teller.unsayable('NIM looks into a list of values, or into one parameter that holds such a list.', value.span);
      return undefined;
    }
    if (text.includes(',') || text !== text.trim()) {
      teller.unsayable(
        'NIM keeps a list as one text with commas: a value with a comma in it, or a blank around it, cannot be in it.',
        value.span,
      );
      return undefined;
    }
    texts.push(text);
  }
  return { kind: 'value', value: texts.join(',') };
}

function literalIn(value: Expression): string | undefined {
  return value.kind === 'literal' && value.value !== null ? String((value satisfies Literal).value) : undefined;
}

function noCondition(what: string): string {
  return `NIM cannot say ${what} in a condition. A script column with "exclude when" can.`;
}

function nameOf(node: Expression): string {
  switch (node.kind) {
    case 'case':
      return '"case"';
    case 'arithmetic':
      return 'a calculation';
    case 'literal':
      return 'a value by itself';
    case 'matched':
      return 'matched(…) of a table that is not left-joined beside it';
    case 'negative':
      return 'a minus sign';
    default:
      return 'this';
  }
}
