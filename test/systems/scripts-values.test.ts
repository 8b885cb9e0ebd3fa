import { describe, expect, test } from 'vitest';
import type { Cell } from '../../engine/run/records.ts';
import type { ScriptStage, ScriptType } from '../../engine/model/script/script-stage.ts';
import { column, over, problem, runStage, u, value } from '../support/script-stage.ts';

describe('a day', () => {
  test('of a point in time is the one of the zone; midnight in UTC, as `new Date` makes it of a day, stays that day', () => {
    const there = { timeZone: 'America/New_York' };
    expect(value('return "2026-05-11T00:30:00Z"', 'date', there)).toBe('2026-05-10');
    expect(value('return new Date("2026-05-11T00:30:00Z")', 'date', there)).toBe('2026-05-10');
    expect(value('return new Date("2026-05-11")', 'date', there)).toBe('2026-05-11');
    expect(value('return new Date()', 'date', { ...there, now: Date.parse('2026-05-11T02:00:00Z') })).toBe('2026-05-10');
  });

  test.for(['Asia/Tokyo', 'America/New_York', 'UTC'])('made of its parts is that day, whatever clock the machine has: %s', (machine) => {
    const { TZ: before } = process.env;
    process.env['TZ'] = machine;
    try {
      expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(machine);
      expect(value('return new Date(2026, 6, 31)', 'date')).toBe('2026-07-31');
      expect(value('return new Date("2026-07-31")', 'date')).toBe('2026-07-31');
      expect(value('return "2026-07-30T22:30:00Z"', 'date')).toBe('2026-07-31');
      expect(value('return new Date("2026-07-30T22:30:00Z")', 'date')).toBe('2026-07-31');
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  test('that is none fails its row alone, and its column alone', () => {
    const stage: ScriptStage = {
      inputs: [u('x', 0)],
      presences: [],
      columns: [column('return U.x', 'date', 'day'), column('return U.x', 'text', 'text')],
    };
    const made = runStage(stage, [['2026-05-10T22:30:00Z'], ['soon'], ['2026-05-12'], [null]], {}, 2);
    expect(made.map(({ values }) => values)).toEqual([
      ['2026-05-11', '2026-05-10T22:30:00Z'],
      [null, 'soon'],
      ['2026-05-12', '2026-05-12'],
      [null, null],
    ]);
    expect(made.map(({ problem }) => problem)).toEqual([null, 'day: The value "soon" is no date (yyyy-mm-dd).', null, null]);
  });
});

describe('values in', () => {
  const inputs = [u('mail', 0), u('active', 1, 'boolean'), u('tags', 2, 'list'), u('nr', 3, 'number'), u('day', 4, 'date')];
  const see = (code: string, row: readonly Cell[]) => runStage({ inputs, presences: [], columns: [column(code, 'text')] }, [row])[0];

  test('are texts, numbers, booleans and arrays, in every notation of NIM', () => {
    const row = ['a@b.test', 1, '["x","y"]', 12.5, '2026-01-31'];
    const code = `return JSON.stringify([U['mail'], U.mail, data['U']['mail'], data.U.active, U.tags, U.nr, U.day])`;
    expect(see(code, row)).toEqual({ values: ['["a@b.test","a@b.test","a@b.test",true,["x","y"],12.5,"2026-01-31"]'], problem: null });
  });

  test('of a wrong kind stay what they are; null stays null', () => {
    const code = 'return JSON.stringify(Object.entries(U))';
    expect(see(code, [null, null, null, null, null])?.values[0]).toBe(
      '[["mail",null],["active",null],["tags",null],["nr",null],["day",null]]',
    );
    expect(see(code, [1, 'n/a', '{"no":"list"', '12345678901234567890', ''])?.values[0]).toBe(
      '[["mail",1],["active","n/a"],["tags","{\\"no\\":\\"list\\""],["nr","12345678901234567890"],["day",""]]',
    );
  });

  test.for(['emoji 😀🏳️‍🌈', 'NUL \0 within', 'lone \ud800 half', 'quotes \'"`\\ and ${x}', '\u2028\u2029', '"],0,[1', ''])(
    'come and go as they are: %j',
    (text) => {
      expect(over('return U.x', [text])[0]).toEqual({ values: [text], problem: null });
    },
  );

  test('a table that a left join did not find is undefined', () => {
    const stage = {
      inputs: [u('x', 0)],
      presences: [{ alias: 'U', index: 1 }],
      columns: [column("return U ? U.x : data['U'] === undefined ? 'none' : 'some'")],
    };
    const made = runStage(stage, [['a', 1], [null, null], ['b', 0]]); // oxfmt-ignore
    expect(made.map(({ values }) => values[0])).toEqual(['a', 'none', 'b']);
    const [row] = runStage({ ...stage, columns: [column('return U.x', 'any', 'mail')] }, [[null, null]]);
    expect(row?.problem).toMatch(/^mail: TypeError: .*undefined.* \(line 1\)$/);
  });

  test('names that are no words, or mean something in JavaScript, are only names', () => {
    const names = ['two words', '__proto__', 'constructor', 'class', '"', "'", '${x}', '\n', '😀', 'data'];
    const stage: ScriptStage = {
      inputs: names.map((name, index) => ({ alias: name, column: name, type: 'text', index })),
      presences: [],
      columns: names.map((name) => column(`return data[${JSON.stringify(name)}][${JSON.stringify(name)}]`, 'text', name)),
    };
    expect(runStage(stage, [names.map((_, i) => `v${i}`)])[0]).toEqual({ values: names.map((_, i) => `v${i}`), problem: null });
  });

  test('a script may declare what has the name of a table', () => {
    expect(value("const U = data['U']; return U.x")).toBe('x');
    expect(value('function U() { return 7 } return U()')).toBe(7);
  });

  test('a table with the name of a built-in is the table', () => {
    const stage = { inputs: [u('x', 0, 'text', 'Map')], presences: [], columns: [column("return Map['x'] + typeof Set")] };
    expect(runStage(stage, [['a']])[0]?.values).toEqual(['afunction']);
  });

  test('a thousand columns, by name and handled as a whole', () => {
    const inputs = Array.from({ length: 1000 }, (_, i) => u(`c${i}`, i));
    const stage = { inputs, presences: [], columns: [column('return Object.keys(U).length + U[`c${999}`]'), column('return U.c500')] };
    expect(runStage(stage, [inputs.map((_, i) => i)])[0]?.values).toEqual([1999, 500]);
  });
});

describe('values out', () => {
  test.for<readonly [string, ScriptType, Cell]>([
    ['return', 'any', null],
    ['return null', 'any', null],
    ['return NaN', 'any', null],
    ['return 1/0', 'any', null],
    ['return new Date(undefined)', 'any', null],
    ['return true', 'any', 'true'],
    ['return 1.5', 'any', 1.5],
    ['return 10n ** 20n', 'any', '100000000000000000000'],
    ['return new Date(0)', 'any', '1970-01-01T00:00:00.000Z'],
    ['return [1, "a"]', 'any', '[1,"a"]'],
    ['return { a: 1 }', 'any', '{"a":1}'],
    ['return 1.5', 'text', '1.5'],
    ['return false', 'text', 'false'],
    ['return " 12.50 "', 'number', 12.5],
    ['return ""', 'number', null],
    ['return true', 'number', 1],
    ['return "12345678901234567890"', 'number', '12345678901234567890'],
    ['return true', 'boolean', 1],
    ['return 0', 'boolean', 0],
    ['return " False "', 'boolean', 0],
    ['return "2026-01-31T10:00:00Z"', 'date', '2026-01-31'],
    ['return new Date("2026-01-31")', 'date', '2026-01-31'],
    ['return new Date(2026, 0, 31)', 'date', '2026-01-31'],
    ['return "2026-05-10T22:30:00Z"', 'date', '2026-05-11'],
    ['return "2026-05-10T23:30:00+0200"', 'date', '2026-05-10'],
    ['return "2026-05-10 23:30"', 'date', '2026-05-10'],
    ['return new Date("2026-05-10T22:30:00Z")', 'date', '2026-05-11'],
    ['return new Date("2026-05-10T00:00:00Z")', 'date', '2026-05-10'],
    ['return "9999-12-31T23:59:59Z"', 'date', '9999-12-31'],
    ['return ""', 'date', null],
    ['return "2026-01-31 10:00"', 'datetime', '2026-01-31 10:00'],
    ['return new Date(0)', 'datetime', '1970-01-01T00:00:00.000Z'],
  ])('%s as %s', ([code, type, expected]) => {
    expect(value(code, type)).toBe(expected);
  });

  test.for<readonly [string, ScriptType, RegExp]>([
    ['return "n/a"', 'number', /"n\/a" is no number/],
    ['return "0x10"', 'number', /is no number/],
    ['return {}', 'number', /an object is no number/],
    ['return "yes"', 'boolean', /"yes" is no boolean/],
    ['return 2', 'boolean', /is no boolean/],
    ['return "31.01.2026"', 'date', /is no date/],
    ['return "2026-02-31"', 'date', /is no date/],
    ['return "2026-05-10 or so"', 'date', /"2026-05-10 or so" is no date/],
    ['return 20260131', 'date', /is no date/],
    ['return new Date(1e15)', 'date', /is no date/],
    ['return "2026-05-10T25:00:00Z"', 'datetime', /"2026-05-10T25:00:00Z" is no datetime/],
    ['return "2026-05-10t10:00z"', 'datetime', /is no datetime/],
    ['return "today"', 'datetime', /is no datetime/],
    ['return () => 1', 'any', /gives a function/],
    ['return Symbol("x")', 'any', /gives a symbol/],
    ['return Promise.resolve(1)', 'any', /promise/],
    ['const a = {}; a.a = a; return a', 'any', /circular/],
    ['return { toJSON() { throw new Error("no") } }', 'any', /Error: no/],
  ])('%s as %s is a problem', ([code, type, expected]) => {
    expect(problem(code, type)).toMatch(expected);
  });
});

describe('what is thrown', () => {
  test.for<readonly [string, RegExp]>([
    ['\n\nthrow new Error("so")', /^c: Error: so \(line 3\)$/],
    ['return days == 15 || day == 7; var days', /ReferenceError: day is not defined/],
    ['throw null', /threw null/],
    ['throw undefined', /threw undefined/],
    ['throw "a text"', /threw a text/],
    ['throw { toString() { throw 1 }, toJSON() { throw 2 } }', /cannot be shown/],
    ['const e = new Error(""); Object.defineProperty(e, "message", { get() { throw 1 } }); throw e', /cannot be shown/],
    ['throw Symbol("x")', /threw a symbol/],
    ['throw new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 1 } })', /cannot be shown/],
    ['throw "x".repeat(1e6)', /^c: The script threw x{300}\.$/],
    ['(function f() { f() })()', /call stack|stack overflow/i],
    ['return JSON.stringify(JSON.parse("[".repeat(1e5) + "]".repeat(1e5)))', /stack/i],
  ])('%j is a problem of its row', ([code, expected]) => {
    expect(problem(code)).toMatch(expected);
  });

  test('the rows around it have their values', () => {
    const made = over('if (U.x === "b") throw new Error("no"); return U.x', ['a', 'b', 'c']);
    expect(made).toEqual([
      { values: ['a'], problem: null },
      { values: [null], problem: 'c: Error: no (line 1)' },
      { values: ['c'], problem: null },
    ]);
  });

  test('code that does not compile is a problem of every row', () => {
    for (const row of over('return (', ['a', 'b'])) expect(row.problem).toMatch(/does not compile/);
  });
});
