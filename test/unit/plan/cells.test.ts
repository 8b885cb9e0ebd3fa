import { expect, test } from 'vitest';
import { convert, sameValue, shown, toShown, toWire } from '../../../engine/run/plan/cells.ts';

test.each([
  ['true', 'boolean', undefined, 1],
  ['FALSE', 'boolean', undefined, 0],
  ['1', 'boolean', undefined, 1],
  ['yes', 'boolean', undefined, 'yes'],
  [1, 'text', 'boolean', 'true'],
  [0, 'text', 'boolean', 'false'],
  [1, 'text', 'number', '1'],
  ['42', 'number', undefined, 42],
  ['042', 'number', undefined, '042'],
  ['12345678901234567890', 'number', undefined, '12345678901234567890'],
  ['', 'number', undefined, ''],
  ['2026-05-10T12:00:00Z', 'date', undefined, '2026-05-10'],
  ['2026-05-10T22:30:00Z', 'date', undefined, '2026-05-11'],
  ['2026-05-10T22:30:00', 'date', undefined, '2026-05-10'],
  ['2026-13-01', 'date', undefined, '2026-13-01'],
  ['2026-05-101', 'date', undefined, '2026-05-101'],
  [null, 'text', undefined, null],
] as const)('%j as %s (from %s) is %j', (value, type, from, wanted) => {
  expect(convert(value, { type, timeZone: 'Europe/Amsterdam' }, from)).toBe(wanted);
});

test.each([
  [null, '', 'text', true],
  ['a', 'A', 'text', false],
  [5, '5', 'text', true],
  ['true', 1, 'boolean', true],
  ['["a","b"]', '["b","a","b"]', 'list', true],
  ['["a"]', '["a","b"]', 'list', false],
  ['2026-05-10T12:00:00Z', '2026-05-10T14:00:00.000+02:00', 'datetime', true],
  ['2026-05-10T12:00:00', '2026-05-10T12:00:00Z', 'datetime', false],
  ['2026-05-10T14:00:00', '2026-05-10T12:00:00Z', 'datetime', true],
  ['2026-05-10T22:30:00Z', '2026-05-11', 'date', true],
  ['soon', 'soon', 'datetime', true],
] as const)('%j and %j as %s are the same: %s', (a, b, type, wanted) => {
  expect(sameValue(a, b, { type, timeZone: 'Europe/Amsterdam' })).toBe(wanted);
});

test('JSON gets booleans and lists as such, and a record shows booleans', () => {
  expect([toWire(1, 'boolean'), toWire('["a"]', 'list'), toWire('[broken', 'list'), toWire('1', 'list'), toWire(1, 'number')]).toEqual([
    true,
    ['a'],
    '[broken',
    '1',
    1,
  ]);
  expect([toShown(0, 'boolean'), toShown(2, 'boolean'), toShown('["a"]', 'list')]).toEqual([false, 2, '["a"]']);
  expect([shown(null), shown(''), shown(0), shown('a"b')]).toEqual(['nothing', 'nothing', '0', '"a\\"b"']);
});
