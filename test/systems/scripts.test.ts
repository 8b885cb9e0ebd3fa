import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell } from '../../engine/run/records.ts';
import { limits } from '../../engine/run/scripts/limits.ts';
import { loadScripts } from '../../engine/run/scripts/load-scripts.ts';
import type { ScriptGlobal, ScriptServices } from '../../engine/run/scripts/script-runner.ts';
import type { ScriptColumn, ScriptInput, ScriptStage, ScriptType } from '../../engine/model/script/script-stage.ts';

const create = await loadScripts();

interface World extends Partial<Omit<ScriptServices, 'globals'>> {
  readonly globals?: Readonly<Record<string, ScriptGlobal>>;
}

/** Runs a stage over rows, in batches of a size. */
function runStage(stage: ScriptStage, rows: readonly (readonly Cell[])[], { globals = {}, ...world }: World = {}, batch = rows.length) {
  const runner = create(stage, {
    exists: () => false,
    timeZone: 'Europe/Amsterdam',
    now: Date.UTC(2026, 0, 31, 12),
    ...world,
    globals: new Map(Object.entries(globals)),
  });
  const made = [];
  for (let at = 0; at < rows.length; at += Math.max(1, batch)) made.push(...runner.run(rows.slice(at, at + Math.max(1, batch))));
  runner.dispose();
  return made;
}

const u = (column: string, index: number, type: ScriptInput['type'] = 'text', alias = 'U'): ScriptInput => ({ alias, column, type, index });
const column = (code: string, type: ScriptType = 'any', name = 'c'): ScriptColumn => ({ name, type, code });

/** Rows of one cell, which scripts know as `U.x`. */
function over(code: string, cells: readonly Cell[], type: ScriptType = 'any', world: World = {}) {
  return runStage(
    { inputs: [u('x', 0)], presences: [], columns: [column(code, type)] },
    cells.map((cell) => [cell]),
    world,
  );
}

/** The value that a script gives; fails where it had a problem. */
function value(code: string, type: ScriptType = 'any', world: World = {}): Cell | undefined {
  const [row] = over(code, ['x'], type, world);
  expect(row?.problem, code).toBe(null);
  return row?.values[0];
}

/** What went wrong with a script. */
function problem(code: string, type: ScriptType = 'any', world: World = {}): string {
  const [row] = over(code, ['x'], type, world);
  expect(row?.values, code).toEqual([null]);
  return row?.problem ?? 'no problem';
}

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

describe('the sandbox', () => {
  test.for([
    'process',
    'require',
    'fetch',
    'setTimeout',
    'WebAssembly',
    'performance',
    'WeakRef',
    'SharedArrayBuffer',
    'Atomics',
    'queueMicrotask',
    'gc',
    'std',
    'os',
    'module',
  ])('has no %s', (name) => {
    expect(value(`return typeof ${name}`)).toBe('undefined');
    expect(problem(`return ${name}`)).toMatch(/ReferenceError/);
    expect(value(`return String(globalThis['${name}'])`)).toBe('undefined');
  });

  test.for([
    'return eval("1")',
    'return Function("return 1")()',
    'return (() => 1).constructor("return 1")()',
    'return (async () => 1).constructor("return 1")',
    'return (function* () {}).constructor("return 1")',
    'return (async function* () {}).constructor("return 1")',
    'return Reflect.construct((() => 1).constructor, ["return 1"])',
    'return Object.getPrototypeOf(class {}).constructor("return 1")()',
  ])('runs no text as code: %s', (code) => {
    expect(problem(code)).toMatch(/text as code|not defined/);
  });

  test('imports nothing', () => {
    expect(problem('return import("fs")')).toMatch(/promise|import/);
  });

  test('a function is one still', () => {
    expect(value('return [(() => 1) instanceof Function, (() => 1).constructor === Function].join()')).toBe('true,true');
  });

  const attempts = [
    'Array.prototype.map = () => "own"',
    'JSON.parse = () => "own"',
    'Object.defineProperty(Object.prototype, "own", { get() { return "own" }, set() {} })',
    'Object.prototype.own = "own"',
    '({}).__proto__.own = "own"',
    'U.__proto__.own = "own"; U.constructor.own = "own"',
    'Object.setPrototypeOf(Array.prototype, { own: "own" })',
    'globalThis.own = "own"; this.own = "own"; own = "own"',
    'String.prototype.trim = () => "own"; Number = "own"; undefined = 1',
    'arguments.callee.own = "own"',
    '(function* () {})().__proto__.__proto__.next = () => "own"; [][Symbol.iterator]().__proto__.next = () => "own"',
    'Date.now = () => "own"; Math.random = () => "own"; Math.own = "own"',
    'Error.prepareStackTrace = () => "own"; Error.stackTraceLimit = 0',
    'Symbol.prototype.description = "own"; RegExp.prototype.exec = () => "own"',
    'Map.prototype.get = () => "own"; Promise.prototype.then = () => "own"; Int8Array.prototype.__proto__.fill = () => "own"',
    'delete Array.prototype.map; delete globalThis.JSON; delete Object.prototype.toString',
    'Reflect.deleteProperty(globalThis, "Array"); Reflect.set(globalThis, "Array", "own")',
    'Helper.own = "own"; Helper.list?.push("own")',
  ];
  const state = `return [typeof globalThis.own, ({}).own, [].own, JSON.parse('[1]').map((n) => n + 1), ' a '.trim(), typeof Number, [...'ab'].join(''),
    Date.now(), typeof Math.random(), Math.own, String(new Error('e')), /a/.exec('a')[0], new Map([[1, 2]]).get(1), String({}), Helper.own, Helper.list.length,
    (() => { try { return own } catch { return 'undeclared' } })(), typeof Array, Function.own].join('|')`;
  const globals: Readonly<Record<string, ScriptGlobal>> = { Helper: { kind: 'library', code: 'return { list: [], same: (x) => x }' } };

  test.for(attempts)('no row changes what another sees: %s', (attempt) => {
    const codes = [
      column(state, 'text', 'before'),
      column(`try { ${attempt} } catch (e) {} return 1`, 'any', 'attempt'),
      column(state, 'text', 'after'),
    ];
    const stage = { inputs: [u('x', 0)], presences: [], columns: codes };
    const made = runStage(stage, [['a'], ['b'], ['c']], { globals });
    const clean = runStage({ ...stage, columns: [column(state, 'text')] }, [['a']], { globals })[0]?.values[0];
    expect(clean).toContain('undefined||');
    for (const { values, problem } of made) expect({ values, problem }).toEqual({ values: [clean, 1, clean], problem: null });
  });

  test('what a script only assigns is its own, row by row', () => {
    const made = over('if (U.x === "first") kept = "from before"; if (typeof kept !== "undefined") return kept; kept = U.x; return kept', [
      'first',
      'second',
    ]);
    expect(made.map(({ values }) => values[0])).toEqual(['from before', 'second']);
  });

  test('one script does not see what another did to the row', () => {
    const stage = {
      inputs: [u('x', 0)],
      presences: [],
      columns: [column('U.x = "changed"; data.V = 1; return U.x'), column('return U.x + typeof data.V')],
    };
    expect(runStage(stage, [['a']])[0]?.values).toEqual(['changed', 'aundefined']);
  });

  test('objects and errors of a script can have what built-ins have', () => {
    expect(value('const o = {}; o.toString = () => "own"; o.constructor = 1; o.valueOf = 2; return String(o) + o.constructor')).toBe(
      'own1',
    );
    expect(
      value(
        'class E extends Error { constructor(m) { super(m); this.name = "E" } } try { throw new E("m") } catch (e) { return e.name + e.message + String(e) }',
      ),
    ).toBe('EmE: m');
    expect(value('"use strict"; const e = new TypeError("a"); e.message = "b"; e.name = "C"; return String(e)')).toBe('C: b');
    expect(
      value(
        'function A() {} A.prototype = Object.create(Error.prototype); A.prototype.constructor = A; A.prototype.name = "A"; return new A().name',
      ),
    ).toBe('A');
  });

  test('the moment is that of the run', () => {
    expect(value('return new Date().toISOString()')).toBe('2026-01-31T12:00:00.000Z');
    expect(value('return Date.now() - new Date().getTime()')).toBe(0);
    expect(value('return [new Date() instanceof Date, new Date().constructor === Date, Date.UTC(2026, 0), typeof Date()].join()')).toBe(
      `true,true,${Date.UTC(2026, 0)},string`,
    );
    expect(value('class D extends Date { day() { return this.toISOString() } } return new D().day()')).toBe('2026-01-31T12:00:00.000Z');
  });

  test('randomness is that of the row', () => {
    const code = 'return U.x + Math.random() + "," + Math.random()';
    const made = over(code, ['a', 'b', 'a']).map(({ values }) => String(values[0]));
    expect(made[0]).toBe(made[2]);
    expect(made[0]?.slice(1)).not.toBe(made[1]?.slice(1));
    const [first, second] = (made[0] ?? '').slice(1).split(',').map(Number);
    expect(first).not.toBe(second);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(first).toBeLessThan(1);
    expect(over(code, ['x', 'y', 'a'])[2]?.values[0]).toBe(made[0]);
  });
});

describe('what scripts may ask', () => {
  test('the vault: whether a row is there', () => {
    const asked: unknown[] = [];
    const exists: ScriptServices['exists'] = (...what) => {
      asked.push(what);
      return what[3] === 'a';
    };
    const code = `return [vaultObjectExists('hr', 'persons', U.x), vaultObjectExistsByRef('hr', 'persons', 'mail', 7), vaultObjectExists('hr', 'persons', null)].join()`;
    expect(over(code, ['a', 'b'], 'text', { exists }).map(({ values }) => values[0])).toEqual(['true,false,false', 'false,false,false']);
    expect(asked.slice(0, 3)).toEqual([
      ['hr', 'persons', undefined, 'a'],
      ['hr', 'persons', 'mail', 7],
      ['hr', 'persons', undefined, null],
    ]);
  });

  test('what nobody can answer fails, and is no "no"', () => {
    const exists: ScriptServices['exists'] = (system) => ({ problem: `There is no system "${system}".` });
    expect(problem("return vaultObjectExists('hr', 'persons', 1)", 'any', { exists })).toContain('There is no system "hr".');
    expect(value("try { return vaultObjectExists('hr', 'persons', 1) } catch (e) { return e.message }", 'any', { exists })).toBe(
      'There is no system "hr".',
    );
    for (const code of ['vaultObjectExists()', "vaultObjectExists('hr', 7, 1)", "vaultObjectExistsByRef('hr', 'persons', undefined, 1)"])
      expect(problem(`return ${code}`)).toContain('The vault is asked by names');
  });

  const globals: Readonly<Record<string, ScriptGlobal>> = {
    Helper: {
      kind: 'library',
      code: 'const cut = (s) => s.slice(0, 2);\nreturn class { static short(s) { return cut(s).replace(this.word, "*") } static word = /b/g }',
    },
    domain: { kind: 'constant', value: 'example.test' },
    Broken: { kind: 'library', code: 'throw new Error("not today")' },
    Math: { kind: 'library', code: 'return "not this one"' },
  };

  test('libraries and constants', () => {
    expect(value('return Helper.short("abc") + Helper.short("bbc") + "@" + domain', 'text', { globals })).toBe('a***@example.test');
    expect(value('return Math.max(1, 2)', 'any', { globals })).toBe(2);
  });

  test('a library that failed says so where it is used', () => {
    expect(problem('return Broken.x', 'any', { globals })).toMatch(/library Broken could not be loaded: not today/);
    expect(problem('return Endless', 'any', { globals: { Endless: { kind: 'library', code: 'for (;;);' } } })).toMatch(
      /library Endless could not be loaded: it takes longer/,
    );
  });
});

describe('limits', () => {
  test.for<readonly [string, string]>([
    ['an endless loop', 'for (;;);'],
    ['one that catches everything', 'for (;;) { try { for (;;); } catch (e) {} finally { continue } }'],
    ['a regular expression that tries everything', '/^(a+)+$/.test("a".repeat(60) + "b")'],
    ['an endless generator', 'function* g() { for (;;) yield 1 } [...g()].length = 0; for (const x of g());'],
    ['a getter of an error', 'throw Object.defineProperty(new Error(), "message", { get() { for (;;); } })'],
    ['a value that is made for ever', 'return { toJSON() { for (;;); } }'],
  ])('%s is stopped, and the rows after it run', ([, code]) => {
    const made = over(`if (U.x === 'b') { ${code} } return U.x`, ['a', 'b', 'c']);
    expect(made.map(({ values }) => values[0])).toEqual(['a', null, 'c']);
    expect(made[1]?.problem).toMatch(/^c: The script was stopped/);
    expect([made[0]?.problem, made[2]?.problem]).toEqual([null, null]);
  });

  test('the other scripts of the row have their values', () => {
    const columns = [column('return 1', 'any', 'one'), column('for (;;);', 'any', 'two'), column('return U.x', 'any', 'three')];
    const [row] = runStage({ inputs: [u('x', 0)], presences: [], columns }, [['a']]);
    expect(row).toEqual({ values: [1, null, 'a'], problem: 'two: The script was stopped: it took more than 100 ms for this row.' });
  });

  test.for<readonly [string, string]>([
    ['a list that grows', 'const a = []; for (;;) a.push({ list: [1] });'],
    ['a text that grows', 'let s = "x"; for (;;) s += s;'],
    ['a huge text', 'return "x".repeat(80e6);'],
    ['a huge buffer', 'return new Uint8Array(200e6).length;'],
  ])('%s ends, and the rows after it run', ([, code]) => {
    const made = over(`if (U.x === 'b') { ${code} } return U.x`, ['a', 'b', 'c', 'd']);
    expect(made.map(({ values }) => values[0])).toEqual(['a', null, 'c', 'd']);
    expect(made[1]?.problem).toMatch(/MB|stopped|memory|length|too long/i);
  });

  test('texts of some megabytes are fine', () => {
    const [row] = over('return U.x + U.x.length', ['x'.repeat(3e6)]);
    expect(row?.problem).toBe(null);
    expect(String(row?.values[0]).length).toBe(3e6 + 7);
    expect(over('return U.x.length', ['x'.repeat(2e6), 'y'.repeat(3e6), 'z']).map(({ values }) => values[0])).toEqual([2e6, 3e6, 1]);
    expect(over('return U.x.length', ['x'.repeat(20e6), 'z']).map(({ problem }) => problem !== null)).toEqual([true, false]);
  });

  test('garbage of rows before does not count', () => {
    const made = over(
      'const a = []; for (let i = 0; i < 2000; i++) { const o = { p: "x".repeat(100) + i }; o.self = o; a.push(o); } return a.length',
      Array.from({ length: 300 }, () => 'x'),
    );
    expect(made.filter(({ values, problem }) => values[0] !== 2000 || problem !== null)).toEqual([]);
  });

  test('a script that was stopped too often is not run any more, and every later row says so', () => {
    const cells = Array.from({ length: limits.stops + 3 }, () => 'x');
    const stage = { inputs: [u('x', 0)], presences: [], columns: [column('for (;;);', 'any', 'bad'), column('return U.x', 'any', 'good')] };
    const made = runStage(stage, cells.map((cell) => [cell]), {}, 7); // oxfmt-ignore
    expect(made.map(({ values }) => values)).toEqual(cells.map(() => [null, 'x']));
    expect(made[limits.stops - 1]?.problem).toMatch(/^bad: The script was stopped/);
    for (const { problem } of made.slice(limits.stops))
      expect(problem).toBe(`bad: The script was not run: it was stopped ${limits.stops} times before.`);
  });

  test('a slow script that stays within its time is no problem, however long the batch takes', () => {
    const made = over(
      'for (let i = 0; i < 150000; i++); return U.x',
      Array.from({ length: 400 }, (_, i) => i),
    );
    expect(made.map(({ values }) => values[0])).toEqual(made.map((_, i) => i));
    expect(made.filter(({ problem }) => problem !== null)).toEqual([]);
  });

  test('what no interpreter can interrupt is stopped from outside; its script is given up, the others and other runs go on', () => {
    const columns = [
      column('return U.x', 'any', 'good'),
      column('return U.x === 2 ? new Array(4294967295).indexOf(1) : U.x', 'any', 'bad'),
    ];
    const stage = { inputs: [u('x', 0)], presences: [], columns };
    const other = create({ ...stage, columns: [column('return U.x')] }, { exists: () => false, globals: new Map(), timeZone: 'UTC' });
    expect(other.run([[7]])[0]?.values).toEqual([7]);
    const made = runStage(stage, [[0], [1], [2], [3]]); // oxfmt-ignore
    expect(made.map(({ values }) => values)).toEqual([[0, 0], [1, 1], [2, null], [3, null]]); // oxfmt-ignore
    expect(made.map(({ problem }) => problem)).toEqual([
      null,
      null,
      expect.stringMatching(/^bad: The script was stopped: it is within one call/),
      expect.stringMatching(/^bad: The script was not run/),
    ]);
    expect(other.run([[8]])[0]?.values).toEqual([8]);
    other.dispose();
  });

  test('many runners one after the other leave nothing behind', () => {
    for (let i = 0; i < 100; i++) expect(over('return U.x', [i])[0]?.values).toEqual([i]);
  });
});

describe('batches', () => {
  /** Scripts of all kinds of ends, picked by the value of the row. */
  const columns = [
    column(
      "switch (U.x % 7) { case 1: throw new Error('e' + U.x); case 2: return; case 3: kept = U.x; return kept; case 4: return [U.x]; default: return U.x * 2 }",
      'any',
      'mixed',
    ),
    column('if (U.x % 97 === 5) throw null; return Math.random() + U.x', 'number', 'drawn'),
    column("return typeof kept + (data['U'].flag ? 'yes' : 'no')", 'text', 'other'),
  ];
  const stage: ScriptStage = { inputs: [u('x', 0, 'number'), u('flag', 1, 'boolean')], presences: [], columns };

  test('their borders never change results', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (numbers, size) => {
        const rows = numbers.map((number) => [number, number % 2]);
        expect(runStage(stage, rows, {}, size)).toEqual(runStage(stage, rows));
      }),
      { numRuns: 40 },
    );
  });

  test('rows that stop their scripts do not either, wherever they stand', () => {
    const ends = ['for (;;);', 'const a = []; for (;;) a.push({ list: [1] });', 'throw 1'];
    const code = `switch (U.x) { ${ends.map((end, i) => `case ${i + 1}: { ${end} }`).join(' ')} } return U.x`;
    const rows = [0, 1, 0, 2, 3, 4, 2, 1, 0, 5].map((x) => [x, 0]);
    const both = {
      ...stage,
      columns: [column('return U.x', 'any', 'first'), column(code, 'any', 'c'), column('return -U.x', 'any', 'last')],
    };
    const whole = runStage(both, rows);
    expect(whole.map(({ values }) => values)).toEqual(rows.map(([x = 0]) => [x, [1, 2, 3].includes(x) ? null : x, 0 - x]));
    for (const size of [1, 3]) expect(runStage(both, rows, {}, size)).toEqual(whole);
  });

  test('more rows than are handed over at a time', () => {
    const rows = Array.from({ length: 2 * limits.rows + 1 }, (_, i) => [i, 0]);
    expect(runStage({ ...stage, columns: [column('return U.x')] }, rows).map(({ values }) => values[0])).toEqual(rows.map(([x]) => x));
    expect(runStage(stage, [])).toEqual([]);
  });
});
