import { expect, test } from 'vitest';
import { useLab } from './lab.ts';
import { hostile, pageOf } from './samples.ts';
import { iteration, withTables } from './samples-tables.ts';
import { dark, light } from './themes.ts';

const open = useLab();

for (const theme of [dark, light])
  test(`the verdict comes first, then what speaks against it, then what was counted; ${theme.name}`, async () => {
    const run = await open(theme, { width: 1100, height: 1000 });
    await run.show(pageOf(iteration));
    await run.page.getByRole('tab', { name: 'Evidence' }).click();
    const page = run.page.locator('.page-text');
    const text = (await page.innerText()).replace(/\s+/g, ' ');
    expect(text.indexOf('Not proven complete')).toBe(0);
    for (const part of [
      hostile.slice(0, 20),
      'D-014',
      '404 Not Found',
      'and 10 more',
      '260 before, 200 now (\u221260, \u221223 %)',
      'costCentre',
      'fax, pager',
    ])
      expect(text).toContain(part);
    const row = page.getByRole('row', { name: /mail/ });
    expect((await row.innerText()).replace(/\s+/g, ' ')).toMatch(/^mail 120/);
    const chart = page.getByRole('img');
    expect(await chart.getAttribute('aria-label')).toBe('Rows of 60 pages: at least 0, at most 49, the last one 43.');
    expect(await chart.locator('span').count()).toBe(60);
    await run.screenshot(`evidence-full-${theme.name}`);
  });

test('pages that are all alike need no picture', async () => {
  const run = await open(light);
  await run.show(pageOf(withTables));
  await run.page.getByRole('tab', { name: 'Evidence' }).click();
  const page = run.page.locator('.page-text');
  expect(await page.getByRole('img').count()).toBe(0);
  expect(await page.innerText()).toMatch(/Rows per page\s+40 each/);
  expect(await page.innerText()).toMatch(/^Complete: the end was known/);
});
