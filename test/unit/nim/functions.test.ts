import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../../engine/model/filter/compile.ts';
import { bindInWorkspace } from '../../../engine/model/workspace/filter-library.ts';
import { dataColumn, expression, group, nimFilter, start } from '../../support/nim-json.ts';
import { nimExport } from '../../support/nim-shop.ts';
import { exportOf, expectSameAgain, problemsOf, textOf, workspaceOf, imported } from './round-trip.ts';

/** A condition of NIM and what it becomes; parameters `word` and `count` are there. */
const cases: readonly (readonly [item: ReturnType<typeof expression>, text: string])[] = [
  [expression('name', 'equals', 'Ann'), "name = 'Ann'"],
  [expression('name', 'equals (ci)', "O'Neil"), "name = 'O''Neil' collate nocase"],
  [expression('name', 'not equals', 'Ann'), "name <> 'Ann'"],
  [expression('name', 'not equals (ci)', 'Ann'), "name <> 'Ann' collate nocase"],
  [expression('hours', 'equals', '8'), 'hours = 8'],
  [expression('hours', 'greater than', 8), 'hours > 8'],
  [expression('hours', 'smaller than', -1), 'hours < -1'],
  [expression('active', 'equals', true), 'active = true'],
  [expression('active', 'equals', 'false'), 'active = false'],
  [expression('name', 'exists'), 'exists(name)'],
  [expression('name', 'not exists', 'left over'), 'not exists(name)'],
  [expression('name', 'contains (ci)', 'a'), "contains(name, 'a') collate nocase"],
  [expression('name', 'not contains (ci)', 'a'), "not contains(name, 'a') collate nocase"],
  [expression('name', 'in', 'Ann, Bob'), "name in ('Ann', 'Bob')"],
  [expression('name', 'not in', 'Ann'), "name not in ('Ann')"],
  [expression('hours', 'in', '1,2'), 'hours in (1, 2)'],
  [expression('name', 'in', { parameter: 'word' }), 'name in (@word)'],
  [expression('name', 'equals', { parameter: 'word' }), 'name = @word'],
  [expression('hours', 'equals', { parameter: 'count' }), 'hours = @count'],
  [expression('hours', 'equals', { parameter: 'word' }), 'hours = cast(@word as number)'],
  [expression('leaves', '<= today'), 'leaves <= today()'],
  [expression('leaves', '<= today + [days]', 30), 'leaves <= today() + 30'],
  [expression('leaves', '<= today + [days]', -1), 'leaves <= today() - 1'],
  [expression('leaves', '<= today + [days]', { parameter: 'count' }), 'leaves <= today() + @count'],
  [expression('leaves', '>= today or not exists'), 'leaves >= today() or not exists(leaves)'],
  [expression('note', '<= today'), 'date(note) <= today()'],
  [expression('note', '>= today or not exists'), 'date(note) >= today() or not exists(note)'],
  [expression('word', 'equals (ci)', 'AD', { param_expression: true, param_name: 'word' }), "@word = 'AD' collate nocase"],
  [expression('leaves', 'equals', '2026-01-31'), "leaves = '2026-01-31'"],
];

const parameters = [
  { param_name: 'word', param_category: 'input', data_type: 'string', default_value: '', description: '', variable_name: '' },
  { param_name: 'count', param_category: 'input', data_type: 'number', default_value: '', description: '', variable_name: '' },
];

describe('functions of NIM', () => {
  for (const [item, text] of cases) {
    it(`${String(item.core['function_name'])}: ${text}`, () => {
      const filter = nimFilter('F', start('Staff', 'persons', [item]), [dataColumn('persons.number')], { params: parameters });
      expect(textOf(filter)).toContain(`where  ${text}\n`);
      const found = problemsOf(workspaceOf(imported([filter])), 'F').filter(({ severity }) => severity !== 'hint');
      expect(found).toEqual([]);
      expectSameAgain(exportOf(nimExport([filter])));
    });
  }
  it('a parameter in the brackets of in holds a list with commas', () => {
    const root = start('Staff', 'persons', [expression('name', 'not in', { parameter: 'word' })]);
    const workspace = workspaceOf(imported([nimFilter('F', root, [dataColumn('persons.number')], { params: parameters })]));
    const document = workspace.filters.get('F')?.model;
    const bound = document && bindInWorkspace(document, workspace);
    const values = (word: string): readonly unknown[] | undefined =>
      bound && compileFilter(bound, { parameters: new Map(Object.entries({ word, count: 1 })), today: '2026-05-10' }).query?.parameters;
    expect(values('Ann, Bob ,Cem')).toEqual(['Ann', 'Bob', 'Cem']);
    expect(values('Ann')).toEqual(['Ann']);
  });
  it('a function nobody knows is a problem in the text, and goes back as it came', () => {
    const filter = nimFilter('F', start('Staff', 'persons', [expression('name', 'sounds like', 'Mayer')]), [dataColumn('persons.number')]);
    expect(textOf(filter)).toContain(`where  "sounds like"(name, 'Mayer')`);
    expect(problemsOf(workspaceOf(imported([filter])), 'F').map(({ code }) => code)).toContain('unknown-function');
    expectSameAgain(exportOf(nimExport([filter])));
  });
  it('a parameter that is not declared is a problem here as it is there', () => {
    const filter = nimFilter('F', start('Staff', 'persons', [expression('name', 'equals', { parameter: 'gone' })]), [
      dataColumn('persons.number'),
    ]);
    expect(problemsOf(workspaceOf(imported([filter])), 'F').map(({ code }) => code)).toContain('parameter-undeclared');
    expectSameAgain(exportOf(nimExport([filter])));
  });
  it('groups nest, and a bracket stands where reading needs it', () => {
    const filter = nimFilter(
      'F',
      start('Staff', 'persons', [
        group('and', [
          group('or', [
            expression('name', 'exists'),
            group('and', [expression('active', 'equals', true), expression('hours', 'greater than', 3)]),
          ]),
          expression('note', 'not exists'),
        ]),
      ]),
      [dataColumn('persons.number')],
    );
    expect(textOf(filter)).toMatch(/exists\(name\)\s+or\s+\(active = true and hours > 3\)/);
    expectSameAgain(exportOf(nimExport([filter])));
  });
});
