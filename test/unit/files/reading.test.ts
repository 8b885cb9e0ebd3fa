import { expect, test } from 'vitest';
import { readDateFormat } from '../../../engine/model/files/date-format.ts';
import { readerOf, type Reading } from '../../../engine/model/files/reading.ts';

const cases: readonly (readonly [Reading, string, unknown])[] = [
  [{ type: 'text' }, ' 007 ', ' 007 '],
  [{ type: 'number' }, '007', 7],
  [{ type: 'number' }, ' 1.50 ', 1.5],
  [{ type: 'number' }, '1,5', undefined],
  [{ type: 'number', decimal: ',' }, '1,5', 1.5],
  [{ type: 'number', decimal: ',' }, '1.234,5', undefined],
  [{ type: 'number' }, '12345678901234567890', '12345678901234567890'],
  [{ type: 'number' }, '1e400', undefined],
  [{ type: 'number' }, '0x10', undefined],
  [{ type: 'boolean' }, 'Yes', true],
  [{ type: 'boolean' }, '0', false],
  [{ type: 'boolean' }, 'maybe', undefined],
  [{ type: 'boolean', yes: ['J'], no: ['N'] }, 'j', true],
  [{ type: 'boolean', yes: ['J'], no: ['N'] }, 'true', undefined],
  [{ type: 'date' }, '2024-02-30', undefined],
  [{ type: 'date', format: 'd-M-yyyy' }, '1-2-2024', '2024-02-01'],
  [{ type: 'date', format: 'yyyyMMdd' }, '20240201', '2024-02-01'],
  [{ type: 'datetime', format: 'dd/MM/yyyy HH:mm' }, '01/02/2024 09:05', '2024-02-01T09:05:00'],
  [{ type: 'datetime' }, '2024-02-01 09:05:06+01:00', '2024-02-01T09:05:06+01:00'],
  [{ type: 'datetime' }, '2024-02-01 25:05', undefined],
  [{ type: 'list', separator: '|' }, 'a| b ||c', ['a', 'b', 'c']],
];

test.each(cases)('%j reads %j as %j', (reading, text, value) => {
  expect(readerOf(reading)(text)).toEqual(value);
});

test.each(['YYYY-MM-DD', 'dd MMM yyyy', 'MM-yyyy', '', 'dd-dd-MM-yyyy'])('%j is no format of dates', (format) => {
  expect(readDateFormat(format, 'date')).toBeUndefined();
});
