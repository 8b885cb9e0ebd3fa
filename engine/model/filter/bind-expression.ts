import { didYouMean, nearest } from '../text/nearest.ts';
import { bindColumn, findAlias } from './bind-column.ts';
import { type Binder, replaceBy, report, type Scope } from './binder.ts';
import { bindCall } from './bind-call.ts';
import { refuseUntyped } from './bind-untyped.ts';
import { isDate, isDatetime } from './parameters.ts';
import { printExpression } from './print-expression.ts';
import type { ArithmeticNode, Expression } from './tree.ts';
import { areAlike, commonType, isDay, type ValueType } from './types.ts';
import { sameName } from './words.ts';

/** Whether aggregates may stand here; inside another one they may not. */
export type Aggregates = 'allowed' | 'refused' | 'nested';

/** Binds all names of an expression, checks its types, and gives its own. */
export function bindExpression(binder: Binder, expression: Expression, scope: Scope, aggregates: Aggregates = 'refused'): ValueType {
  const type = typeOf(binder, expression, scope, (part) => bindExpression(binder, part, scope, aggregates), aggregates);
  binder.types.set(expression, type);
  return type;
}

/** Binds an expression that must be true or false. */
export function bindCondition(binder: Binder, expression: Expression, scope: Scope, aggregates: Aggregates = 'refused'): void {
  mustHold(binder, expression, bindExpression(binder, expression, scope, aggregates));
}

function mustHold(binder: Binder, expression: Expression, type: ValueType): void {
  refuseUntyped(binder, expression);
  if (areAlike(type, 'boolean')) return;
  report(binder, 'unlike-types', `A condition is expected here; this is a ${type}.`, expression.span, { severity: 'warning' });
}

function typeOf(
  binder: Binder,
  expression: Expression,
  scope: Scope,
  bind: (part: Expression) => ValueType,
  aggregates: Aggregates,
): ValueType {
  switch (expression.kind) {
    case 'missing':
      return 'unknown';
    case 'literal': {
      const { value } = expression;
      return value === null ? 'null' : typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';
    }
    case 'column':
      return bindColumn(binder, expression, scope);
    case 'parameter':
      return bindParameter(binder, expression.name, expression.span);
    case 'matched': {
      const table = findAlias(binder, expression.alias, scope);
      if (table) binder.matched.set(expression, table);
      return 'boolean';
    }
    case 'not':
      mustHold(binder, expression.operand, bind(expression.operand));
      return 'boolean';
    case 'logic':
      for (const operand of expression.operands) mustHold(binder, operand, bind(operand));
      return 'boolean';
    case 'negative':
      expectType(binder, expression.operand, bind(expression.operand), 'number');
      return 'number';
    case 'compare':
      compare(binder, expression.left, bind(expression.left), expression.right, bind(expression.right));
      nullComparison(binder, expression);
      if (expression.operator !== '=' && expression.operator !== '<>')
        orderOfLists(binder, expression, [expression.left, expression.right]);
      return 'boolean';
    case 'in':
    case 'between':
    case 'like': {
      const type = bind(expression.operand);
      const others =
        expression.kind === 'in'
          ? expression.values
          : expression.kind === 'between'
            ? [expression.low, expression.high]
            : [expression.pattern];
      for (const other of others) compare(binder, expression.operand, type, other, bind(other));
      if (expression.kind === 'between') orderOfLists(binder, expression, [expression.operand, ...others]);
      return 'boolean';
    }
    case 'null-test':
      bind(expression.operand);
      return 'boolean';
    case 'case': {
      const operand = expression.operand;
      const type = operand && bind(operand);
      const results: ValueType[] = [];
      for (const branch of expression.branches) {
        const when = bind(branch.when);
        if (operand && type) compare(binder, operand, type, branch.when, when);
        else mustHold(binder, branch.when, when);
        results.push(bind(branch.then));
      }
      if (expression.otherwise) results.push(bind(expression.otherwise));
      return commonType(results);
    }
    case 'arithmetic':
      return arithmetic(binder, expression, bind(expression.left), bind(expression.right));
    case 'collate': {
      const { text, span } = expression.collation;
      if (text !== '' && !sameName(text, 'nocase'))
        report(binder, 'unknown-collation', `There is one collation: nocase.`, span, { fixes: replaceBy('nocase', span) });
      return bind(expression.operand);
    }
    case 'cast':
      bind(expression.operand);
      return castType(binder, expression.type);
    case 'call':
      return bindCall(binder, expression, scope, aggregates);
  }
}

const castTypes = ['text', 'number', 'boolean', 'date', 'datetime'] as const;

function castType(binder: Binder, { text, span }: { readonly text: string; readonly span: Expression['span'] }): ValueType {
  const type = castTypes.find((one) => sameName(one, text));
  if (!type && text !== '') {
    const fixes = replaceBy(nearest(text, castTypes), span);
    report(binder, 'unknown-type', `"${text}" is not a type: ${castTypes.join(', ')}.${didYouMean(text, castTypes)}`, span, { fixes });
  }
  return type ?? 'unknown';
}

function bindParameter(binder: Binder, name: string, span: Expression['span']): ValueType {
  if (name === '') return 'unknown';
  const { parameters } = binder;
  const { tree } = binder.document;
  const found = parameters.find((parameter) => sameName(parameter.name.text, name));
  if (found) {
    binder.used.add(found.name.text.toLowerCase());
    return found.type;
  }
  const names = parameters.map((parameter) => parameter.name.text);
  const near = nearest(name, names);
  const declare = {
    title: `Declare the parameter ${name}`,
    span: { offset: tree?.select?.span.offset ?? 0, length: 0 },
    text: `parameter ${name} text\n`,
  };
  report(
    binder,
    'parameter-undeclared',
    `The parameter "${name}" is not declared.${didYouMean(name, names)} Write "parameter ${name} text" before "select".`,
    span,
    {
      fixes: [
        ...(near === undefined ? [] : [{ title: `Write @${near}`, span, text: `@${near}` }]),
        ...(/^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u.test(name) ? [declare] : []),
      ],
    },
  );
  return 'unknown';
}

/** Warns where a value is not of the type that is needed. */
export function expectType(binder: Binder, expression: Expression, type: ValueType, wanted: ValueType): void {
  if (areAlike(type, wanted) || isDayText(expression, type, wanted)) return;
  const name = wanted === 'date' ? 'date' : wanted;
  report(binder, 'unlike-types', `A ${name} is expected here; this is a ${type}.`, expression.span, { severity: 'warning' });
}

/** A text that is written as a day, where a day is wanted. */
function isDayText(expression: Expression, type: ValueType, wanted: ValueType): boolean {
  return (
    isDay(wanted) &&
    type === 'text' &&
    expression.kind === 'literal' &&
    typeof expression.value === 'string' &&
    (isDate(expression.value) || isDatetime(expression.value))
  );
}

function compare(binder: Binder, left: Expression, leftType: ValueType, right: Expression, rightType: ValueType): void {
  if (leftType === 'boolean') refuseUntyped(binder, right);
  if (rightType === 'boolean') refuseUntyped(binder, left);
  if (areAlike(leftType, rightType) || isDayText(left, leftType, rightType) || isDayText(right, rightType, leftType)) return;
  const day = [leftType, rightType].some(isDay) ? " A date is written 'yyyy-mm-dd'." : '';
  const list = leftType === 'list' || rightType === 'list' ? ' A multi-value is searched with contains(column, value).' : '';
  report(
    binder,
    'unlike-types',
    `A ${leftType} is compared with a ${rightType}: they are hardly ever equal.${day}${list} If it is meant, cast one of them.`,
    right.span,
    {
      severity: 'warning',
    },
  );
}

/** Warns where multi-values are to be larger or smaller than each other. */
function orderOfLists(binder: Binder, { span }: Expression, sides: readonly Expression[]): void {
  if (!sides.every((side) => binder.types.get(side) === 'list')) return;
  const message =
    'Multi-values have no order: one is neither larger nor smaller than another. Compare them with = or <>, or search one with contains(column, value).';
  report(binder, 'unlike-types', message, span, { severity: 'warning' });
}

function nullComparison(binder: Binder, expression: Extract<Expression, { kind: 'compare' }>): void {
  const { left, right, operator, span } = expression;
  const other = isNull(right) ? left : isNull(left) ? right : undefined;
  if (!other) return;
  const test = `${printExpression(other)} is ${operator === '<>' ? 'not ' : ''}null`;
  const fixes = operator === '=' || operator === '<>' ? [{ title: `Write ${test}`, span, text: test }] : [];
  report(binder, 'null-comparison', 'A comparison with null never holds. Write "is null" or "is not null".', span, {
    severity: 'warning',
    fixes,
  });
}

function isNull(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.value === null;
}

function arithmetic(binder: Binder, node: ArithmeticNode, left: ValueType, right: ValueType): ValueType {
  if (node.operator === '||') return 'text';
  if (node.operator === '-' && isDay(left) && isDay(right)) return 'number';
  if ((node.operator === '+' || node.operator === '-') && isDay(left)) {
    expectType(binder, node.right, right, 'number');
    return left;
  }
  if (node.operator === '+' && isDay(right)) {
    expectType(binder, node.left, left, 'number');
    return right;
  }
  if (node.operator === '+' && (left === 'text' || right === 'text')) {
    const text = printExpression({ ...node, operator: '||' });
    report(binder, 'unlike-types', 'Texts are joined with ||; + adds numbers.', node.span, {
      severity: 'warning',
      fixes: [{ title: 'Join with ||', span: node.span, text }],
    });
    return 'number';
  }
  expectType(binder, node.left, left, 'number');
  expectType(binder, node.right, right, 'number');
  return 'number';
}
