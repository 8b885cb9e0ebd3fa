import { describe, expect, test } from 'vitest';
import type { RunPageTest } from './run-page.ts';
import { useLab } from './lab.ts';
import { filters, frame } from './samples-filter.ts';
import { pageOf } from './samples.ts';
import { dark, light } from './themes.ts';

const open = useLab();

async function runs(run: RunPageTest): Promise<readonly unknown[]> {
  return (await run.posted()).flatMap((message) => (message.type === 'again' ? [message.parameters] : []));
}

const field = (run: RunPageTest, name: string) => run.page.getByLabel(name, { exact: true });

describe('the form of a filter', () => {
  test('shows every value with where it comes from, and sends what differs from that', async () => {
    const run = await open(light);
    await run.show(pageOf(filters.rows, { filter: frame }));
    expect(await field(run, 'department').inputValue()).toBe('Research & Development');
    expect(await field(run, 'leftSince').inputValue()).toBe('2026-08-01');
    expect(await field(run, 'me').inputValue()).toBe('u.ohara');
    const hints = await run.page.locator('.parameters .hint').allInnerTexts();
    expect(hints).toEqual([
      'default: IT',
      'default',
      'default',
      'default',
      'default',
      'session.userName',
      'session.place has no value here; default',
    ]);
    await run.page.keyboard.press('Tab');
    await field(run, 'hours').fill('36.5');
    await field(run, 'active').selectOption('false');
    await field(run, 'leftSince').fill('2026-10-01');
    await field(run, 'leftSince').press('Enter');
    expect(await runs(run)).toEqual([{ department: 'Research & Development', hours: 36.5, active: false, leftSince: '2026-10-01' }]);
  });

  test('an emptied input is the default again, and so is one that was taken back', async () => {
    const run = await open(light);
    await run.show(pageOf(filters.rows, { filter: frame }));
    await field(run, 'department').fill('');
    expect(await run.page.locator('.hint').first().innerText()).toBe('default: IT');
    await field(run, 'me').fill('somebody');
    await run.page.getByRole('button', { name: 'Back to session.userName' }).click();
    expect(await field(run, 'me').inputValue()).toBe('u.ohara');
    await run.page.getByRole('button', { name: 'Run again' }).click();
    expect(await runs(run)).toEqual([{}]);
  });

  test('what is wrong or missing is said at its place, and nothing runs', async () => {
    const run = await open(light);
    const parameters = [{ name: 'department', type: 'text' } as const, ...frame.parameters.slice(1)];
    await run.show(pageOf(filters.notRun, { filter: { ...frame, parameters, given: {} } }));
    await field(run, 'hours').fill('many');
    await field(run, 'leftSince').fill('2026-02-30');
    await field(run, 'changedAfter').fill('yesterday');
    await run.page.locator('.parameters').getByRole('button', { name: 'Run' }).click();
    expect(await runs(run)).toEqual([]);
    expect(await run.page.locator('.hint.wrong').allInnerTexts()).toEqual([
      'Needs a text.',
      'Not a number: digits, with a point before decimals.',
      'Not a day such as 2026-12-31.',
      'Not a point in time such as 2026-12-31T12:00:00Z.',
    ]);
    expect(await run.page.evaluate('document.activeElement.name')).toBe('department');
    expect(await run.page.locator('.empty').innerText()).toContain('Not run yet');
    for (const [name, value] of [
      ['department', 'IT'],
      ['hours', '8'],
      ['leftSince', '2026-03-01'],
      ['changedAfter', '2026-03-01T08:00:00Z'],
    ] as const)
      await field(run, name).fill(value);
    await run.page.keyboard.press('Enter');
    expect(await runs(run)).toEqual([{ department: 'IT', leftSince: '2026-03-01', changedAfter: '2026-03-01T08:00:00Z' }]);
  });

  test('the focus stays in the input from run to run', async () => {
    const run = await open(dark);
    await run.show(pageOf(filters.rows, { filter: frame }));
    await field(run, 'me').fill('a.person');
    await run.page.keyboard.press('Enter');
    const filter = { ...frame, given: { ...frame.given, me: 'a.person' } };
    await run.show(pageOf({ kind: 'running' }, { filter }));
    await run.show(pageOf(filters.whole, { filter }));
    expect(await run.page.evaluate('document.activeElement.name')).toBe('me');
    await run.page.keyboard.type('s');
    expect(await field(run, 'me').inputValue()).toBe('a.persons');
  });

  test('a run of the history has no form, and its values in the head', async () => {
    const run = await open(light);
    await run.show(pageOf(filters.rows));
    expect(await run.page.locator('.parameters').count()).toBe(0);
    expect(await run.page.locator('header').innerText()).toContain('me = u.ohara (session.userName)');
    expect(await run.page.getByRole('tab').allInnerTexts()).toEqual([expect.stringContaining('Rows'), 'SQL', 'Basis']);
    expect(await run.page.getByRole('button', { name: 'Why is it here' }).count()).toBe(0);
  });

  test('a narrow panel has room for the form and the rows', async () => {
    const run = await open(dark, { width: 420, height: 820 });
    await run.show(pageOf(filters.rows, { filter: { ...frame, parameters: frame.parameters.slice(0, 4) } }));
    expect(await run.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await run.screenshot('filter-narrow-dark');
    expect((await run.page.getByRole('grid').boundingBox())?.height).toBeGreaterThan(100);
  });
});
