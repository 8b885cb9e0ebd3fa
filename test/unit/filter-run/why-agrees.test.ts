import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { prepareScripts } from '../../../engine/run/filter/script-tables.ts';
import { filterRows } from '../../../engine/run/filter/filter-rows.ts';
import { explainRow } from '../../../engine/run/filter/why/explain-row.ts';
import type { Cell } from '../../../engine/run/records.ts';
import { day, openWith, vaultOf, type Rows } from './support.ts';

const keys = ['1', '2', '3', '4', 'A', 'a '] as const;
const key = fc.constantFrom<Cell>(...keys, null);
const number = fc.constantFrom<Cell>(1, 2, 3, null, 'n/a');
const word = fc.constantFrom<Cell>('active', 'Active', 'leaver', '', null);
const time = fc.constantFrom<Cell>('2026-05-10T08:00:00Z', '2026-05-10T10:00:00+02:00', '2026-05-10', 'n/a', null);
const flag = fc.constantFrom<Cell>(0, 1, null);

/** Persons have keys of their own; everything that refers to them may miss. */
const rows = fc.record({
  'hr.persons': fc
    .uniqueArray(fc.constantFrom<Cell>(...keys), { minLength: 1, maxLength: 6 })
    .chain((own) =>
      fc.tuple(
        ...own.map((one) =>
          fc.tuple(
            fc.constant(one),
            word,
            word,
            word,
            number,
            word,
            flag,
            fc.constantFrom<Cell>('2026-05-10', '2026-01-01', null),
            fc.constant<Cell>(null),
            number,
            fc.constant<Cell>(null),
            time,
          ),
        ),
      ),
    ),
  'hr.departments': fc.uniqueArray(fc.tuple(fc.constantFrom<Cell>(1, 2, 3), word, number, key), { selector: ([id]) => id, maxLength: 3 }),
  'directory.users': fc
    .array(fc.tuple(word, key, word, flag), { maxLength: 6 })
    .map((users) => users.map((user, i): readonly Cell[] => [`u${i}`, ...user])),
  'directory.groups': fc.constant<readonly (readonly Cell[])[]>([
    ['g1', 'Staff'],
    ['g2', 'VPN'],
  ]),
  'directory.members': fc.array(fc.tuple(fc.constantFrom<Cell>('g1', 'g2', 'g3', null), fc.constantFrom<Cell>('u0', 'u1', 'u2', null)), {
    maxLength: 6,
  }),
});

const joins = [
  'join hr.departments as d',
  'left join hr.departments as d',
  'join recursive hr.departments as d',
  'anti join hr.departments as d',
  'join directory.users as u',
  'left join directory.users as u on u.employeeNumber = p.employeeNumber and u.active',
  'anti join directory.users as u on u.employeeNumber = p.employeeNumber and u.active',
  'multiple join directory.users as u',
  'all join directory.users as u on u.employeeNumber = p.employeeNumber',
  'all join recursive hr.departments as d',
  'all join (directory.users as u join directory.groups as g via directory.members(member, "group")) on u.employeeNumber = p.employeeNumber',
  'join (directory.users as u all join directory.groups as g via directory.members(member, "group")) on u.employeeNumber = p.employeeNumber',
  'join (directory.users as u join directory.groups as g via directory.members(member, "group")) on u.employeeNumber = p.employeeNumber',
  'left join (directory.users as u join directory.members as m) on u.employeeNumber = p.employeeNumber collate nocase',
] as const;

const conditions = [
  'p.active',
  "p.status = 'active' collate nocase",
  "p.status <> 'leaver' or p.salary > 1",
  'p.salary between 1 and @most',
  'p.startDate >= today() - 30',
  "not p.lastName like 'a%'",
  'p.departmentId in (1, 2)',
  'exists(p.mail)',
] as const;

const ends = [
  '',
  'order by p.salary desc limit 2',
  'order by p.changedAt, p.employeeNumber limit 2',
  'exclude when length = 6',
  "exclude when p.employeeNumber = '1'",
] as const;

const shapes = ['plain', 'distinct', 'distinct on', 'moment', 'group', 'script', 'append'] as const;

const filterOf = (chosen: readonly (typeof shapes)[number][]): fc.Arbitrary<{ readonly text: string; readonly lookup: string }> =>
  fc
    .record({
      joins: fc.uniqueArray(fc.constantFrom(...joins), { maxLength: 2, selector: (join) => / as ([du])\b/.exec(join)?.[1] }),
      where: fc.uniqueArray(fc.constantFrom(...conditions), { maxLength: 3 }),
      end: fc.constantFrom(...ends),
      shape: fc.constantFrom(...chosen),
      lookup: fc.constantFrom('', 'has', 'lacks'),
    })
    .map(({ joins: joined, where, end, shape, lookup }) => {
      const length = shape === 'script' ? ", script number $$ return (P && P['status'] || '').length $$ as length" : ', 6 as length';
      const columns = {
        plain: `p.employeeNumber as nr, p.salary${length}`,
        distinct: `distinct p.employeeNumber as nr, p.salary${length}`,
        'distinct on': `distinct on (p.salary) p.employeeNumber as nr, p.salary${length}`,
        moment: `distinct on (p.changedAt) p.employeeNumber as nr, p.salary${length}`,
        group: 'p.employeeNumber as nr, count(*) as n',
        script: `p.employeeNumber as nr, p.salary${length.replaceAll('P', 'p')}`,
        append: `p.employeeNumber as nr, p.salary${length}`,
      }[shape];
      const conditionText = where.length > 0 ? `\nwhere ${where.map((one) => `(${one})`).join(' and ')}` : '';
      const group = shape === 'group' ? '\ngroup by p.employeeNumber having count(*) < 3' : '';
      // What is not grouped, and what appended rows do not have, cannot sort.
      const isOut = { group: /length|salary|changedAt|exclude/, append: /changedAt/ }[shape as string]?.test(end) === true;
      const tail = isOut ? '' : `\n${end}`;
      const extra = `${shape === 'append' ? '\nappend Other' : ''}\nlookup has include nr in directory.users.employeeNumber\nlookup lacks exclude nr in directory.users.employeeNumber`;
      return {
        lookup,
        text: `parameter most number default 2\nselect ${columns}\nfrom hr.persons as p\n${joined.join('\n')}${conditionText}${group}${tail}${extra}`,
      };
    });

const other = "select q.employeeNumber as nr, q.salary, 6 as length from hr.persons as q where q.status = 'leaver'";

beforeAll(() => prepareScripts(openWith({ F: 'select script $$ return 1 $$ as x from hr.persons' }).workspace));

/** Holds what is said of every person against the rows of the filter. */
function expectAgreement(held: Rows, { text, lookup }: { readonly text: string; readonly lookup: string }): void {
  const open = openWith({ F: text, Other: other });
  const vault = vaultOf(held);
  const reference = lookup === '' ? 'F' : `F[${lookup}]`;
  try {
    const given = [...filterRows(open, vault, reference, [], day).rowsWithProblems()];
    for (const value of [...keys, 'Z']) {
      const times = given.filter((row) => row['nr'] === value).length;
      const found = explainRow(open, vault, reference, { parameters: {} }, { kind: 'table', value }, day);
      const about = `${value}\n${text}\n${found.sentence}\n${found.steps.map(({ sentence }) => sentence).join('\n')}`;
      expect(found.verdict, about).toBe(times > 0 ? 'here' : 'not-here');
      expect(found.times, about).toBe(times);
      if (times === 0) expect(found.steps[found.droppedBy ?? -1]?.outcome, about).toBe('dropped');
    }
    for (const { nr = null, salary } of given.slice(0, 5)) {
      const values = salary === undefined ? { nr } : { nr, salary };
      const times = given.filter((row) => row['nr'] === nr && row['salary'] === salary).length;
      const found = explainRow(open, vault, reference, { parameters: {} }, { kind: 'output', values }, day);
      expect({ verdict: found.verdict, times: found.times }, `${JSON.stringify(values)}\n${text}`).toEqual({ verdict: 'here', times });
    }
    const none = explainRow(open, vault, reference, { parameters: {} }, { kind: 'output', values: { nr: 'Z' } }, day);
    expect(none).toMatchObject({ verdict: 'not-here', droppedBy: expect.any(Number) as number });
  } finally {
    vault.close();
  }
}

describe('why a row is there, or not, is what running the filter says', () => {
  test('for every person and any filter', { timeout: 60_000 }, () => {
    fc.assert(fc.property(rows, filterOf(shapes.filter((shape) => shape !== 'script')), expectAgreement), { numRuns: 120 });
  });

  // A sandbox is made for every look at a script, so there are fewer.
  test('with scripts, too', { timeout: 60_000 }, () => {
    fc.assert(fc.property(rows, filterOf(['script']), expectAgreement), { numRuns: 12 });
  });
});
