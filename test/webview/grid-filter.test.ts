import { describe, expect, test } from 'vitest';
import { conditionOf, exactly } from '../../client/webviews/run/grid/condition.ts';
import { useLab } from './lab.ts';
import { outcomes, pageOf } from './samples.ts';
import { wide } from './samples-wide.ts';
import { dark, light } from './themes.ts';

const open = useLab();

describe('what is written in the filter of a column', () => {
  const passes = (written: string, value: string | number | null): boolean | undefined =>
    conditionOf(written)?.({ value, text: value === null ? '' : String(value).toLowerCase() });

  test.each([
    ['finance', 'Corporate Finance', true],
    ['!finance', 'Corporate Finance', false],
    ['=finance', 'Corporate Finance', false],
    ['=FINANCE', 'Finance', true],
    ['!=finance', 'IT', true],
    ['<>finance', 'Finance', false],
    ['=it|finance', 'IT', true],
    ['= it | finance ', 'Finance', true],
    ['="a|b"', 'a|b', true],
    ['="a|b"', 'a', false],
    ['=', null, true],
    ['=', '', true],
    ['=|it', null, true],
    ['!=', null, false],
    ['!=', 'x', true],
    ['>5', 10, true],
    ['>5', '10', true],
    ['>5', 5, false],
    ['>=5', 5, true],
    ['<5', null, false],
    ['<5', 'n/a', false],
    ['<=2020-01-31', '2020-01-31', true],
    ['>2020-01-31', '2020-01-30', false],
    ['  ', 'x', undefined],
    ['>', 'x', undefined],
  ])('%s against %s', (written, value, expected) => {
    expect(passes(written, value)).toBe(expected);
  });

  test.each([[['a|b', 'c']], [['say "hi"']], [['', ' x ']], [['plain']]])('a picked value %j means itself alone', (values) => {
    for (const value of values) expect(passes(exactly(values), value)).toBe(true);
    expect(passes(exactly(values), 'a')).toBe(false);
  });
});

describe('the filters of columns', () => {
  test('work together, with the words, and are cleared together', async () => {
    const run = await open(light);
    await run.show(pageOf(outcomes.filter));
    const count = run.page.locator('.count');
    await run.page.getByRole('textbox', { name: 'Filter department' }).fill('=it|finance');
    await expect.poll(() => count.innerText()).toBe('4,000 of 10,000 rows');
    await run.page.getByRole('textbox', { name: 'Filter firstName' }).fill('!ö');
    await run.page.getByRole('searchbox').fill('zürich');
    await expect.poll(() => count.innerText()).toMatch(/^\d{3} of|^[1-3].\d{3} of/);
    const shown = await run.page.locator('.grid-body .row').allInnerTexts();
    expect(shown.every((text) => text.includes('Zürich') && /IT|Finance/.test(text))).toBe(true);
    await run.screenshot('filters-light');
    await run.page.getByRole('button', { name: 'Clear all filters' }).click();
    await expect.poll(() => count.innerText()).toBe('10,000 rows');
    expect(await run.page.getByRole('textbox', { name: 'Filter department' }).inputValue()).toBe('');
  });

  test('are reached, applied and left by keys', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.filter));
    await run.page.getByRole('grid').focus();
    for (const key of ['End', '/']) await run.page.keyboard.press(key);
    await run.page.keyboard.type('=');
    await run.page.keyboard.press('Enter');
    expect(await run.page.evaluate('document.activeElement.getAttribute("role")')).toBe('grid');
    await expect.poll(() => run.page.locator('.count').innerText()).toMatch(/of 10/);
    expect(await run.page.locator('.active-cell').getAttribute('class')).toContain('null');
    await run.page.keyboard.press('/');
    await run.page.keyboard.press('Escape');
    await expect.poll(() => run.page.locator('.count').innerText()).toBe('10,000 rows');
  });

  test('offer the values there are', async () => {
    const run = await open(light);
    await run.show(pageOf(outcomes.filter));
    await run.page.getByRole('button', { name: 'Values of department' }).click();
    const dialog = run.page.getByRole('dialog', { name: 'Values of department' });
    expect(await dialog.locator('li').count()).toBe(5);
    await dialog.getByLabel('Customer Care').check();
    await dialog.getByLabel('empty or null').check();
    expect(await run.page.getByRole('textbox', { name: 'Filter department' }).inputValue()).toBe('=""|Customer Care');
    expect(await run.page.locator('.count').innerText()).toBe('4,000 of 10,000 rows');
    await run.screenshot('values-light');
  });
});

describe('twenty thousand rows of sixty columns', () => {
  test('only cells in sight are drawn, scrolling keeps up, and a filter answers at once', async () => {
    const run = await open(dark);
    await run.show(pageOf(wide));
    const grid = run.page.getByRole('grid');
    expect(await grid.getAttribute('aria-colcount')).toBe('61');
    expect(await run.page.locator('.grid-body .cell').count()).toBeLessThan(800);
    /** Milliseconds of forty steps over rows and columns that were not in sight before. */
    const scroll = (): Promise<number> =>
      run.page.evaluate<number>(
        `(async () => { const grid = document.querySelector('.grid'); const frame = () => new Promise(requestAnimationFrame); const start = performance.now(); for (let i = 0; i < 40; i++) { grid.scrollTop += 2000; grid.scrollLeft += i % 2 === 0 ? 300 : -300; await frame(); } return performance.now() - start; })()`,
      );
    const large = await scroll();
    expect(await run.page.locator('.grid-body .cell').count()).toBeLessThan(800);
    await grid.focus();
    await run.page.keyboard.press('Control+Home');
    const filter = run.page.getByRole('textbox', { name: 'Filter column1', exact: true });
    const started = performance.now();
    await filter.fill('value 99');
    await expect.poll(() => run.page.locator('.count').innerText(), { interval: 10 }).toMatch(/ of 20/);
    // With the 120 ms that typing is waited for.
    expect(performance.now() - started).toBeLessThan(1500);
    await filter.fill('');
    await expect.poll(() => run.page.locator('.count').innerText()).toBe('20,000 rows');
    const words = performance.now();
    await run.page.getByRole('searchbox').fill('4711');
    await expect.poll(() => run.page.locator('.count').innerText(), { interval: 10, timeout: 10_000 }).toMatch(/^2\d of 20/);
    // All 1,200,000 values are read once.
    expect(performance.now() - words).toBeLessThan(4000);
    await run.screenshot('wide-dark');
    // What is out of sight costs nothing: a twelfth of the cells scrolls no faster.
    await run.show(pageOf(outcomes.filter));
    const small = await scroll();
    expect(large / small).toBeLessThan(3);
  });
});
