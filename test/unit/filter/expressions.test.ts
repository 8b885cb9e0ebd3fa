import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterFunctions } from '../../../engine/model/filter/functions.ts';
import { compileText, memoryVault } from './vault.ts';

const vault = memoryVault({
  'hr.persons': [
    ['1', 'Ada', "O'Neil", 'a@x', 3, 'active', 1, '2020-01-01', '2026-05-17', 100, '["SQL"]', '2026-05-10T08:00:00Z'],
    ['2', 'Bea', '', null, 'word', null, 'yes', 'soon', '', -1.5, 'no json', '2026'],
    ['3'],
  ],
  'hr.departments': [
    [3, 'Dev', 1],
    [1, 'All', 3],
  ],
  'directory.users': [['u1', 'ada', '1', null, 1]],
});

const columns = 'p.firstName mail p.departmentId p.active p.startDate endDate p.salary p.skills p.changedAt u.userName d.name'.split(' ');
const leaves = fc.constantFrom(
  ...columns,
  "'x'",
  "''",
  '1',
  '-2.5',
  '0',
  'true',
  'null',
  '@t',
  '@n',
  '@b',
  '@d',
  'today()',
  "'2026-01-01'",
  'matched(u)',
);
const calls = filterFunctions.filter((one) => one.name !== 'today');

/** Texts of expressions with real names and functions, sense or not. */
const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const part = tie('expression');
  const few = fc.tuple(part, part, part);
  return {
    expression: fc.oneof(
      { maxDepth: 4 },
      leaves,
      few.map(([a, b]) => `(${a} = ${b})`),
      fc
        .tuple(fc.constantFrom('<', '>=', '<>', '+', '-', '*', '/', '||', 'and', 'or', 'like', 'not like'), few)
        .map(([o, [a, b]]) => `(${a} ${o} ${b})`),
      few.map(([a, b, c]) => `(${a} between ${b} and ${c})`),
      few.map(([a, b, c]) => `(${a} in (${b}, ${c}))`),
      few.map(([a, b, c]) => `case ${a} when ${b} then ${c} else ${a} end`),
      part.map((a) => `(${a} is not null)`),
      part.map((a) => `not ${a}`),
      part.map((a) => `(${a} collate nocase)`),
      part.map((a) => `-${a}`),
      fc.tuple(part, fc.constantFrom('text', 'number', 'boolean', 'date', 'datetime')).map(([a, type]) => `cast(${a} as ${type})`),
      fc.tuple(fc.constantFrom(...calls), few, fc.nat({ max: 3 })).map(([{ name, least, most }, args, n]) => {
        const count = Math.max(least, Math.min(most, n));
        return `${name}(${args.slice(0, count).join(', ')})`;
      }),
    ),
  };
});

describe('any expression', () => {
  it('that binds without an error runs', () => {
    let ran = 0;
    const before =
      "parameter t text default 'a' parameter n number default 3 parameter b boolean default true parameter d date default '2026-01-01'";
    const joins = 'from hr.persons p left join directory.users u left join recursive hr.departments d';
    fc.assert(
      fc.property(
        expression,
        expression,
        expression,
        fc.constantFrom('', 'distinct ', 'distinct on (p.mail) '),
        (column, condition, sort, distinct) => {
          const text = `${before} select ${distinct}${column} as a, p.mail ${joins} where ${condition} order by ${sort}`;
          const { query } = compileText(text);
          if (!query) return;
          ran++;
          expect(() => vault.prepare(query.sql).all(...query.parameters), `${text}\n${query.sql}`).not.toThrow();
        },
      ),
      { numRuns: 1000 },
    );
    expect(ran).toBeGreaterThan(100);
  });
});
