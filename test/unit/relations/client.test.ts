import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changed } from '../../../client/features/data-model/changed.ts';
import { candidateLine, matchLines, relationLine } from '../../../client/features/data-model/words.ts';
import type { RelationMatch } from '../../../engine/run/relations/relation-report.ts';

const from = { system: 'hr', table: 'persons', column: 'unit' };
const to = { system: 'hr', table: 'units', column: 'code' };

const match: RelationMatch = {
  from,
  to,
  leftOnly: { values: 2, rows: 3, samples: ['A', 'B'] },
  common: { values: 1, rows: 1, rightRows: 1, samples: ['U1'] },
  rightOnly: { values: 0, rows: 0, samples: [] },
  leftEmpty: 4,
  rightEmpty: 0,
  score: 33.3,
  folded: { values: 1, samples: [['"u1 "', '"U1"']] },
  types: ['text', 'number'],
};

test('a candidate says how much speaks for it, and what against it', () => {
  const candidate = {
    from,
    to,
    target: 'key',
    score: 100,
    values: 8,
    found: 8,
    unmatched: [],
    folded: 0,
    sampled: false,
    known: false,
    best: true,
  } as const;
  expect(candidateLine(candidate)).toEqual({ label: 'persons.unit → units.code', description: '100 % · 8 of 8' });
  expect(
    candidateLine({
      ...candidate,
      to: { ...to, system: 'ad' },
      target: 'reference',
      sampled: true,
      doubt: 'small numbers',
      folded: 2,
      unmatched: ['x'],
    }),
  ).toEqual({
    label: 'hr.persons.unit → ad.units.code',
    description: '100 % · 8 of 8 looked at · reference key',
    detail: 'small numbers · 2 more without blanks and case · not found: x',
  });
});

test('a relation and its match, line by line', () => {
  expect(relationLine({ kind: 'reference', from, to, match })).toEqual({
    label: 'hr.persons.unit → hr.units.code',
    description: '33.3 % · 2 left only · 1 common · 0 right only',
  });
  expect(relationLine({ kind: 'inter-system', from, to })).toMatchObject({ description: 'not collected' });
  expect(
    matchLines(match).map(({ label, description, detail }) => [label, description, ...(detail === undefined ? [] : [detail])]),
  ).toEqual([
    ['Only in hr.persons.unit', '2 values in 3 rows', 'A, B'],
    ['In both', '1 value in 1 row', 'U1'],
    ['Only in hr.units.code', '0 values in 0 rows'],
    ['Rows without a value', '4 left · 0 right'],
    ['Would match without blanks and case', '1 values', '"u1 " = "U1"'],
    ['Unlike types', 'text and number', 'A text never equals a number in a join.'],
  ]);
});

test('of a changed text only the changed piece is replaced', () => {
  expect(changed('a b c', 'a x c')).toEqual({ from: 2, to: 3, piece: 'x' });
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const { from: start, to: end, piece } = changed(before, after);
      expect(before.slice(0, start) + piece + before.slice(end)).toBe(after);
    }),
  );
});
