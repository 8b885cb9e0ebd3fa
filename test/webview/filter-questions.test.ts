import { describe, expect, test } from 'vitest';
import { waitFor } from '../../scripts/editor/wait-for.ts';
import { answerer } from './filter-answers.ts';
import { useLab } from './lab.ts';
import { effect, explanation, filters, frame, whyHere, whyNot } from './samples-filter.ts';
import { pageOf } from './samples.ts';
import { history } from './samples-runs.ts';
import { dark, light } from './themes.ts';

const open = useLab();

describe('what a filter is asked', () => {
  test('why a row is here is asked for the row looked at, once; a step leads to its place', async () => {
    const run = await open(dark);
    const { next, answer } = answerer(run);
    await run.show(pageOf(filters.whole, { filter: frame }));
    await run.page.getByRole('button', { name: 'Why is it here' }).click();
    const { question } = await next('why-row');
    expect(question.values).toEqual({ employeeNumber: 'E10000' });
    await answer('why-row', { ok: true, answer: whyHere });
    await run.page.getByRole('button', { name: 'd.name = @department' }).click();
    expect(await run.posted()).toContainEqual({
      type: 'goTo',
      path: 'filters/Staff of department.filter',
      span: { offset: 120, length: 'd.name = @department'.length },
    });
    expect(await run.page.locator('.times.more').innerText()).toBe('1 → 3');
    await run.page.getByRole('grid').focus();
    await run.page.keyboard.press('ArrowDown');
    await answer('why-row', { ok: false, message: 'HR.persons has not been collected yet.' });
    await run.page.getByRole('alert').getByText('has not been collected yet').waitFor();
    await run.page.keyboard.press('ArrowUp');
    expect(await run.page.locator('.details .verdict').innerText()).toContain('The row is here once.');
    expect((await run.posted()).filter((message) => message.type === 'ask')).toHaveLength(2);
  });

  test('rows that are passed quickly are not asked for, and what nobody waits for is forgotten', async () => {
    const run = await open(dark);
    const { next } = answerer(run);
    await run.show(pageOf(filters.whole, { filter: frame }));
    await run.page.getByRole('button', { name: 'Why is it here' }).click();
    const { ask } = await next('why-row');
    await run.page.getByRole('grid').focus();
    // All in one go, so that no row is rested on.
    await run.page.evaluate(
      "for (let at = 0; at < 30; at += 1) document.querySelector('.grid').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))",
    );
    expect(await run.posted()).toContainEqual({ type: 'forget', ask });
    await run.page.locator('.row.active', { hasText: 'E10030' }).waitFor();
    await run.page.getByText('Following the row').waitFor();
    await run.page.getByRole('button', { name: 'Cancel' }).click();
    expect((await run.posted()).filter((message) => message.type === 'ask').length).toBeLessThan(3);
  });

  test('why a row is not here: a key is picked or written, of any table that has one', async () => {
    const run = await open(light);
    const { next, answer } = answerer(run);
    await run.show(pageOf(filters.whole, { filter: frame, opens: 'why-not' }));
    const options = run.page.locator('.why-not select option');
    expect(await options.allInnerTexts()).toEqual(['p.employeeNumber', 'd.id']);
    expect((await next('keys')).question).toEqual({ kind: 'keys', alias: 'p' });
    await answer('keys', {
      ok: true,
      answer: [
        { column: 'mail', values: ['one@example.test'] },
        { column: 'employeeNumber', values: ['E1', 'E2'] },
      ],
    });
    expect((await next('keys')).question).toEqual({ kind: 'keys', alias: 'd' });
    await waitFor('the columns', async () => (await options.count()) === 3);
    expect(await run.page.locator('datalist option').first().getAttribute('value')).toBe('one@example.test');
    await run.page.getByLabel('Column that names the row').selectOption('p.employeeNumber');
    await answer('keys', {
      ok: true,
      answer: [
        { column: 'id', values: ['D01'] },
        { column: 'name', values: ['IT'] },
      ],
    });
    await waitFor('the columns of the other table', async () => (await options.count()) === 4);
    await run.page.getByLabel('Why is', { exact: true }).fill('E1');
    expect((await next('values')).question).toEqual({ kind: 'values', alias: 'p', column: 'employeeNumber', text: 'E1' });
    await answer('values', { ok: true, answer: ['E1', 'E10', 'E11'] });
    const offered = run.page.locator('datalist option');
    await waitFor('the values that begin so', async () => (await offered.count()) === 3);
    await run.page.getByLabel('Why is', { exact: true }).fill(' E2 ');
    await run.page.keyboard.press('Enter');
    expect((await next('why-not')).question).toEqual({ kind: 'why-not', alias: 'p', column: 'employeeNumber', value: 'E2' });
    await answer('why-not', { ok: true, answer: whyNot });
    expect(await run.page.locator('.step.dropped .place').innerText()).toBe("p.status = 'active'");
    // A blank at the end of a value is what nobody sees.
    expect(await run.page.locator('.step.dropped dd').first().innerText()).toBe('Active\u2423');
  });

  test('what the edit changes: against the saved file, and against the last commit', async () => {
    const run = await open(light);
    const { next, answer } = answerer(run);
    await run.show(pageOf(filters.notRun, { filter: frame, opens: 'effect' }));
    expect((await next('effect')).question.against).toBe('saved');
    await answer('effect', { ok: true, answer: { ...effect, against: 'the saved file', sameText: true } });
    await run.page.getByText('The text is that of the saved file, so the rows are the same.').waitFor();
    await run.page.getByRole('button', { name: 'the last commit' }).click();
    expect((await next('effect')).question.against).toBe('commit');
    await answer('effect', { ok: true, answer: effect });
    await run.page.getByText('3 rows new, 2 gone, 40 changed; 455 as before.').waitFor();
    await run.page.getByText('Only the first 100,000 rows').waitFor();
    await run.page.getByRole('button', { name: '2 gone' }).click();
    expect(await run.page.locator('.grid-body .row').count()).toBe(2);
    // The choice is kept for the next run of the same.
    await run.show(pageOf(filters.whole, { filter: frame, opens: 'effect' }));
    expect((await next('effect')).question.against).toBe('commit');
    await run.page.getByRole('button', { name: 'Cancel' }).click();
    await run.page.getByText('Cancelled.').waitFor();
    await run.page.getByRole('button', { name: 'the saved file' }).click();
  });

  test('the SQL with its values and its plan; asked again when a person asks again', async () => {
    const run = await open(dark);
    const { answer, next } = answerer(run);
    const page = pageOf(filters.notRun, { filter: frame, opens: 'sql' });
    await run.show(page);
    await answer('explain', { ok: true, answer: explanation });
    expect(await run.page.locator('.bound li').allInnerTexts()).toEqual(["'active'", "'Research & D''Angelo'", '8', 'null']);
    await run.page.getByRole('button', { name: 'Copy the plan' }).click();
    expect(await run.posted()).toContainEqual({ type: 'copy', text: explanation.plan.join('\n') });
    await run.send({ type: 'openTab', id: page.id, tab: 'sql' });
    await next('explain');
    await answer('explain', { ok: false, message: 'filters/Staff of department.filter:3:1 is wrong.' });
    await run.page.getByRole('alert').getByText('is wrong').waitFor();
  });

  test('an empty result says what dropped its rows, and leads on', async () => {
    const run = await open(light);
    const { answer } = answerer(run);
    await run.show(pageOf(filters.empty, { filter: frame }));
    expect(await run.page.locator('.verdict-chip').innerText()).toContain('no rows');
    await answer('why-empty', { ok: true, answer: { parts: [], hazards: [], tried: 0, drops: [], sentence: 'The start table is empty.' } });
    await run.page.getByText('The start table is empty.').waitFor();
    await run.page.getByRole('button', { name: 'Ask about another row' }).click();
    expect(await run.page.getByRole('tab', { selected: true }).innerText()).toBe('Why not?');
  });

  test('the run shown is compared with the one before, also where the history comes later', async () => {
    const run = await open(light);
    const [newest] = history;
    const page = pageOf(filters.whole, { filter: frame, ...(newest && { runId: newest.id }) });
    await run.show(page);
    const compare = run.page.getByRole('button', { name: 'Compare with the run before' });
    expect(await compare.isVisible()).toBe(false);
    await run.send({ type: 'history', id: page.id, history });
    await compare.click();
    const before = history.find(({ id, state }) => id < (newest?.id ?? '') && state !== 'failed' && state !== 'cancelled');
    expect(await run.posted()).toContainEqual({ type: 'compareRuns', before: before?.id, after: newest?.id });
  });
});
