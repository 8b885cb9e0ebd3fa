import { arithmeticLevels, levels } from './precedence.ts';
import type { Expression, Literal } from './tree.ts';
import { quoteName, quoteText } from './words.ts';

const atom = 10;

/** Writes an expression as the language has it, with no more brackets than it needs. */
export function printExpression(expression: Expression): string {
  return print(expression, 0);
}

export function printLiteral({ value }: Literal): string {
  return typeof value === 'string' ? quoteText(value) : String(value);
}

function levelOf(expression: Expression): number {
  switch (expression.kind) {
    case 'logic':
      return levels[expression.operator];
    case 'not':
      return levels.not;
    case 'compare':
    case 'in':
    case 'between':
    case 'like':
    case 'null-test':
      return levels.comparison;
    case 'arithmetic':
      return arithmeticLevels[expression.operator] ?? levels.sum;
    case 'collate':
      return levels.collate;
    case 'negative':
      return levels.negative;
    default:
      return atom;
  }
}

/** `level`: how tightly what stands around it binds. */
function print(expression: Expression, level: number): string {
  const text = bare(expression);
  return levelOf(expression) < level ? `(${text})` : text;
}

function bare(expression: Expression): string {
  const level = levelOf(expression);
  switch (expression.kind) {
    case 'literal':
      return printLiteral(expression);
    case 'column':
      return `${expression.table ? `${quoteName(expression.table.text)}.` : ''}${quoteName(expression.column.text)}`;
    case 'parameter':
      return printParameter(expression.name);
    case 'missing':
      return '';
    case 'matched':
      return `matched(${quoteName(expression.alias.text)})`;
    case 'not':
      return `not ${print(expression.operand, level)}`;
    case 'negative':
      // -(5) is not the number -5, and two minus signs would begin a comment.
      return `-${/^(column|parameter|call)$/.test(expression.operand.kind) ? bare(expression.operand) : `(${bare(expression.operand)})`}`;
    case 'logic':
      // An "and" inside an "or" binds by itself, but who reads it should not have to know.
      return expression.operands
        .map((operand) => print(operand, operand.kind === 'logic' ? atom : level + 1))
        .join(` ${expression.operator} `);
    case 'compare':
    case 'arithmetic':
      return `${print(expression.left, level)} ${expression.operator} ${print(expression.right, level + 1)}`;
    case 'in':
      return `${print(expression.operand, level)} ${negation(expression)}in (${expression.values.map((value) => print(value, 0)).join(', ')})`;
    case 'between': {
      const limits = [expression.low, expression.high].map((limit) => print(limit, levels.sum)).join(' and ');
      return `${print(expression.operand, level)} ${negation(expression)}between ${limits}`;
    }
    case 'like':
      return `${print(expression.operand, level)} ${negation(expression)}like ${print(expression.pattern, levels.sum)}`;
    case 'null-test':
      return `${print(expression.operand, level)} is ${negation(expression)}null`;
    case 'case': {
      const branches = expression.branches.map((branch) => `when ${print(branch.when, 0)} then ${print(branch.then, 0)} `).join('');
      const operand = expression.operand ? `${print(expression.operand, 0)} ` : '';
      return `case ${operand}${branches}${expression.otherwise ? `else ${print(expression.otherwise, 0)} ` : ''}end`;
    }
    case 'collate':
      return `${print(expression.operand, level)} collate ${quoteName(expression.collation.text)}`;
    case 'cast':
      return `cast(${print(expression.operand, 0)} as ${quoteName(expression.type.text)})`;
    case 'call': {
      const inside = expression.star ? '*' : expression.arguments.map((argument) => print(argument, 0)).join(', ');
      return `${quoteName(expression.name.text)}(${expression.distinct ? 'distinct ' : ''}${inside})`;
    }
  }
}

/** A parameter as written; a name that is no plain word stands in double quotes. */
export function printParameter(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u.test(name) ? `@${name}` : `@"${name.replaceAll('"', '""')}"`;
}

function negation({ negated }: { readonly negated: boolean }): string {
  return negated ? 'not ' : '';
}
