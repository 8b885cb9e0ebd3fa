import { listNames } from '../text/list-names.ts';
import type { CollectedRows, CollectedTable, Judge, Row } from './evaluate.ts';
import type { ColumnCheck, Expectation } from './expectations.ts';
import { missingColumns } from './missing-column.ts';
import type { Failure } from './result.ts';
import { percent, valuesText } from './titles.ts';
import { isEqual, isFilled, isOfType, shown, type Value } from './value.ts';

type ColumnExpectation = Extract<Expectation, { readonly kind: 'column' }>;

/** Different wrong values that are named. */
const mostNamed = 5;

/** A column must be there, and its values must be what its checks say. Empty values are judged by `filled` only. */
export function judgeColumn({ column, checks }: ColumnExpectation, table: CollectedTable, rows: CollectedRows): Judge {
  const missing = missingColumns([column], table);
  if (missing.length > 0) return { columns: [], look: () => undefined, failures: () => missing };
  const name = column.text;
  const type = table.columns.find((one) => one.name === name)?.type;
  const tests = checks.flatMap((check) => testOf(check, name, (value, expected) => isEqual(value, expected, type)));
  let filled = 0;
  let seen = 0;
  return {
    columns: [name],
    look(row: Row) {
      const value = row[name] ?? null;
      seen++;
      if (!isFilled(value) || value === null) return;
      filled++;
      for (const test of tests) test.look(value);
    },
    failures: () =>
      checks.flatMap((check): readonly Failure[] => {
        if (check.kind === 'filled') return filledFailure(name, check, filled, seen);
        if (check.kind === 'unique') return uniqueFailure(name, check, rows);
        return tests.find((test) => test.check === check)?.failures() ?? [];
      }),
  };
}

interface Test {
  readonly check: ColumnCheck;
  look(value: string | number): void;
  failures(): readonly Failure[];
}

/** A check of single values, which remembers some of those that fail. */
function testOf(
  check: ColumnCheck,
  column: string,
  equal: (value: Value, expected: Parameters<typeof isEqual>[1]) => boolean,
): readonly Test[] {
  switch (check.kind) {
    case 'type':
      return [collect(check, column, (value) => isOfType(value, check.type), `is no ${check.type}`, check.type)];
    case 'matches': {
      const pattern = compile(check.pattern);
      return [
        collect(
          check,
          column,
          (value) => pattern?.test(String(value)) === true,
          `does not match ${check.pattern}`,
          `matches ${check.pattern}`,
        ),
      ];
    }
    case 'oneOf': {
      const expected = valuesText(column, check.values);
      return [
        collect(check, column, (value) => check.values.some((one) => equal(value, one)), `is none of ${expected}`, `one of ${expected}`),
      ];
    }
    default:
      return [];
  }
}

/** The pattern, or undefined for one that is none: the file's check says so, and no file with an error is run. */
function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}

function collect(check: ColumnCheck, column: string, fits: (value: string | number) => boolean, how: string, expected: string): Test {
  const wrong = new Map<string | number, number>();
  let count = 0;
  return {
    check,
    look(value) {
      if (fits(value)) return;
      count++;
      if (wrong.has(value) || wrong.size < mostNamed) wrong.set(value, (wrong.get(value) ?? 0) + 1);
    },
    failures() {
      if (count === 0) return [];
      const named = [...wrong].map(([value, times]) => `${shown(column, value)}${times > 1 ? ` (${times} rows)` : ''}`);
      const all = [...wrong.values()].reduce((sum, times) => sum + times, 0);
      const more = all < count ? ', …' : '';
      const rows = count === 1 ? 'one row' : `${count} rows`;
      return [
        {
          message: `"${column}" ${how} in ${rows}: ${named.join(', ')}${more}.`,
          expected,
          actual: `${named.join(', ')}${more}`,
          span: check.span,
        },
      ];
    },
  };
}

function filledFailure(
  column: string,
  check: Extract<ColumnCheck, { readonly kind: 'filled' }>,
  filled: number,
  of: number,
): readonly Failure[] {
  const { share, span } = check;
  if (share === undefined ? filled > 0 : filled >= share * of && (of > 0 || share === 0)) return [];
  const expected = share === undefined ? 'a value in at least one row' : `a value in at least ${percent(share)} of the rows`;
  if (of === 0) return [{ message: `There is no row, so none has a value in "${column}".`, expected, actual: 'no rows', span }];
  const found = filled === 0 ? `none of ${of} rows` : `${filled} of ${of} rows (${percent(filled / of)})`;
  return [{ message: `"${column}" has a value in ${found}; expected: ${expected}.`, expected, actual: `a value in ${found}`, span }];
}

function uniqueFailure(column: string, { span }: ColumnCheck, rows: CollectedRows): readonly Failure[] {
  const { count, samples } = rows.repeated(column);
  if (count === 0) return [];
  const named = listNames(samples.map(({ value, rows: times }) => `${shown(column, value)} (${times} rows)`));
  const more = count > samples.length ? `, and ${count - samples.length} more` : '';
  const what = count === 1 ? 'One value' : `${count} values`;
  return [
    {
      message: `${what} of "${column}" ${count === 1 ? 'stands' : 'stand'} in several rows: ${named}${more}.`,
      expected: 'every value once',
      actual: `${named}${more}`,
      span,
    },
  ];
}
