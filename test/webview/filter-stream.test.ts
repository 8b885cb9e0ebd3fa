import { describe, expect, test } from 'vitest';
import type { RowsChunk } from '../../engine/host/protocol.ts';
import { waitFor } from '../../scripts/editor/wait-for.ts';
import type { RunPageTest } from './run-page.ts';
import { useLab, violations } from './lab.ts';
import { filters, frame } from './samples-filter.ts';
import { columns, pageOf, person } from './samples.ts';
import { dark, light } from './themes.ts';

const open = useLab();

function chunk(from: number, rows: number): RowsChunk {
  return { columns, from, rows: Array.from({ length: rows }, (_, index) => person(from + index)) };
}

async function underWay(run: RunPageTest): Promise<number> {
  const page = pageOf({ kind: 'running' }, { filter: frame, heading: 'Rows of Staff of department' });
  await run.show(page);
  await run.send({ type: 'chunk', id: page.id, chunk: chunk(0, 40) });
  await run.page.getByRole('grid').waitFor();
  return page.id;
}

const counted = (run: RunPageTest) => run.page.locator('.count').innerText();
const place = (run: RunPageTest) => run.page.evaluate<number>("document.querySelector('.grid').scrollTop");

describe('rows that come while the run goes on', () => {
  test('are there at once, more follow, and the place in them stays to the end', async () => {
    const run = await open(dark);
    const id = await underWay(run);
    expect(await counted(run)).toBe('40 rows');
    await run.send({ type: 'progress', id, message: 'Reading the vault for Staff of department: 12000 rows', rows: 12_000 });
    await run.page.getByText('Reading the vault for Staff of department · 12,000 rows').waitFor();
    expect(await run.page.getByRole('button', { name: 'Cancel' }).count()).toBe(1);
    await run.page.getByRole('grid').focus();
    await run.page.keyboard.press('Control+End');
    await run.send({ type: 'chunk', id, chunk: chunk(40, 160) });
    await waitFor('200 rows', async () => (await counted(run)) === '200 rows');
    expect(await run.page.locator('.row.active .number').innerText()).toBe('40');
    expect(await violations(run)).toEqual([]);
    await run.screenshot('filter-streaming-dark');
    const before = await place(run);
    expect(before).toBeGreaterThan(0);
    await run.show(pageOf(filters.whole, { filter: frame }));
    expect(await counted(run)).toBe('400 rows, the first of 31,412');
    expect(await place(run)).toBe(before);
    expect(await run.page.locator('.row.active .number').innerText()).toBe('40');
    await run.page.getByRole('grid').focus();
    await run.page.keyboard.press('ArrowDown');
    expect(await run.page.locator('.details .active-value').last().innerText()).not.toBe('');
    expect(await run.page.locator('.details').innerText()).toContain('E10040');
    expect(await run.page.getByRole('button', { name: 'Why is it here' }).count()).toBe(1);
  });

  test('a filter of the rows holds for those that come, and a sort puts them where they belong', async () => {
    const run = await open(light);
    const id = await underWay(run);
    await run.page.getByRole('searchbox').fill('E10041');
    await run.page.getByText('Nothing matches the filter.').waitFor();
    await run.send({ type: 'chunk', id, chunk: chunk(40, 20) });
    await waitFor('the row', async () => (await counted(run)) === '1 of 60 rows');
    expect(await run.page.locator('.details').innerText()).toContain('E10041');
    await run.page.getByRole('searchbox').fill('');
    await waitFor('all rows', async () => (await counted(run)) === '60 rows');
    await run.page.getByRole('columnheader', { name: 'employeeNumber' }).click();
    await run.page.getByRole('columnheader', { name: 'employeeNumber' }).click();
    await run.send({ type: 'chunk', id, chunk: chunk(60, 1) });
    await waitFor('the last row to be the first', async () =>
      (await run.page.locator('.grid-body .row').first().innerText()).includes('E10060'),
    );
  });

  test('of a run that was cancelled stay, and a failure takes them away', async () => {
    const run = await open(light);
    await underWay(run);
    await run.page.getByRole('button', { name: 'Cancel' }).click();
    expect(await run.posted()).toContainEqual({ type: 'cancel' });
    const cancelled = pageOf({ kind: 'cancelled', code: 'cancelled', message: 'Cancelled. There may be more rows.' }, { filter: frame });
    await run.show(cancelled);
    expect(await run.page.locator('.notice').innerText()).toContain('There may be more rows.');
    expect(await counted(run)).toBe('40 rows');
    await run.screenshot('filter-cancelled-light');
    // A page that is loaded anew is given them again.
    await run.send({ type: 'chunk', id: cancelled.id, chunk: chunk(0, 40) });
    await run.send({ type: 'chunk', id: cancelled.id, chunk: chunk(40, 1) });
    await waitFor('the one row that is new', async () => (await counted(run)) === '41 rows');
    await underWay(run);
    await run.show(pageOf({ kind: 'failed', code: 'engine-stopped', message: 'The engine stopped.' }, { filter: frame }));
    expect(await run.page.getByRole('grid').count()).toBe(0);
    expect(await run.page.getByRole('alert').innerText()).toContain('The engine stopped.');
  });

  test('that have a problem in the end are shown with it, the first one at once', async () => {
    const run = await open(dark);
    await underWay(run);
    await run.show(pageOf(filters.problems, { filter: frame }));
    expect(await run.page.locator('.verdict-chip').getAttribute('data-verdict')).toBe('bad');
    expect(await run.page.getByRole('alert').innerText()).toContain('3 rows with a script that failed');
    expect(await run.page.locator('.row.active').getAttribute('class')).toContain('failed');
    expect(await run.page.locator('.details').innerText()).toContain("cannot read property '0' of null");
    await run.page.getByRole('button', { name: '2 with a problem' }).click();
    expect(await run.page.locator('.grid-body .row').count()).toBe(2);
    await run.page.getByRole('button', { name: 'Save what is shown as CSV' }).click();
    const saved = (await run.posted()).find((message) => message.type === 'save');
    expect(saved?.type === 'save' && saved.text.split('\r\n')[0]).toContain('Problem,employeeNumber,firstName');
  });
});
