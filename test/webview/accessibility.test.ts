import { describe, expect, test } from 'vitest';
import type { RunPage } from '../../client/webviews/run/messages.ts';
import { useLab, violations } from './lab.ts';
import { hostile, outcomes, pageOf } from './samples.ts';
import { collection, comparison, history, quietCollection, rehearsal } from './samples-runs.ts';
import { iteration, withTables } from './samples-tables.ts';
import { dark, highContrast, light } from './themes.ts';

const open = useLab();

/** Every kind of page there is. */
const everyPage: readonly RunPage['body'][] = [
  withTables,
  iteration,
  outcomes.failedDryRun,
  outcomes.mapping,
  outcomes.filter,
  collection,
  quietCollection,
  comparison,
  rehearsal,
];

describe('safety', () => {
  test('nothing that an API returned becomes markup', async () => {
    const run = await open(dark);
    for (const body of everyPage) {
      await run.show(
        pageOf(body, {
          heading: hostile,
          workspace: hostile,
          offers: [{ title: hostile }],
          history,
          runId: 'none',
          source: { kind: 'files', folder: hostile },
        }),
      );
      for (const tab of await run.page.getByRole('tab').all()) {
        await tab.click();
        const grids = run.page.getByRole('grid').locator('visible=true');
        if ((await grids.count()) > 0) {
          await grids.first().focus();
          for (const key of ['ArrowDown', 'End', 'ArrowDown', 'ArrowDown']) await run.page.keyboard.press(key);
        }
        expect(await run.page.locator('img, #run script').count(), body.kind).toBe(0);
      }
    }
    await run.show(pageOf({ kind: 'failed', code: 'x', message: hostile }));
    expect(await run.page.evaluate('window.injected')).toBeUndefined();
    expect(await run.page.locator('img, #run script').count()).toBe(0);
  });
});

describe('accessibility', () => {
  for (const theme of [dark, light, highContrast]) {
    test(`no serious violation in ${theme.name}`, async () => {
      const which = theme === dark ? 'all' : 'colours';
      const run = await open(theme);
      for (const body of everyPage) {
        await run.show(pageOf(body, { history, ...(history[0] && { runId: history[0].id }) }));
        for (const tab of await run.page.getByRole('tab').all()) {
          await tab.click();
          expect(await violations(run, which), `${body.kind}, ${(await tab.textContent()) ?? ''}`).toEqual([]);
        }
      }
      await run.show(pageOf(outcomes.mapping));
      await run.page.getByRole('tab').first().click();
      await run.screenshot(`mapping-${theme.name}`);
      await run.show(pageOf(withTables, { history, runId: history[0]?.id ?? '' }));
      await run.page.getByRole('tab').first().click();
      await run.screenshot(`rows-${theme.name}`);
      for (const name of ['Columns: show, hide, order', 'Values of firstName']) {
        await run.page.getByRole('button', { name }).click();
        expect(await violations(run, which), name).toEqual([]);
        await run.page.keyboard.press('Escape');
      }
    }, 150_000);
  }

  test('tabs follow the arrows', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.dryRun));
    await run.page.getByRole('tab', { selected: true }).focus();
    await run.page.keyboard.press('ArrowRight');
    expect(await run.page.getByRole('tab', { selected: true }).textContent()).toContain('Requests');
    await run.page.keyboard.press('ArrowLeft');
    await run.page.keyboard.press('ArrowLeft');
    expect(await run.page.getByRole('tab', { selected: true }).textContent()).toContain('Evidence');
  });

  test('a very narrow panel wraps its heading, shortens its tab, and says what was copied', async () => {
    const run = await open(light, { width: 340, height: 760 });
    await run.show(pageOf(outcomes.mapping));
    const isWhole = (selector: string): Promise<boolean> =>
      run.page.evaluate<boolean>(`(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)(document.querySelector('${selector}'))`);
    expect(await isWhole('h1')).toBe(true);
    expect(await isWhole('.verdict-chip')).toBe(true);
    const tab = run.page.getByRole('tab', { name: 'Requests', exact: false });
    expect(await tab.innerText()).not.toContain('never sent');
    await run.page.getByRole('grid').focus();
    await run.page.keyboard.press('Control+c');
    expect(await run.page.locator('.count').innerText()).toMatch(/^Copied \d+ changes\.$/);
    expect(await isWhole('.count')).toBe(true);
    await run.screenshot('very-narrow-light');
    await tab.click();
    expect(await run.page.locator('.details').last().innerText()).toContain('never sends this request');
  });

  test('a narrow panel puts the details below', async () => {
    const run = await open(light, { width: 520, height: 760 });
    await run.show(pageOf(outcomes.dryRun));
    const grid = await run.page.getByRole('grid').boundingBox();
    const details = await run.page.locator('.details').boundingBox();
    expect(details?.y).toBeGreaterThanOrEqual((grid?.y ?? 0) + (grid?.height ?? 0));
    await run.screenshot('narrow-light');
  });
});
