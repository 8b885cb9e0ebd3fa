import { Script } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { builtInNames } from '../../engine/model/script/known-names.ts';
import { loadScripts } from '../../engine/run/scripts/load-scripts.ts';
import type { Cell } from '../../engine/run/records.ts';

const create = await loadScripts();

/** What a script gives in a zone, for each text in `U.x`. Fails where it had a problem. */
function inZone(timeZone: string, code: string, cells: readonly Cell[] = ['x'], now = Date.UTC(2026, 4, 10, 22, 30)): readonly Cell[] {
  const stage = {
    inputs: [{ alias: 'U', column: 'x', type: 'text', index: 0 } as const],
    presences: [],
    columns: [{ name: 'c', type: 'any', code } as const],
  };
  const runner = create(stage, { exists: () => false, globals: new Map(), timeZone, now });
  const made = runner.run(cells.map((cell) => [cell]));
  runner.dispose();
  expect(made.flatMap(({ problem }) => problem ?? [])).toEqual([]);
  return made.map(({ values }) => values[0] ?? null);
}

/** Runs with another clock of the machine: Node's own `Date` is then the reference. */
function onMachine<Result>(zone: string, work: () => Result): Result {
  const { TZ: before } = process.env;
  process.env['TZ'] = zone;
  try {
    expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
    return work();
  } finally {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  }
}

/** Runs the same code here, by Node's `Date`. */
function byNode(code: string, cells: readonly Cell[]): readonly Cell[] {
  const run = new Script(`(function (U) {${code}})`).runInThisContext() as (row: { readonly x: Cell }) => Cell;
  return cells.map((x) => run({ x }));
}

/** Zones with summers north and south, at midnight, of half an hour, with a day that was left out, and with none. */
const zones = [
  ...['Europe/Amsterdam', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Africa/Cairo'],
  ...['Asia/Tehran', 'Pacific/Apia', 'America/St_Johns', 'UTC'],
];

/** Half-hours around all changes of clocks in a year, as moments. */
function aroundChanges(zone: string, year: number): readonly number[] {
  const offset = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const shown = (at: number): string => offset.format(at).replace(/^.*, /, '');
  const days = Array.from({ length: 366 }, (_, day) => Date.UTC(year, 0, day));
  return days
    .filter((day) => shown(day) !== shown(day + 86_400_000))
    .flatMap((day) => Array.from({ length: 144 }, (_, half) => day - 86_400_000 + half * 1_800_000));
}

const parts = 'getFullYear getMonth getDate getDay getHours getMinutes getSeconds getMilliseconds'.split(' ');

describe('local time in a script is that of the zone', () => {
  test('and so are "now", a day made of its parts, and a text without an offset', () => {
    const code =
      'return [new Date().getDate(), new Date().getHours(), new Date(2026, 4, 10).toISOString(), new Date(U.x).toISOString()].join(" ")';
    const text = ['2026-05-10T10:00'];
    expect(inZone('Europe/Amsterdam', code, text)).toEqual(['11 0 2026-05-09T22:00:00.000Z 2026-05-10T08:00:00.000Z']);
    expect(inZone('America/New_York', code, text)).toEqual(['10 18 2026-05-10T04:00:00.000Z 2026-05-10T14:00:00.000Z']);
  });

  test.for(['Asia/Tokyo', 'America/New_York'])('whatever clock the machine has: %s', (machine) => {
    const code =
      'return [new Date(U.x).toString(), new Date(2026, 0, 31, 12).toISOString(), Date.parse("May 10, 2026"), Date()].join(" | ")';
    expect(onMachine(machine, () => inZone('Europe/Amsterdam', code, ['2026-05-10T22:30:00Z']))).toEqual([
      `Mon May 11 2026 00:30:00 GMT+0200 | 2026-01-31T11:00:00.000Z | ${Date.UTC(2026, 4, 9, 22)} | Mon May 11 2026 00:30:00 GMT+0200`,
    ]);
  });

  test.for(zones)('as JavaScript has it, hour by hour where clocks change: %s', (zone) => {
    const moments = [2011, 2026].flatMap((year) => aroundChanges(zone, year));
    const some = [
      ...moments,
      0,
      -1,
      Date.UTC(1969, 6, 20),
      Date.UTC(2000, 1, 29, 23, 59),
      Date.UTC(2400, 6, 1),
      Date.UTC(2811, 6, 1),
      253402300799000,
    ];
    const read = `const d = new Date(Number(U.x)); return [${parts.map((part) => `d.${part}()`).join(', ')}, d.getTimezoneOffset()].join(' ')`;
    const written = `const d = new Date(Number(U.x)); const wall = new Date(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCHours(), d.getUTCMinutes());
      const moved = new Date(wall); moved.setDate(moved.getDate() + 1); moved.setHours(moved.getHours() - 3, 15);
      const text = new Date(d.toISOString().slice(0, 19)); return [wall.getTime(), moved.getTime(), moved.setMonth(0), text.getTime()].join(' ')`;
    const cells = some.map(String);
    for (const code of [read, written]) expect(inZone(zone, code, cells)).toEqual(onMachine(zone, () => byNode(code, cells)));
  });

  test('of texts with an offset or a zone stays the moment that they say', () => {
    const said = [
      '2026-05-10T10:00Z',
      '2026-05-10T10:00+02:00',
      '2026-05-10 10:00:00 UTC',
      'Sun, 10 May 2026 10:00:00 GMT',
      '10 May 2026 10:00 PDT',
    ];
    const code = 'return String(Date.parse(U.x))';
    const wanted = [10, 8, 10, 10, 17].map((hour) => String(Date.UTC(2026, 4, 10, hour)));
    for (const zone of ['Asia/Tokyo', 'America/New_York']) expect(inZone(zone, code, said)).toEqual(wanted);
    expect(inZone('Asia/Tokyo', code, ['2026-05-10', '2026-05', 'soon', ''])).toEqual([
      String(Date.UTC(2026, 4, 10)),
      String(Date.UTC(2026, 4, 1)),
      'NaN',
      'NaN',
    ]);
  });

  test('of texts without one is that of the zone, however they are written', () => {
    const said = [
      'May 10, 2026 10:00',
      '10 May 2026 10:00 (UTC)',
      '2026/05/10 10:00',
      '05/10/2026 10:00 AM',
      '2026-05-10 10:00',
      '2026-05-10T10:00:00.000',
    ];
    for (const machine of ['UTC', 'Asia/Tokyo']) {
      const made = onMachine(machine, () => inZone('Europe/Amsterdam', 'return new Date(U.x).toISOString()', said));
      expect(made).toEqual(said.map(() => '2026-05-10T08:00:00.000Z'));
    }
  });

  test('leaves everything else of a date as it was', () => {
    const code = `
      const sayer = { valueOf() { return '2026-05-10T10:00'; } }, odd = { [Symbol.toPrimitive]: () => 5 };
      const d = new Date(2026, 4, 10); class Own extends Date {} const own = new Own(2026, 4, 10);
      const bad = new Date(NaN); bad.setDate(1); const year = new Date(NaN); year.setFullYear(2026);
      const nested = new Date(2026, 4, 10); nested.setDate({ valueOf() { new Date(0).getDate(); return 3; } });
      return [new Date(sayer).toISOString(), new Date(odd).getTime(), new Date(d).getTime() === d.getTime(), own instanceof Own && own.getDate(),
        new Date(undefined).getTime(), new Date(null).getTime(), bad.getDate(), year.getTime(), nested.getDate(), new Date(99, 0, 1).getFullYear(),
        d + '', d.toLocaleString(), d.getYear(), typeof Date(), Date.prototype.getDate.name, Date.prototype.setHours.length,
        String(bad), new Date(-100, 1, 1).toDateString()].join('|')`;
    expect(inZone('America/New_York', code)).toEqual([
      '2026-05-10T14:00:00.000Z|5|true|10|NaN|0|NaN|1767243600000|3|1999|' +
        'Sun May 10 2026 00:00:00 GMT-0400|05/10/2026, 12:00:00 AM|126|string|getDate|4|Invalid Date|Thu Feb 01 -0100',
    ]);
  });

  test('is written as the language that a script names does, in that zone', () => {
    const code = `const d = new Date(U.x); const long = { weekday: 'long', day: 'numeric', month: 'long' };
      return [d.toLocaleDateString('nl-NL'), d.toLocaleTimeString('de-DE'), d.toLocaleDateString('nl-NL', long),
        d.toLocaleString(['en-GB'], { timeZone: 'UTC' }), d.toLocaleDateString(undefined, { year: 'numeric' }), new Date(NaN).toLocaleString('nl')].join('|')`;
    expect(inZone('Europe/Amsterdam', code, ['2026-05-10T22:30:00Z'])).toEqual([
      '11-5-2026|00:30:00|maandag 11 mei|10/05/2026, 22:30:00|2026|Invalid Date',
    ]);
    const wrong = "try { return new Date(0).toLocaleString('no language'); } catch (error) { return error.name; }";
    expect(inZone('Europe/Amsterdam', wrong)).toEqual(['RangeError']);
    const long = "try { return new Date(0).toLocaleString(Array(100000).fill('nl')); } catch (error) { return error.message; }";
    expect(inZone('Europe/Amsterdam', long)).toEqual(['Too many languages or options for one date.']);
  });

  test('of nothing but a date is refused', () => {
    const code = 'try { Date.prototype.getDate.call({}); return "no"; } catch (error) { return error.name; }';
    expect(inZone('Europe/Amsterdam', code)).toEqual(['TypeError']);
  });
});

test('every name that scripts are said to have is there', () => {
  const names = [...builtInNames];
  const there = inZone('UTC', 'return U.x in globalThis', names);
  expect(names.filter((_, index) => there[index] !== 'true')).toEqual([]);
});
