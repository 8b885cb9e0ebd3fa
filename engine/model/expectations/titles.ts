import { listNames } from '../text/list-names.ts';
import type { Amount, ColumnCheck, Expectation, ExpectedValue, Field } from './expectations.ts';
import { shown } from './value.ts';

/** What an expectation says, on one line: `rows: 400 to 600`, `column mail: in 95 % of the rows, unique`. */
export function titleOf(expectation: Expectation): string {
  switch (expectation.kind) {
    case 'rows':
      return `rows: ${amountText(expectation.amount)}`;
    case 'calls':
      return `calls: ${amountText(expectation.amount)}`;
    case 'complete':
      return 'complete';
    case 'column': {
      const checks = expectation.checks.map((check) => checkText(expectation.column.text, check)).filter((text) => text !== '');
      return `column ${expectation.column.text}${checks.length === 0 ? '' : `: ${checks.join(', ')}`}`;
    }
    case 'sample':
      return `sample ${fieldsText(expectation.where)}${expectation.values.length === 0 ? '' : `: ${fieldsText(expectation.values)}`}`;
    case 'absent':
      return `absent ${fieldsText(expectation.where)}`;
  }
}

/** `480`, `400 to 600`, `at least 400`, `at most 50`. */
export function amountText({ min, max }: Amount): string {
  if (min === undefined) return `at most ${max ?? 0}`;
  if (max === undefined) return `at least ${min}`;
  return min === max ? String(min) : `${min} to ${max}`;
}

/** `id = "p1", mail = nothing`. */
export function fieldsText(fields: readonly Field[]): string {
  return fields.map(({ column, value }) => `${column.text} = ${shown(column.text, value)}`).join(', ');
}

/** A share in percent, with as many digits as tell it from its neighbours. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(share > 0.99 && share < 1 ? 3 : 1))} %`;
}

/** `"active", "inactive" and 3 more`. */
export function valuesText(column: string, values: readonly ExpectedValue[]): string {
  return listNames(values.map((value) => shown(column, value)));
}

function checkText(column: string, check: ColumnCheck): string {
  switch (check.kind) {
    case 'filled':
      return check.share === undefined ? '' : check.share === 0 ? 'may be empty' : `in ${percent(check.share)} of the rows`;
    case 'unique':
      return 'unique';
    case 'type':
      return check.type;
    case 'matches':
      return `matches ${check.pattern}`;
    case 'oneOf':
      return `one of ${valuesText(column, check.values)}`;
  }
}
