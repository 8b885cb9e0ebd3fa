import { describe, expect, test } from 'vitest';
import { useLab, violations } from './lab.ts';
import { outcomes, pageOf } from './samples.ts';
import { dark } from './themes.ts';

const open = useLab();

describe('handshake', () => {
  test('the page says that it is ready, and which page it has drawn', async () => {
    const run = await open(dark);
    expect(await run.posted()).toEqual([{ type: 'ready' }]);
    const page = pageOf(outcomes.dryRun);
    await run.show(page);
    expect(await run.posted()).toContainEqual({ type: 'rendered', id: page.id });
  });

  test('a run under way shows its progress and can be cancelled; its result takes its place', async () => {
    const run = await open(dark);
    const page = pageOf({ kind: 'running' }, { startedAt: Date.now() - 2000 });
    await run.show(page);
    await run.send({ type: 'progress', id: page.id, message: 'persons, page 3', rows: 150 });
    await expect.poll(() => run.page.locator('.progress').textContent()).toBe('persons, page 3 · 150 rows');
    await run.send({ type: 'progress', id: page.id - 1, message: 'from an older run' });
    await run.screenshot('running-dark');
    await run.page.getByRole('button', { name: 'Cancel' }).click();
    expect(await run.posted()).toContainEqual({ type: 'cancel' });
    await run.show(pageOf(outcomes.dryRun));
    expect(await run.page.locator('.progress').count()).toBe(0);
    expect(await run.page.getByRole('grid').count()).toBe(1);
  });

  test('a run that hangs shows its last word and how long it takes', async () => {
    const run = await open(dark);
    const now = await run.page.evaluate<number>('Date.now()');
    const page = pageOf({ kind: 'running' }, { startedAt: now - 65_000 });
    await run.show(page);
    expect(await run.page.locator('.elapsed').textContent()).toMatch(/^1 min \d+ s$/);
    await run.send({ type: 'progress', id: page.id, message: 'persons, page 3' });
    const before = await run.page.locator('.elapsed').textContent();
    await expect.poll(() => run.page.locator('.elapsed').textContent(), { timeout: 5000 }).not.toBe(before);
    expect(await run.page.locator('.progress').textContent()).toBe('persons, page 3');
  });

  test('a preview says that a collection came after it, and its next run does not', async () => {
    const run = await open(dark);
    const page = pageOf(outcomes.mapping);
    await run.show(page);
    await run.send({ type: 'outdated', id: page.id - 1 });
    await run.send({ type: 'outdated', id: page.id });
    await expect.poll(() => run.page.locator('.outdated').allInnerTexts()).toEqual(['Collected since; run again.']);
    await run.send({ type: 'show', page: { ...page, outdated: true } });
    await run.send({ type: 'outdated', id: page.id });
    await expect.poll(() => run.page.locator('.outdated').count()).toBe(1);
    expect(await violations(run)).toEqual([]);
    await run.screenshot('outdated-dark');
    await run.show(pageOf(outcomes.mapping));
    expect(await run.page.locator('.outdated').count()).toBe(0);
  });

  test('pin and run again are told to the extension', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.dryRun));
    const pin = run.page.locator('.pin');
    await pin.click();
    expect(await run.posted()).toContainEqual({ type: 'pin', pinned: true });
    await run.send({ type: 'pinned', pinned: true });
    await expect.poll(() => pin.getAttribute('aria-pressed')).toBe('true');
    await run.page.getByRole('button', { name: 'Run again' }).click();
    expect(await run.posted()).toContainEqual({ type: 'again' });
  });
});
