import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayIn, momentIn, movedIn, momentText } from '../../../engine/model/filter/day-and-time.ts';
import { isTimeZone, offsetAt } from '../../../engine/model/filter/time-zone.ts';
import { personRow } from '../../support/person-row.ts';
import { compileText, memoryVault, rowsOf } from './vault.ts';

const hour = 60 * 60 * 1000;

describe('time zones', () => {
  it('are known by their names', () => {
    expect(['Europe/Amsterdam', 'UTC', 'Pacific/Apia'].every(isTimeZone)).toBe(true);
    expect(['', 'Amsterdam', '+02:00', 'Europe/Amsterdm', '\0'].some(isTimeZone)).toBe(false);
  });
  it('put clocks forward and back to the second', () => {
    const at = (text: string): number => offsetAt('Europe/Amsterdam', Date.parse(text)) / hour;
    expect([at('2026-03-29T00:59:59Z'), at('2026-03-29T01:00:00Z')]).toEqual([1, 2]);
    expect([at('2026-10-25T00:59:59Z'), at('2026-10-25T01:00:00Z')]).toEqual([2, 1]);
  });
  it.each(['Europe/Amsterdam', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Pacific/Apia', 'Asia/Kathmandu'])(
    'give the day that a calendar there shows: %s',
    (zone) => {
      const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
      const moments = fc.integer({ min: Date.parse('1950-01-01') / 1000, max: Date.parse('2060-01-01') / 1000 });
      fc.assert(
        fc.property(moments, (seconds) => {
          const text = new Date(seconds * 1000).toISOString();
          expect(dayIn(zone, text)).toBe(calendar.format(seconds * 1000));
          expect(momentIn(zone, text)).toBe(seconds * 1000);
        }),
      );
    },
  );
});

describe('points in time', () => {
  const zone = 'Europe/Amsterdam';
  it.each([
    ['2026-05-10', '2026-05-10'],
    ['2026-05-10T21:59:59Z', '2026-05-10'],
    ['2026-05-10T22:00:00Z', '2026-05-11'],
    ['2026-05-10T22:00:00.000+0000', '2026-05-11'],
    ['2026-05-11T01:00:00+03:00', '2026-05-11'],
    // Without an offset it is a time here, whatever UTC has.
    ['2026-05-10 23:59', '2026-05-10'],
    ['2026-05-10T24:00:00', '2026-05-11'],
    // What systems write for "never".
    ['9999-12-31T23:59:59Z', '9999-12-31'],
    ['9999-12-31T23:59:59.9999999Z', '9999-12-31'],
    ['0001-01-01T00:00:00Z', '0001-01-01'],
    ['0001-01-01T00:00:00', '0001-01-01'],
    ['0000-01-01T00:00:00+14:00', '0000-01-01'],
    ['1601-01-01T00:00:00Z', '1601-01-01'],
  ])('%s is on %s', (text, day) => {
    expect(dayIn(zone, text)).toBe(day);
  });
  it.each([
    '',
    '2026',
    '2026-13-01',
    '2026-02-30',
    '2026-2-3',
    '2026-05-10T',
    '2026-05-10T25:00',
    '2026-05-10T10:61',
    '2026-05-10T10:00:00.',
    '2026-05-10T10:00ZZ',
    '2026-05-10T10:00+99:00',
    '2026-05-10 or so',
    'now',
  ])('%s is none', (text) => {
    expect([dayIn(zone, text), momentIn(zone, text)]).toEqual([null, undefined]);
  });
  it('come on other days at the same hour, also when clocks change between', () => {
    expect(momentText(movedIn(zone, '2026-10-24T22:30:00Z', 1))).toBe('2026-10-25T23:30:00Z');
    expect(momentText(movedIn(zone, '2026-10-24T22:30:00Z', -1))).toBe('2026-10-23T22:30:00Z');
    expect(momentText(movedIn(zone, '2026-03-28T01:30:00Z', 1))).toBe('2026-03-29T01:30:00Z');
  });
  it('are moved and told in the first centuries, too', () => {
    expect(momentText(movedIn(zone, '0001-01-01T00:00:00Z', 1))).toBe('0001-01-02T00:00:00Z');
    expect(momentIn(zone, '0001-01-01T00:00:00')).toBeLessThan(momentIn(zone, '0100-01-01') ?? 0);
    expect(dayIn('America/New_York', '0001-01-01T00:00:00Z')).toBe('0000-12-31');
  });
  it('that clocks show twice are the first of the two, those that they leave out come later', () => {
    expect(momentText(momentIn(zone, '2026-10-25 02:30'))).toBe('2026-10-25T00:30:00Z');
    expect(momentText(momentIn(zone, '2026-03-29 02:30'))).toBe('2026-03-29T01:30:00Z');
  });
});

describe('filters', () => {
  const person = (employeeNumber: string, endDate: string, changedAt: string) => personRow({ employeeNumber, endDate, changedAt });
  const vault = memoryVault({
    'hr.persons': [
      person('evening', '2026-05-10T21:30:00Z', '2026-05-10T21:30:00Z'),
      person('night', '2026-05-10T22:30:00Z', '2026-05-10T22:30:00Z'),
      person('local', '2026-05-10 23:30', '2026-05-10 23:30'),
      person('day', '2026-05-10', '2026-05-10'),
    ],
  });
  const found = (condition: string, timeZone: string): unknown[] =>
    rowsOf(vault, `select employeeNumber from hr.persons where ${condition} order by 1`, { timeZone }).flat();
  it.each([
    [`endDate = '2026-05-10'`, ['day', 'evening', 'local']],
    [`changedAt = '2026-05-10'`, ['day', 'evening', 'local']],
    [`endDate <= today()`, ['day', 'evening', 'local']],
    [`date(changedAt) = today()`, ['day', 'evening', 'local']],
    [`cast(changedAt as date) = today()`, ['day', 'evening', 'local']],
    [`day(changedAt) = 10`, ['day', 'evening', 'local']],
    [`changedAt - today() = 1`, ['night']],
    [`endDate + 1 > '2026-05-11'`, ['night']],
    [`changedAt + 1 > '2026-05-11'`, ['night']],
    [`changedAt > '2026-05-10T21:30:00Z'`, ['night']],
    [`changedAt = '2026-05-10T21:30:00Z'`, ['evening', 'local']],
    [`changedAt = '2026-05-10T23:30:00+0200'`, ['evening', 'local']],
    [`cast(changedAt as datetime) = changedAt`, ['day', 'evening', 'local', 'night']],
    [`changedAt < '2026-05-09T22:00:00Z'`, []],
    [`changedAt in ('2026-05-11', '2026-05-10T21:30:00Z')`, ['evening', 'local', 'night']],
  ])('take the day that a point in time is on there: %s', (condition, there) => {
    expect(found(condition, 'Europe/Amsterdam')).toEqual(there);
  });
  it.each([
    [`nullif(endDate, '2026-05-10') is null`, ['day', 'evening', 'local']],
    [`nullif(endDate, today()) is null`, ['day', 'evening', 'local']],
    [`nullif(changedAt, '2026-05-10T23:30:00+02:00') is null`, ['evening', 'local']],
    [`nullif(coalesce(endDate, changedAt, endDate, changedAt, endDate, changedAt), '2026-05-10') is null`, ['day', 'evening', 'local']],
    [`nullif(case when 1 = 1 then endDate end, '2026-05-10') = '2026-05-11'`, ['night']],
  ])('take for the same in nullif what is equal: %s', (condition, there) => {
    expect(found(condition, 'Europe/Amsterdam')).toEqual(there);
  });
  it('leave in nullif what is not the same as it was', () => {
    const shown = (what: string): unknown[] => rowsOf(vault, `select ${what} as x from hr.persons order by 1`, { timeZone: 'UTC' }).flat();
    expect(shown(`nullif(changedAt, '2026-05-11')`)).toEqual([
      '2026-05-10',
      '2026-05-10T21:30:00Z',
      '2026-05-10T22:30:00Z',
      // In UTC it is the last of them.
      '2026-05-10 23:30',
    ]);
    expect(shown(`nullif(max(endDate), max(changedAt))`)).toEqual([null]);
    expect(shown(`nullif(nullif(case when employeeNumber = 'day' then endDate else changedAt end, '2026-05-11'), '2026-05-10')`)).toEqual([
      null, null, null, null,
    ]); // oxfmt-ignore
    expect(shown(`nullif(employeeNumber, 'DAY' collate nocase)`)).toEqual([null, 'evening', 'local', 'night']);
  });
  it('take for a point in time in a parameter what is one in a column', () => {
    const given = (x: string): readonly string[] =>
      compileText('parameter x datetime\nselect employeeNumber from hr.persons where changedAt <= @x', { parameters: { x } }).codes;
    for (const text of ['2026-05-10T24:00:00', '2026-05-10T22:00+0000', '2026-05-10 22:00', '2026-05-10']) expect(given(text)).toEqual([]);
    for (const text of ['2026-05-10T24:30', '2026-05-10T22:00+99:00', '2026-02-30T22:00Z']) expect(given(text)).toEqual(['value-type']);
  });
  it('take UTC where it is asked for', () => {
    expect(found(`endDate = '2026-05-10'`, 'UTC')).toEqual(['day', 'evening', 'local', 'night']);
    expect(found(`endDate = '2026-05-10'`, 'America/New_York')).toEqual(['day', 'evening', 'local', 'night']);
  });
  it('know a point in time in the same way wherever they look at one', () => {
    const odd = memoryVault({ 'hr.persons': [person('a', '2026-05-10', '2026-05-10T22:00:00.000+0000')] });
    const shown = (what: string): unknown => rowsOf(odd, `select ${what} as x from hr.persons`, { timeZone: 'Europe/Amsterdam' })[0]?.[0];
    expect([shown('max(changedAt)'), shown('day(changedAt)'), shown("coalesce(changedAt, endDate) = '2026-05-11'")]).toEqual([
      '2026-05-10T22:00:00.000+0000',
      11,
      1,
    ]);
  });
  it('show points in time in UTC', () => {
    const shown = (what: string): unknown =>
      rowsOf(vault, `select ${what} as x from hr.persons where employeeNumber = 'local'`, { timeZone: 'Europe/Amsterdam' })[0]?.[0];
    expect([shown('cast(changedAt as datetime)'), shown('changedAt + 1'), shown('changedAt - 1')]).toEqual([
      '2026-05-10T21:30:00Z',
      '2026-05-11T21:30:00Z',
      '2026-05-09T21:30:00Z',
    ]);
  });
});
