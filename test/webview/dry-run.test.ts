import { describe, expect, test } from 'vitest';
import { useLab, violations } from './lab.ts';
import { outcomes, pageOf } from './samples.ts';
import { dark, light } from './themes.ts';

const open = useLab();

describe('dry run', () => {
  test('the header says what, where, when, how long, within which limits, and how it ended', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.dryRun));
    const header = (await run.page.locator('header').innerText()).replace(/\s+/g, ' ');
    for (const part of [
      'Dry run of HR.persons',
      '200 rows, not complete',
      'System HR',
      'Environment test',
      'Started 2026-11-21 20:31:05',
      'Took 1.8 s',
      'Limits at most 200 rows, 20 calls',
    ]) {
      expect(header).toContain(part);
    }
  });

  test('the header says which older rows scripts were answered from', async () => {
    const run = await open(light);
    const { report } = outcomes.dryRun;
    const asked = [{ system: 'Directory', table: 'users', collectedAt: report.startedAt - 3_600_000 }];
    await run.show(pageOf({ kind: 'dry-run', report: { ...report, asked } }));
    const header = (await run.page.locator('header').innerText()).replace(/\s+/g, ' ');
    expect(header).toContain('Scripts asked Directory.users as collected 2026-11-21 19:31:05');
    await run.show(pageOf(outcomes.dryRun));
    expect(await run.page.locator('header').innerText()).not.toContain('Scripts asked');
  });

  test('values are shown as what they are', async () => {
    const run = await open(dark, { width: 2600, height: 700 });
    await run.show(pageOf(outcomes.dryRun));
    const cell = (row: number, name: number) => run.page.locator(`.grid-body .row[data-place="${String(row)}"] .cell`).nth(name + 1);
    expect(await cell(3, 3).textContent()).toBe('null');
    expect(await cell(3, 3).getAttribute('class')).toContain('null');
    expect(await cell(1, 6).textContent()).toBe('true');
    const style = (row: number, name: number, property: string): Promise<unknown> =>
      run.page.evaluate(
        `getComputedStyle(document.querySelectorAll('.grid-body .row[data-place="${String(row)}"] .cell')[${String(name + 1)}]).${property}`,
      );
    expect(await style(1, 7, 'textAlign')).toBe('right');
    expect(await cell(2, 9).textContent()).toMatch(/^Second floor, ↵ ask for/);
    expect(await cell(1, 1).textContent()).toBe('נועה');
    expect([await style(1, 1, 'direction'), await style(1, 1, 'unicodeBidi')]).toEqual(['rtl', 'isolate']);
  });

  test('the details hold the full text of the active row', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.dryRun));
    await run.page.getByRole('grid').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'End']) await run.page.keyboard.press(key);
    const value = await run.page.locator('.details .active-value').last().textContent();
    expect(value).toContain('Second floor,\nask for Ömer');
    expect(value?.length).toBeGreaterThan(150);
    await run.screenshot('dry-run-dark');
  });

  test('requests show what was asked and answered, retries included', async () => {
    const run = await open(light);
    await run.show(pageOf(outcomes.dryRun));
    await run.page.getByRole('tab', { name: /Requests/ }).click();
    const rows = run.page.getByRole('grid', { name: /Requests/ }).locator('.grid-body .row');
    expect(await rows.count()).toBe(6);
    await rows.nth(3).click();
    expect(await rows.nth(2).textContent()).toContain('503');
    const details = run.page.locator('.details').last();
    expect(await details.innerText()).toContain('Attempt');
    expect(await details.locator('.json-string').nth(1).textContent()).toBe('"נועה"');
    expect(await details.innerText()).toContain('Bearer ***');
    await run.screenshot('requests-light');
  });

  test('evidence says in words why the table is not complete', async () => {
    const run = await open(light);
    await run.show(pageOf(outcomes.dryRun));
    await run.page.getByRole('tab', { name: 'Evidence' }).click();
    const text = await run.page.locator('.page-text').innerText();
    for (const part of [
      'Not proven complete',
      'its own limit',
      '200 received, 500 announced: they differ',
      '5, 1 retry',
      'E10041',
      'Paging starts at 0',
    ])
      expect(text).toContain(part);
    await run.screenshot('evidence-light');
  });

  test('a failed run is as loud as a good one, shows its requests first and what to do', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.failedDryRun, { offers: [{ title: 'Open file' }] }));
    expect(await run.page.locator('.verdict-chip').getAttribute('data-verdict')).toBe('bad');
    expect(await run.page.getByRole('alert').textContent()).toContain('HR answered 503');
    expect(await run.page.getByRole('tab', { selected: true }).textContent()).toContain('Requests');
    expect(await run.page.getByRole('grid').locator('.grid-body .row').count()).toBe(4);
    expect(await run.page.locator('.row.active').textContent()).toContain('503');
    await run.page.getByRole('button', { name: 'Open file' }).click();
    expect(await run.posted()).toContainEqual({ type: 'offer', index: 0 });
    await run.screenshot('failed-dark');
    await run.page.getByRole('tab', { name: /Rows/ }).click();
    expect(await run.page.locator('.empty').innerText()).toContain('before there were rows');
  });

  test('what a failed run shows first is no habit: the mended one shows its rows', async () => {
    const run = await open(dark);
    const selected = run.page.getByRole('tab', { selected: true });
    await run.show(pageOf(outcomes.failedDryRun));
    await run.page.getByRole('tab', { name: 'Evidence' }).click();
    await run.page.getByRole('tab', { name: /Requests/ }).click();
    await run.show(pageOf(outcomes.dryRun));
    expect(await selected.textContent()).toContain('Rows');
    await run.page.getByRole('tab', { name: 'Evidence' }).click();
    await run.show(pageOf(outcomes.failedDryRun));
    expect(await selected.textContent()).toContain('Requests');
    await run.show(pageOf(outcomes.dryRun));
    expect(await selected.textContent()).toContain('Evidence');
  });

  test('an iteration that a limit stopped does not claim all of its parents', async () => {
    const run = await open(light);
    const { report } = outcomes.dryRun;
    const cut = { ...report.outcome.evidence, parents: { total: 200, skipped: 0 } };
    await run.show(
      pageOf({ kind: 'dry-run', report: { ...report, outcome: { ...report.outcome, evidence: cut } as typeof report.outcome } }),
    );
    await run.page.getByRole('tab', { name: 'Evidence' }).click();
    const text = await run.page.locator('.page-text').innerText();
    expect(text).toContain('at most 200 parents, stopped early');
    expect(text).toMatch(/Read from 2026-11-21 20:31:05 in 1\.8 s/);
  });

  test('a run without any report says so', async () => {
    const run = await open(light);
    await run.show(
      pageOf(
        { kind: 'failed', code: 'secret-missing', message: 'HR needs the secret hr-client: enter it, then run again.' },
        { offers: [{ title: 'Enter secret…' }] },
      ),
    );
    expect(await run.page.getByRole('alert').innerText()).toContain('hr-client');
    expect(await violations(run)).toEqual([]);
    await run.screenshot('failed-no-report-light');
  });
});
