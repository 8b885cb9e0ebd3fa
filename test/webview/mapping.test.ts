import { describe, expect, test } from 'vitest';
import { useLab } from './lab.ts';
import { outcomes, pageOf } from './samples.ts';
import { dark, light } from './themes.ts';

const open = useLab();

describe('mapping preview', () => {
  test('changes show from and to, reasons and the request that is never sent', async () => {
    const run = await open(dark);
    await run.show(pageOf(outcomes.mapping));
    expect(await run.page.locator('.notice.error').first().innerText()).toContain('60 deletes exceed the guard');
    const details = run.page.locator('.details');
    expect((await details.innerText()).toLowerCase()).toContain('request, never sent by a preview');
    expect(await details.locator('.attributes tbody tr').first().innerText()).toMatch(/title\s+Engineer\s+Lead engineer/);
    expect(await details.locator('.reasons li').count()).toBe(3);
    await run.screenshot('changes-dark');
    await run.page.locator('.row[data-place="2"]').click();
    expect(await details.innerText()).toContain('userName is mandatory');
    await run.screenshot('blocked-dark');
  });

  test('requests stand as they would go out, and the basis says what they rest on', async () => {
    const run = await open(light);
    await run.show(pageOf(outcomes.mapping));
    await run.page.getByRole('tab', { name: /never sent/ }).click();
    expect(await run.page.locator('.details').last().innerText()).toMatch(
      /never sends this request[\s\S]*PATCH[\s\S]*application\/scim\+json[\s\S]*Lead engineer/,
    );
    await run.screenshot('planned-requests-light');
    await run.page.getByRole('tab', { name: 'Basis' }).click();
    const text = await run.page.locator('.page-text').innerText();
    for (const part of ['HR.persons', '2026-11-20 06:10:00 UTC', 'cut by a limit', '33 updates, below', 'An empty source value'])
      expect(text).toContain(part);
    await run.screenshot('basis-light');
  });
});

describe('deletes', () => {
  test('have no attributes, whoever sends some, and no green tick', async () => {
    const run = await open(light);
    await run.show(pageOf(outcomes.deletes, { heading: 'Preview of Remove accounts' }));
    expect(await run.page.locator('.verdict-chip').getAttribute('data-verdict')).toBe('doubtful');
    expect(await run.page.locator('.verdict-chip').innerText()).toContain('2 deletes');
    expect(await run.page.getByRole('columnheader').allInnerTexts()).not.toContain('Attributes');
    expect(await run.page.locator('#run').innerText()).not.toContain('u-0032');
    await run.screenshot('deletes-light');
  });
});
