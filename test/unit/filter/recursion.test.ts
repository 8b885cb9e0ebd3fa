import { describe, expect, it } from 'vitest';
import { compileText, memoryVault, rowsOf } from './vault.ts';

/*
 * A recursive relation is the closure along the table's own parent column, the row itself included; cycles end. Rows that match are there once,
 * in however many ways they are reached.
 */
type Department = readonly [id: number | null, name: string, parent: number | null, manager?: string | null];

const departments = (
  rows: readonly Department[],
  persons: readonly (readonly (string | number | null)[])[] = [],
): ReturnType<typeof memoryVault> =>
  memoryVault({ 'hr.departments': rows.map((row) => row.map((cell) => cell ?? null)), 'hr.persons': persons });
const namesOf = (vault: ReturnType<typeof memoryVault>, text: string): readonly unknown[] => rowsOf(vault, text).flat();

const above = 'select b.name from hr.departments a join recursive hr.departments b on b.id = a.id';
const below = 'select b.name from hr.departments a join recursive hr.departments b on b.parentId = a.id';

describe('a tree of depth 50', () => {
  // A chain from 1 to 50; beside each of it, a leaf.
  const chain = Array.from({ length: 50 }, (_, i): Department => [i + 1, `d${i + 1}`, i === 0 ? null : i]);
  const leaves = chain.map(([id]): Department => [1000 + (id ?? 0), `leaf${id ?? 0}`, id]);
  const vault = departments([...chain, ...leaves]);

  it('is walked up to its root, the row itself included', () => {
    expect(namesOf(vault, `${above} where a.id = 50 order by b.id`)).toEqual(chain.map(([, name]) => name));
    expect(namesOf(vault, `${above} where a.id = 1050 order by b.id`)).toEqual([...chain.map(([, name]) => name), 'leaf50']);
  });
  it('is walked down to its last leaf', () => {
    expect(namesOf(vault, `${below} where a.id = 1`)).toHaveLength(49 + 50);
    expect(namesOf(vault, `${below} where a.id = 50`)).toEqual(['leaf50']);
  });
  it('gives every row with every row above it: depth times (depth + 1) / 2', () => {
    expect(rowsOf(vault, `select count(*) from hr.departments a join recursive hr.departments b on b.id = a.id where a.id <= 50`)).toEqual([
      [(50 * 51) / 2],
    ]);
  });
  it('keeps, in a left join, the rows that reach nothing that fits', () => {
    const rows = rowsOf(
      vault,
      `select a.name, b.name from hr.departments a left join recursive hr.departments b on b.id = a.id and b.name = 'd49' where a.id <= 50 order by a.id`.replace(
        'b.name from',
        'b.name as top from',
      ),
    );
    expect(rows.filter(([, top]) => top !== null)).toEqual([['d49', 'd49'], ['d50', 'd49']]); // oxfmt-ignore
    expect(rows).toHaveLength(50);
  });
});

describe('a cycle', () => {
  const vault = departments([[1, 'a', 3], [2, 'b', 1], [3, 'c', 2], [4, 'own', 4], [5, 'out', 1]]); // oxfmt-ignore

  it('ends, whichever way it is walked', () => {
    expect(namesOf(vault, `${above} where a.id = 2 order by b.id`)).toEqual(['a', 'b', 'c']);
    expect(namesOf(vault, `${above} where a.id = 5 order by b.id`)).toEqual(['a', 'b', 'c', 'out']);
    expect(namesOf(vault, `${below} where a.id = 1 order by b.id`)).toEqual(['a', 'b', 'c', 'out']);
  });
  it('of one row ends, too', () => {
    expect(namesOf(vault, `${above} where a.id = 4`)).toEqual(['own']);
    expect(namesOf(vault, `${below} where a.id = 4`)).toEqual(['own']);
  });
});

describe('a parent that is missing', () => {
  const vault = departments([[1, 'lost', 99], [2, 'below', 1], [null, 'no key', 2]]); // oxfmt-ignore

  it('is where the walk ends', () => {
    expect(namesOf(vault, `${above} where a.id = 2 order by b.id`)).toEqual(['lost', 'below']);
  });
  it('a row without a key is reached, and goes on to its parents', () => {
    expect(namesOf(vault, `${below} where a.id = 1`).toSorted()).toEqual(['below', 'no key']);
    const byName = 'select b.name from hr.departments a join recursive hr.departments b on b.name = a.name';
    expect(namesOf(vault, `${byName} where a.name = 'no key'`).toSorted()).toEqual(['below', 'lost', 'no key']);
  });
});

describe('rows that are reached in several ways', () => {
  const persons = [['1'], ['2']].map((row) => [...row, 'x', 'y', null, 2]);
  const vault = departments([[1, 'root', null, '1'], [2, 'left', 1, '1'], [3, 'right', 1, '1'], [4, 'leaf', 3, '2']], persons); // oxfmt-ignore

  it('are there once', () => {
    const text = 'select p.employeeNumber, d.name from hr.persons p join recursive hr.departments d on d.managerNumber = p.employeeNumber';
    expect(rowsOf(vault, `${text} order by 1, 2`)).toEqual([['1', 'left'], ['1', 'right'], ['1', 'root'], ['2', 'leaf'], ['2', 'right'], ['2', 'root']]); // oxfmt-ignore
  });
  it('also where the start is no plain comparison, and where two conditions pick it', () => {
    const text = 'select p.employeeNumber, d.name from hr.persons p join recursive hr.departments d on';
    const expected = [['1', 'left'], ['1', 'right'], ['1', 'root']]; // oxfmt-ignore
    for (const on of [
      'd.managerNumber = p.employeeNumber collate nocase',
      "d.managerNumber = p.employeeNumber and d.name <> p.lastName || 'x'",
      'd.managerNumber || p.employeeNumber = p.employeeNumber || d.managerNumber',
    ])
      expect(rowsOf(vault, `${text} ${on} where p.employeeNumber = '1' order by 1, 2`), on).toEqual(expected);
  });
  it('count once for a multiple join', () => {
    const text = `select distinct p.employeeNumber from hr.persons p multiple join recursive hr.departments d on d.managerNumber = p.employeeNumber and d.name = 'root'`;
    expect(rowsOf(vault, text)).toEqual([]);
  });
  it('are asked after by matched, inside brackets, too', () => {
    const text = `select p.employeeNumber, matched(d) as there from hr.persons p
      left join (directory.users u join recursive hr.departments d on d.managerNumber = u.employeeNumber) on u.employeeNumber = p.employeeNumber order by 1`;
    expect(compileText(text).codes).not.toContain('unknown-table');
    expect(rowsOf(vault, text)).toEqual([['1', 0], ['2', 0]]); // oxfmt-ignore
  });
});
