import { describe, expect, test } from 'vitest';
import { useLab } from './lab.ts';
import type { CollectionReport, TableOutcome } from '../../engine/run/records.ts';
import { sourceCollapsed } from '../../engine/run/collect/collapse.ts';
import { pageOf, requests, start } from './samples.ts';
import { collection, outcome, quietCollection, rehearsal } from './samples-runs.ts';
import { dark, light } from './themes.ts';

const open = useLab();

describe('a collection', () => {
  for (const theme of [dark, light])
    test(`is as loud as its worst table, which it shows first; ${theme.name}`, async () => {
      const run = await open(theme);
      await run.show(pageOf(collection, { offers: [{ title: 'Open file' }] }));
      expect(await run.page.locator('.verdict-chip').first().innerText()).toContain('1 of 6 tables failed');
      const header = (await run.page.locator('header').innerText()).replace(/\s+/g, ' ');
      for (const part of ['Source replay of recordings/HR/monday, with the fault page-fails', 'Limits none', 'Took 1 min 2 s'])
        expect(header).toContain(part);
      expect(await run.page.getByRole('alert').innerText()).toContain('members: HR answered 503');
      expect(await run.page.locator('.notice.warning').first().innerText()).toContain('badges is held back: 12 rows instead of 480');
      expect(await run.page.locator('.row.active').innerText()).toMatch(/members\s+failed/);
      expect(await run.page.locator('.details').innerText()).toContain('collect again');
      await run.screenshot(`collection-${theme.name}`);
      await run.page.getByRole('button', { name: 'Open file' }).click();
      expect(await run.posted()).toContainEqual({ type: 'offer', index: 0 });
      await run.page.locator('.row[data-place="5"] .cell').nth(1).click();
      const text = (await run.page.locator('.details').innerText()).replace(/\s+/g, ' ');
      for (const part of ['held back', 'load the version', '480 before, 12 now', 'Columns gone colour']) expect(text).toContain(part);
      await run.screenshot(`held-back-${theme.name}`);
      expect((await run.page.locator('.row[data-place="2"]').innerText()).replace(/\s+/g, ' ')).toContain(
        'contracts not complete 812 +318, +64 % 1.8 s 11 3',
      );
    });

  test('without anything to say is quiet, and says that its requests are gone', async () => {
    const run = await open(light);
    await run.show(pageOf(quietCollection));
    expect(await run.page.locator('.verdict-chip').first().innerText()).toContain('2 tables, complete');
    expect(await run.page.locator('.notice').count()).toBe(0);
    expect(await run.page.locator('header').innerText()).toMatch(/Source\s+live/);
    await run.page.getByRole('tab', { name: 'Requests' }).click();
    expect(await run.page.locator('.empty').innerText()).toContain('not kept');
  });
});

describe('a collection that did not bring everything in', () => {
  const part = (tables: readonly TableOutcome[], more: Partial<CollectionReport> = {}) => ({
    ...quietCollection,
    report: { ...quietCollection.report, ...more, tables },
  });

  test('has what can be done beside what it is about', async () => {
    const run = await open(light);
    const { message } = sourceCollapsed({
      system: 'HR',
      table: 'badges',
      before: 480,
      now: 12,
      since: start,
      threshold: { count: 20, percent: 30 },
    });
    const offers = [
      { title: 'Go on', hint: 'Collects the rest' },
      { title: 'Let it shrink…', about: 'held-back' as const },
    ];
    const badges = { ...outcome('badges', { state: 'held-back', error: { code: 'source-collapsed', message } }), system: 'HR' };
    await run.show(pageOf(part([badges, outcome('members', { state: 'cancelled' })]), { offers }));
    const [stopped, held] = await run.page.locator('.run-header ~ .notice').all();
    expect(await stopped?.innerText()).toMatch(/Cancelled\. Left as before: members\.\s*Go on$/);
    expect(await stopped?.getByRole('button').getAttribute('title')).toBe('Collects the rest');
    // The page has a button for it, and no shell.
    expect(await held?.innerText()).toMatch(
      /badges is held back: 12 rows where 480 were collected on \d{4}-\d\d-\d\d \d\d:\d\d:\d\d, .* the table is as it was\.\s*Let it shrink…$/s,
    );
    await held?.getByRole('button').click();
    expect(await run.posted()).toContainEqual({ type: 'offer', index: 1 });
  });

  test('says which tables were in before it went on', async () => {
    const run = await open(light);
    await run.show(pageOf(part([outcome('persons', { earlier: true }), outcome('departments')])));
    expect(await run.page.locator('.details').innerText()).toContain('Brought in before');
  });

  test('says what became of its recording, and why there is none', async () => {
    const run = await open(light);
    const recording = { folder: 'recordings/HR', state: 'saved', exchanges: 508, notes: [] } as const;
    await run.show(pageOf(part([outcome('persons')], { recording })));
    expect(await run.page.locator('header').innerText()).toMatch(/Recording\s+recordings\/HR, 508 exchanges/);
    expect(await run.page.locator('.notice').count()).toBe(0);
    const error = { code: 'disk', message: 'The disk is full.' };
    await run.show(pageOf(part([outcome('persons')], { recording: { ...recording, state: 'not-saved', error } })));
    expect(await run.page.getByRole('alert').innerText()).toContain(
      'recordings/HR was not saved and is as it was before: The disk is full.',
    );
  });

  test('of many requests shows some, and says so where they are', async () => {
    const run = await open(light);
    await run.show(pageOf({ ...quietCollection, requests, requestsMade: 5000 }));
    expect(await run.page.locator('.notice').count()).toBe(0);
    const tab = run.page.getByRole('tab', { name: /Requests/ });
    expect(await tab.innerText()).toMatch(/5,000/);
    await tab.click();
    expect(await run.page.locator('.summary').innerText()).toMatch(/\d+ of 5,000 requests are kept/);
  });
});

describe('a rehearsal', () => {
  for (const theme of [dark, light])
    test(`is a matrix of faults and tables in which what is unsafe stands out; ${theme.name}`, async () => {
      const run = await open(theme);
      await run.show(pageOf(rehearsal));
      expect(await run.page.locator('.verdict-chip').first().innerText()).toContain('1 of 7 faults unsafe');
      expect(await run.page.getByRole('alert').innerText()).toContain('500 deletes would rest on it');
      const active = (await run.page.locator('.row.active').innerText()).replace(/\s+/g, ' ');
      expect(active).toMatch(/The source is empty unsafe 500 → 0/);
      const details = (await run.page.locator('.details').innerText()).replace(/\s+/g, ' ');
      for (const part of ['persons lost all', 'Remove accounts', 'Deletes 500 12', 'wrong 488 0', 'allowed'])
        expect(details).toContain(part);
      expect(await run.page.locator('.row[data-place="2"]').innerText()).toContain('not tried');
      const cell = run.page.locator('.row[data-place="4"] [aria-colindex="4"]');
      expect(await cell.getAttribute('aria-label')).toBe('500 → 0, complete');
      await run.screenshot(`rehearsal-${theme.name}`);
    });
});
