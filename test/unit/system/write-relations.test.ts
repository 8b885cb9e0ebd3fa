import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ColumnRef } from '../../../engine/model/system/catalog.ts';
import { writeInterSystem, writeReferences } from '../../../engine/model/system/write-relations.ts';

const ref = (table: string, column: string, system = 'hr'): ColumnRef => ({ system, table, column });
const isKey = ({ column }: ColumnRef): boolean => column === 'id';

test('a reference goes under its table, with comments and layout as they are', () => {
  const text = '{\n\t// ours\n\t"tables": {\n\t\t"persons": { "key": "id" }, // first\n\t\t"units": {}\n\t}\n}\n';
  const made = writeReferences(text, [{ from: ref('persons', 'unit'), to: ref('units', 'id') }], isKey);
  expect(made).toContain('\t// ours\n');
  expect(made).toContain('// first');
  expect(made).toMatch(/\t+"relations": \{\n?\s*"unit": "units"/);
});

test('to a reference key by its column; to a second table as a list; never twice', () => {
  const wanted = [
    { from: ref('members', 'who'), to: ref('users', 'id') },
    { from: ref('members', 'who'), to: ref('groups', 'mail') },
    { from: ref('members', 'who'), to: ref('users', 'id') },
  ];
  const made = writeReferences(undefined, wanted, isKey);
  expect(JSON.parse(made)).toEqual({ tables: { members: { relations: { who: ['users', 'groups.mail'] } } } });
  expect(writeReferences(made, wanted, isKey)).toBe(made);
});

test('relations between systems are added behind those there are', () => {
  const first = { from: ref('persons', 'mail'), to: ref('users', 'upn', 'ad') };
  const one = writeInterSystem(undefined, [first]);
  const two = writeInterSystem(one, [{ from: ref('units', 'id'), to: ref('groups', 'id', 'ad') }]);
  expect((JSON.parse(two) as { readonly relations: readonly object[] }).relations).toEqual([
    { left: first.from, right: first.to },
    { left: ref('units', 'id'), right: ref('groups', 'id', 'ad') },
  ]);
});

test('names of any letters stay names', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (table, column, target) => {
      fc.pre(![table, column, target].includes('__proto__'));
      const made = writeReferences('{ "tables": {} }', [{ from: ref(table, column), to: ref(target, 'id') }], isKey);
      expect(JSON.parse(made)).toEqual({ tables: { [table]: { relations: { [column]: target } } } });
    }),
  );
});
