import { expect, test } from 'vitest';
import { foundReading, readerOf } from '../../../engine/model/files/reading.ts';

/*
 * A column that nobody declared is one of numbers only where no two of its texts would become the same number: codes are made of digits, too.
 */

test.for<[string, readonly string[], string]>([
  ['codes of two levels', ['1.1', '1.10', '1.2'], 'text'],
  ['whole numbers beside such that end with 0', ['2', '2.0'], 'text'],
  ['what may be thousands', ['1.234', '12.500'], 'text'],
  ['what may be thousands, with hundreds', ['950', '1.234'], 'text'],
  ['minus nothing', ['-0', '1'], 'text'],
  ['amounts', ['1250.00', '3.50', '-0.10'], 'number'],
  ['numbers as a program writes them', ['1.5', '2', '0.125', '1250.75'], 'number'],
  ['fractions below one', ['0.125', '0.250'], 'number'],
])('%s: %j is %s', ([, values, type]) => {
  expect(foundReading(values, undefined).type).toBe(type);
});

test('a declared decimal mark says that no thousands are divided by it', () => {
  expect(foundReading(['1,234', '12,500'], ',').type).toBe('number');
  expect(foundReading(['1,1', '1,10'], ',').type).toBe('text');
});

test.for<[readonly string[], string]>([
  [['1', '2'], '007'],
  [['1', '2'], '+5'],
  [['1', '2'], '1e5'],
  [['1', '2'], '2.0'],
  [['1', '2'], ' 3'],
  [['1.5', '2.25'], '1.50'],
  [['1.50', '2.25'], '1.5'],
  [['1.50', '2.25'], '1'],
])('behind the beginning that was looked at, %j does not make a number of "%s"', ([values, text]) => {
  expect(readerOf(foundReading(values, undefined))(text)).toBeUndefined();
});

test('a number of the same kind is one, and a column that is declared takes any', () => {
  expect(readerOf(foundReading(['1', '2'], undefined))('2.5')).toBe(2.5);
  expect(readerOf(foundReading(['1.50', '2.25'], undefined))('1.00')).toBe(1);
  expect(readerOf(foundReading(['1', '2'], undefined))('12345678901234567890')).toBe('12345678901234567890');
  expect(readerOf({ type: 'number' })('007')).toBe(7);
});
