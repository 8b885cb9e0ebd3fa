import { describe, expect, test } from 'vitest';
import { useLab } from './lab.ts';
import { pageOf } from './samples.ts';
import { comparison, history } from './samples-runs.ts';
import { outcomes } from './samples.ts';
import { dark, light } from './themes.ts';

const open = useLab();

describe('a comparison of two runs', () => {
  for (const theme of [dark, light])
    test(`shows changes only, with the cells and columns that changed; ${theme.name}`, async () => {
      const run = await open(theme);
      await run.show(pageOf(comparison));
      expect(await run.page.locator('.verdict-chip').first().innerText()).toContain('3 new, 2 gone, 40 changed');
      expect(await run.page.getByRole('button', { name: 'Run again' }).count()).toBe(0);
      const summary = await run.page.locator('.summary').innerText();
      for (const part of [
        '2026-11-20 08:15 → 2026-11-21 20:31',
        '455 rows the same, not shown',
        'by employeeNumber',
        'columns new: costCentre',
        'columns gone: fax',
      ])
        expect(summary).toContain(part);
      const names = await run.page.getByRole('columnheader').locator('.header-label').allInnerTexts();
      expect(names.slice(0, 4)).toEqual(['Change', 'employeeNumber', 'department', 'hours']);
      expect(names).not.toContain('lastName');
      const first = run.page.locator('.row[data-place="0"]');
      expect(await first.locator('del').first().innerText()).toBe('IT');
      expect(await first.locator('ins').first().innerText()).toBe('Facilities');
      await run.screenshot(`comparison-${theme.name}`);
      await run.page.getByRole('button', { name: '2 gone' }).click();
      expect(await run.page.locator('.grid-body .row').count()).toBe(2);
      await run.page.getByRole('button', { name: '3 new' }).click();
      expect(await run.page.locator('.grid-body .row').count()).toBe(3);
      expect(await run.page.getByRole('button', { name: '2 gone' }).getAttribute('aria-pressed')).toBe('false');
      await run.page.getByRole('button', { name: '3 new' }).click();
      await run.page.locator('.row[data-place="0"] .cell').nth(2).click();
      const details = run.page.locator('.details');
      expect(await details.locator('.attributes tbody tr').count()).toBe(4);
      expect(await details.innerText()).toContain('The same on both sides');
    });

  test('that finds nothing says so', async () => {
    const run = await open(light);
    const nothing = {
      ...comparison.comparison,
      rows: [],
      counts: { same: 500, changed: 0, new: 0, gone: 0 },
      columnsNew: [],
      columnsGone: [],
    };
    await run.show(pageOf({ kind: 'comparison', comparison: nothing }));
    expect(await run.page.locator('.verdict-chip').innerText()).toContain('no difference');
    expect(await run.page.locator('.empty').innerText()).toContain('500 rows are the same');
  });
});

describe('the history', () => {
  const [current, second, failed] = history;

  test('tells older runs, failed ones as loud as good ones, and opens them', async () => {
    const run = await open(light);
    const page = pageOf(outcomes.dryRun, { history, runId: current?.id ?? '' });
    await run.show(page);
    const chips = run.page.locator('.run-chip');
    expect(await chips.count()).toBe(history.length);
    expect(await chips.first().getAttribute('aria-current')).toBe('true');
    expect(await chips.nth(2).getAttribute('aria-label')).toMatch(/^failed, 2026-11-21 20:06:05, HR answered 503/);
    expect(await chips.nth(3).getAttribute('aria-label')).toContain('pinned');
    await run.screenshot('history-light');
    await chips.first().click();
    await chips.nth(2).click();
    expect((await run.posted()).filter(({ type }) => type === 'openRun')).toEqual([{ type: 'openRun', run: failed?.id }]);
    await run.send({ type: 'history', id: page.id, history: history.slice(0, 2) });
    await expect.poll(() => chips.count()).toBe(2);
    await run.send({ type: 'history', id: page.id - 1, history });
    await run.send({ type: 'history', id: page.id, history: history.slice(0, 1) });
    await expect.poll(() => chips.count()).toBe(0);
  });

  test('a run that was kept in part says what is missing', async () => {
    const run = await open(light);
    await run.show(pageOf(outcomes.dryRun, { cut: ['The first 100 of 200 rows were kept.', '4 of 6 requests were kept.'] }));
    expect(await run.page.locator('.notice').innerText()).toContain('in part. The first 100 of 200 rows were kept. 4 of 6 requests');
  });

  test('is one stop for Tab; keys go through it, compare and pin', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.dryRun, { history, runId: current?.id ?? '' }));
    await run.page.locator('.run-chip').first().focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) await run.page.keyboard.press(key);
    const dialog = run.page.getByRole('dialog');
    expect(await dialog.innerText()).toMatch(/Source\s+live/);
    await run.screenshot('history-run-dark');
    await dialog.getByRole('button', { name: 'Compare with the run shown' }).click();
    expect(await run.posted()).toContainEqual({ type: 'compareRuns', before: second?.id, after: current?.id });
    expect(await dialog.count()).toBe(0);
    await run.page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Keep (pin)' }).click();
    expect(await run.posted()).toContainEqual({ type: 'pinRun', run: second?.id, pinned: true });
    expect(await run.page.locator('.history button[tabindex="0"]').count()).toBe(1);
  });
});
