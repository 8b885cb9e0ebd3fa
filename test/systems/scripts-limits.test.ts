import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limits } from '../../engine/run/scripts/limits.ts';
import type { ScriptStage } from '../../engine/model/script/script-stage.ts';
import { column, createScripts, over, runStage, u } from '../support/script-stage.ts';

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
    const other = createScripts(
      { ...stage, columns: [column('return U.x')] },
      { exists: () => false, globals: new Map(), timeZone: 'UTC' },
    );
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
