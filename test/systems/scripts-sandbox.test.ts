import { describe, expect, test } from 'vitest';
import type { ScriptGlobal, ScriptServices } from '../../engine/run/scripts/script-runner.ts';
import { column, over, problem, runStage, u, value } from '../support/script-stage.ts';

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
