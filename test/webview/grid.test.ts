import { describe, expect, test } from 'vitest';
import { useLab } from './lab.ts';
import { hostile, outcomes, pageOf } from './samples.ts';
import { dark } from './themes.ts';

const open = useLab();

describe('grid', () => {
  test('ten thousand rows are drawn as they come into sight', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.filter));
    const drawn = run.page.locator('.grid-body .row');
    expect(await drawn.count()).toBeLessThan(80);
    expect(await run.page.getByRole('grid').getAttribute('aria-rowcount')).toBe('10001');
    await run.page.getByRole('grid').focus();
    await run.page.keyboard.press('Control+End');
    await expect.poll(() => run.page.locator('.row[data-place="9999"] .active-cell').count()).toBe(1);
    const active = await run.page.getByRole('grid').getAttribute('aria-activedescendant');
    expect(await run.page.locator(`[id="${active ?? ''}"]`).isVisible()).toBe(true);
    await run.screenshot('filter-end-dark');
  });

  test('the keyboard moves, selects and copies with headers', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.filter));
    await run.page.getByRole('grid').focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'Shift+ArrowDown', 'Shift+ArrowDown']) await run.page.keyboard.press(key);
    expect(await run.page.locator('.active-cell').textContent()).toBe('الخطيب');
    expect(await run.page.locator('.row[aria-selected="true"]').count()).toBe(3);
    await run.page.keyboard.press('Control+c');
    const copied = (await run.posted()).find(({ type }) => type === 'copy');
    const lines = copied?.type === 'copy' ? copied.text.split('\n') : [];
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^employeeNumber\tfirstName\tlastName\t/);
    expect(lines[1]).toContain('נועה');
    expect(await run.page.locator('.count').innerText()).toBe('Copied 3 rows.');
    await expect.poll(() => run.page.locator('.count').innerText(), { timeout: 8000 }).toContain('3 selected');
    await run.page.keyboard.press('Control+a');
    await expect.poll(() => run.page.locator('.count').innerText()).toContain('10,000 selected');
  });

  test('the filter looks in every column, the header sorts, null stays last', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.filter));
    await run.page.getByRole('searchbox').fill('care łódź');
    await expect.poll(() => run.page.locator('.count').innerText()).toMatch(/ of 10,000 rows$/);
    expect(await run.page.locator('.row[data-place="0"]').innerText()).toMatch(/Customer Care[\s\S]*Łódź/);
    await run.page.getByRole('searchbox').fill('nobody at all');
    await expect.poll(() => run.page.locator('.count').innerText()).toMatch(/^0 of/);
    await run.page.getByRole('searchbox').fill('');
    await expect.poll(() => run.page.locator('.count').innerText()).toBe('10,000 rows');
    const header = run.page.getByRole('columnheader', { name: 'mail' });
    await header.click();
    expect(await header.getAttribute('aria-sort')).toBe('ascending');
    await run.page.getByRole('grid').focus();
    for (const key of ['Control+End', 'Home', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await run.page.keyboard.press(key);
    await expect.poll(() => run.page.locator('.row.active .active-cell.null').count()).toBe(1);
  });

  test('columns can be resized', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.filter));
    const header = run.page.getByRole('columnheader', { name: 'firstName' });
    const before = await header.boundingBox();
    const handle = await header.locator('.resize').boundingBox();
    if (before === null || handle === null) throw new Error('The header has no place.');
    await run.page.mouse.move(handle.x + 3, handle.y + 5);
    await run.page.mouse.down();
    await run.page.mouse.move(handle.x + 83, handle.y + 5);
    await run.page.mouse.up();
    expect((await header.boundingBox())?.width).toBeCloseTo(before.width + 80, -1);
    expect(await header.getAttribute('aria-sort')).toBe('none');
  });

  test('what is saved is all rows shown, as CSV', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.dryRun));
    await run.page.getByRole('button', { name: /Save what is shown/ }).click();
    const saved = (await run.posted()).find(({ type }) => type === 'save');
    if (saved?.type !== 'save') throw new Error('Nothing was saved.');
    expect(saved.name).toBe('HR.persons.csv');
    const lines = saved.text.split('\r\n');
    expect(lines).toHaveLength(202);
    expect(lines[1]).toBe('E10000,Ursula,O\u2019Hara-Müller,e10000@example.test,IT,Zürich,false,40,2010-01-01,');
    expect(lines[2]).toContain(`"${hostile.replaceAll('"', '""')}"`);
  });
});
